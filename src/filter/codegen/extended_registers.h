// What the registers of extended code hold at a point of the program: values of the IR, and
// addresses in the packet with how far they were compared with its end.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

#include "filter/ir/ir.h"
#include "isa/extended.h"

namespace weir::filter::codegen {

// How a register holds a value.
enum class Form : std::uint8_t {
  kNumber,  // as the IR means it
  kWire,    // as its bytes lie in the packet: equal when the numbers are, once the constant is, too
  kAddress,  // the packet's begin plus the value
};

struct Held {
  ir::ValueId value = ir::kNone;
  Form form = Form::kNumber;
  std::uint32_t checked = 0;  // kAddress: so many bytes from there on are in the packet

  bool is(ir::ValueId v, Form f) const { return value == v && form == f; }
};

class ExtendedRegisters {
 public:
  static constexpr std::size_t kCount = 10;

  Held& operator[](isa::Register r) { return held_[r]; }
  const Held& operator[](isa::Register r) const { return held_[r]; }

  // Bytes from the packet's begin that are known to be there.
  std::uint32_t checked() const { return checked_; }
  void check(std::uint32_t end) { checked_ = std::max(checked_, end); }

  std::optional<isa::Register> find(ir::ValueId value, Form form) const {
    for (std::size_t r = 0; r < kCount; ++r) {
      if (held_[r].is(value, form)) return static_cast<isa::Register>(r);
    }
    return std::nullopt;
  }

  // What holds on both of two ways to one place.
  void meet(const ExtendedRegisters& other) {
    checked_ = std::min(checked_, other.checked_);
    for (std::size_t r = 0; r < kCount; ++r) {
      if (!held_[r].is(other.held_[r].value, other.held_[r].form)) {
        held_[r] = {};
      } else {
        held_[r].checked = std::min(held_[r].checked, other.held_[r].checked);
      }
    }
  }

 private:
  std::array<Held, kCount> held_{};
  std::uint32_t checked_ = 0;
};

}  // namespace weir::filter::codegen
