// A switch on one register: cases -> comparisons. A few cases are asked one by one, the likely
// first; many are halved, so that n cases cost O(log n) executed instructions.
#pragma once

#include <cstdint>
#include <span>

#include "filter/codegen/block.h"
#include "filter/ir/ir.h"

namespace weir::filter::codegen {

// Appends the blocks that decide a switch to `list`. The register is A.
class SwitchTree {
 public:
  explicit SwitchTree(BlockList& list) : list_(list), pending_(list.code.arena()) {}

  // Whether values are compared by more than equality.
  static bool asks_for_order(std::span<const ir::Case> cases);

  // `entry`: the first of them, with the code that computes the value. No value is below `bottom`
  // or above `top`.
  void emit(std::span<const ir::Case> cases, Label otherwise, Block entry, std::uint32_t bottom,
            std::uint32_t top);

 private:
  // Cases [first, last) decide the register's range [lo, hi].
  struct Part {
    std::size_t first;
    std::size_t last;
    std::uint32_t lo;
    std::uint32_t hi;
    Label label;
  };

  void part(Part p);
  void linear(const Part& p);
  void interval(const ir::Case& c, const Part& p, Label next);
  void compare(std::uint16_t op, std::uint32_t k, Label on_true, Label on_false);
  void begin(Label label);
  Label fresh() { return list_.labels++; }

  BlockList& list_;
  std::span<const ir::Case> cases_;
  Label otherwise_ = kReject;
  Block current_;
  ir::Vector<Part> pending_;
};

}  // namespace weir::filter::codegen
