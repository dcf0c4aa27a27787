// Removes assignments whose parameter is never read before it is assigned again, and parameters
// that only ever get one value.
#pragma once

#include "filter/ir/ir.h"

namespace weir::filter::opt {

ir::Function params(ir::Function f);

}  // namespace weir::filter::opt
