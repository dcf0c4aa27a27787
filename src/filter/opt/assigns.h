// Turns assignments whose parameter is never read before it is assigned again into guards.
#pragma once

#include "filter/ir/ir.h"

namespace weir::filter::opt {

ir::Function assigns(ir::Function f);

}  // namespace weir::filter::opt
