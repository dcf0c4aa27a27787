// What A, X and the scratch cells hold at a point of the program, in values of the IR.
#pragma once

#include <array>

#include "filter/ir/ir.h"
#include "isa/classic.h"

namespace weir::filter::codegen {

// The cell that the loop of a kChain takes for itself.
inline constexpr std::uint32_t kChainCell = isa::kScratchCells - 1;

struct Registers {
  ir::ValueId a = ir::kNone;
  ir::ValueId x = ir::kNone;
  std::array<ir::ValueId, isa::kScratchCells> cells;

  Registers() { cells.fill(ir::kNone); }

  // What holds on both of two ways to one place.
  void meet(const Registers& other) {
    if (a != other.a) a = ir::kNone;
    if (x != other.x) x = ir::kNone;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (cells[i] != other.cells[i]) cells[i] = ir::kNone;
    }
  }
};

}  // namespace weir::filter::codegen
