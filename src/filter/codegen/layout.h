// The order in which the code of the nodes stands.
#pragma once

#include "filter/ir/ir.h"

namespace weir::filter::codegen {

// Reverse postorder: before all its successors, and, where the graph allows, right before the one
// that it alone leads to. The likely way is walked first and so lies last.
ir::Vector<ir::NodeId> layout(const ir::Function& f);

}  // namespace weir::filter::codegen
