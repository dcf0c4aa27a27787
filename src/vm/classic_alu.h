// What the arithmetic and the comparisons of classic code compute, the same in every engine.
#pragma once

#include <cstdint>
#include <optional>

#include "isa/classic.h"
#include "vm/classic_state.h"

namespace weir::vm {

constexpr std::uint32_t shifted(std::uint16_t operation, std::uint32_t a, std::uint32_t by,
                                ClassicMode mode) {
  if (by >= 32 && mode == ClassicMode::kLibpcap) return 0;
  by &= 31;
  return operation == isa::operation_of(isa::kLshK) ? a << by : a >> by;
}

// nullopt: division by zero.
constexpr std::optional<std::uint32_t> arithmetic(std::uint16_t operation, std::uint32_t a,
                                                  std::uint32_t b, ClassicMode mode) {
  switch (operation) {
    case isa::operation_of(isa::kAddK):
      return a + b;
    case isa::operation_of(isa::kSubK):
      return a - b;
    case isa::operation_of(isa::kMulK):
      return a * b;
    case isa::operation_of(isa::kDivK):
      return b == 0 ? std::optional<std::uint32_t>{} : a / b;
    case isa::operation_of(isa::kModK):
      return b == 0 ? std::optional<std::uint32_t>{} : a % b;
    case isa::operation_of(isa::kAndK):
      return a & b;
    case isa::operation_of(isa::kOrK):
      return a | b;
    case isa::operation_of(isa::kXorK):
      return a ^ b;
    case isa::operation_of(isa::kNeg):
      return 0 - a;
    default:
      return shifted(operation, a, b, mode);
  }
}

constexpr bool holds(std::uint16_t comparison, std::uint32_t a, std::uint32_t b) {
  switch (comparison) {
    case isa::operation_of(isa::kJeqK):
      return a == b;
    case isa::operation_of(isa::kJgtK):
      return a > b;
    case isa::operation_of(isa::kJgeK):
      return a >= b;
    default:
      return (a & b) != 0;
  }
}

}  // namespace weir::vm
