// Which constants can stand in an instruction, of either instruction set.
#pragma once

#include <cstdint>

#include "filter/ir/ir.h"

namespace weir::filter::codegen {

// The kernel refuses a zero divisor and a shift of 32 or more there.
constexpr bool fits_instruction(ir::Op op, std::uint32_t k) {
  if (op == ir::Op::kDiv || op == ir::Op::kMod) return k != 0;
  if (op == ir::Op::kShl || op == ir::Op::kShr) return k < 32;
  return true;
}

}  // namespace weir::filter::codegen
