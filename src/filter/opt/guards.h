// Drops guards whose loads the packet must survive anyway.
#pragma once

#include "filter/ir/ir.h"

namespace weir::filter::opt {

// True when it changed something.
bool guards(ir::Function& f);

}  // namespace weir::filter::opt
