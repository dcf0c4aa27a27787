// Shares the ends of two ways that differ in one offset and in the field that they begin with:
// TCP over IPv4 and over IPv6.
#pragma once

#include "filter/ir/ir.h"

namespace weir::filter::opt {

// True when it changed something.
bool tails(ir::Function& f);

}  // namespace weir::filter::opt
