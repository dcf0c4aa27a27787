#include "filter/ir/ir.h"

#include <array>

namespace weir::filter::ir {

std::uint32_t fold(Op op, std::uint32_t a, std::uint32_t b) {
  switch (op) {
    case Op::kAdd:
      return a + b;
    case Op::kSub:
      return a - b;
    case Op::kMul:
      return a * b;
    case Op::kDiv:
      return a / b;
    case Op::kMod:
      return a % b;
    case Op::kAnd:
      return a & b;
    case Op::kOr:
      return a | b;
    case Op::kXor:
      return a ^ b;
    case Op::kShl:
      return b < 32 ? a << b : 0;
    case Op::kShr:
      return b < 32 ? a >> b : 0;
    default:
      return 0;
  }
}

bool computes(const Function& f, ValueId whole, ValueId part) {
  constexpr std::size_t kMaxLook = 32;
  std::array<ValueId, kMaxLook + 2> pending{whole};
  std::size_t count = 1;
  for (std::size_t i = 0; i < count && i < kMaxLook; ++i) {
    const ValueId v = pending[i];
    if (v == part) return true;
    // Operands are made before what they are part of.
    if (v < part) continue;
    for (const ValueId operand : {f.values[v].a, f.values[v].b}) {
      if (operand != kNone && count < kMaxLook) pending[count++] = operand;
    }
  }
  return false;
}

bool holds(Compare compare, std::uint32_t a, std::uint32_t b) {
  switch (compare) {
    case Compare::kEq:
      return a == b;
    case Compare::kGt:
      return a > b;
    case Compare::kGe:
      return a >= b;
    case Compare::kSet:
      return (a & b) != 0;
  }
  return false;
}

}  // namespace weir::filter::ir
