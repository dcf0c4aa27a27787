// Shares the ends of two ways that differ in one offset and in the field that they begin with:
// TCP over IPv4 and over IPv6.
#pragma once

#include "filter/ir/ir.h"

namespace weir::filter::opt {

ir::Function tails(ir::Function f);

}  // namespace weir::filter::opt
