// IR -> blocks: the order of the nodes, and the instructions of each.
#pragma once

#include <vector>

#include "filter/codegen/block.h"
#include "filter/ir/ir.h"

namespace weir::filter::codegen {

struct Selection {
  explicit Selection(ir::Memory memory) : list(memory), computed(memory), missing(memory) {}

  BlockList list;
  ir::Vector<std::uint8_t> computed;  // a value: how many times the code computes it
  ir::Vector<ir::ValueId> missing;    // parameters that must be kept in a cell
  bool out_of_cells = false;
};

struct SelectOptions {
  // false: every node computes its values from the packet. The reference for the faster way.
  bool reuse_registers = true;
  ir::Marks kept;  // a value: store it in a scratch cell when it is computed
};

Selection select(const ir::Function& f, const SelectOptions& options);

}  // namespace weir::filter::codegen
