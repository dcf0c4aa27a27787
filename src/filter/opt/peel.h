// Takes the case out of a switch that asks another value what the rest of the switch asks: `[20] is
// 6, or 44 and [54] is 6` becomes `if [20] is 44, then [54], else [20], is 6`, of which `tails` can
// share the last part.
#pragma once

#include "filter/ir/ir.h"

namespace weir::filter::opt {

// True when it changed something.
bool peel(ir::Function& f);

}  // namespace weir::filter::opt
