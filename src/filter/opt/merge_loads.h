// Tests two neighbouring fields with one load: `[20:2] \& 0x1fff = 0 and [23] = 6` becomes
// `[20:4] \& 0x1fff00ff = 6`.
#pragma once

#include "filter/ir/ir.h"

namespace weir::filter::opt {

// True when it changed something.
bool merge_loads(ir::Function& f);

}  // namespace weir::filter::opt
