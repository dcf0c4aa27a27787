// Puts the value of a parameter that only ever gets one in the parameter's place.
#pragma once

#include "filter/ir/ir.h"

namespace weir::filter::opt {

// True when it changed something.
bool params(ir::Function& f);

}  // namespace weir::filter::opt
