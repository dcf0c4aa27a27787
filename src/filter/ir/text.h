// The text form of an ir::Function: values as expressions, one line a node, successors below.
//
//   root n5
//   n5: test load2[12] eq 0x800 ? n4 : reject
//   n4: switch load1[23] { 6 -> accept, 17-18 -> n3 } else reject
//   n3: guard load1[40] -> n2
//   n2: assign p0 = ((load1[14] & 15) << 2) -> accept
#pragma once

#include <string>

#include "filter/ir/ir.h"

namespace weir::filter::ir {

std::string print(const Function& function);
std::string print_value(const Function& function, ValueId id);

}  // namespace weir::filter::ir
