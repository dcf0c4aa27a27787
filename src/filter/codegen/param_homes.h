// Where extended code keeps the parameters of a function, and what is known of them.
#pragma once

#include <cstdint>
#include <optional>

#include "filter/ir/ir.h"
#include "isa/extended.h"

namespace weir::filter::codegen {

class ParamHomes {
 public:
  // Eight bytes of the frame each, and room for one value more.
  static constexpr std::size_t kMaxParams = 63;

  // REQUIRES: at most kMaxParams parameters.
  explicit ParamHomes(const ir::Function& f);

  // Nothing for those that live in the frame.
  std::optional<isa::Register> register_of(ir::ParamId param) const { return homes_[param]; }
  bool is_home(isa::Register r) const;
  static std::int16_t slot_of(ir::ParamId param) {
    return static_cast<std::int16_t>(-8 * (static_cast<int>(param) + 1));
  }

  // Some way reads it without giving it a value before: then it is 0.
  bool needs_zero(ir::ParamId param) const { return (unset_ >> param & 1) != 0; }
  // A value that changes with a parameter.
  bool depends(ir::ValueId v) const { return reads_[v] != 0; }

 private:
  using Set = std::uint64_t;

  void find_reads(const ir::Function& f);
  void find_unset(const ir::Function& f);

  ir::Vector<std::optional<isa::Register>> homes_;
  std::size_t used_ = 0;   // registers
  ir::Vector<Set> reads_;  // of a value
  Set unset_ = 0;
};

}  // namespace weir::filter::codegen
