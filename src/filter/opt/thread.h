// Skips tests that the way to them has decided (jump threading). Reads facts off the edges of
// dominating tests; adds no node.
#pragma once

#include "filter/ir/ir.h"

namespace weir::filter::opt {

// True when it changed something.
bool thread(ir::Function& f);

}  // namespace weir::filter::opt
