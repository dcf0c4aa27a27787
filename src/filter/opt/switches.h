// Turns chains of tests of one value, equal or ordered, into one switch.
#pragma once

#include "filter/ir/ir.h"

namespace weir::filter::opt {

// True when it changed something.
bool switches(ir::Function& f);

}  // namespace weir::filter::opt
