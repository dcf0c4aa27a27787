// Asks for a prefix as an interval: `[26:4] & 0xff000000 = 0x0a000000` becomes `[26:4] is
// 0x0a000000 to 0x0affffff`, which needs no mask, and most packets lie beyond its one end.
#pragma once

#include "filter/ir/ir.h"

namespace weir::filter::opt {

// True when it changed something.
bool prefixes(ir::Function& f);

}  // namespace weir::filter::opt
