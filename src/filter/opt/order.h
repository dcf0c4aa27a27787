// Asks first for what is at hand: of two tests that a matching packet must both pass, the one that
// asks for the value of the test before them.
#pragma once

#include "filter/ir/ir.h"

namespace weir::filter::opt {

// True when it changed something.
bool order(ir::Function& f);

}  // namespace weir::filter::opt
