// Turns assignments whose parameter is never read before it is assigned again into guards.
#pragma once

#include "filter/ir/ir.h"

namespace weir::filter::opt {

// True when it changed something.
bool assigns(ir::Function& f);

}  // namespace weir::filter::opt
