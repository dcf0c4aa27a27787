// How often each node is reached, of a packet that is like most: a guess from what the tests ask.
// Where shorter code would run longer, it decides.
#pragma once

#include "filter/ir/ir.h"

namespace weir::filter::opt {

class Frequency {
 public:
  explicit Frequency(const ir::Function& f);

  // 1 at the root.
  float of(ir::NodeId id) const { return reached_[id]; }

  // How likely a value lies in [lo, hi].
  static float chance(const ir::Function& f, ir::ValueId value, std::uint32_t lo, std::uint32_t hi);

 private:
  ir::Vector<float> reached_;
};

// A pass may make code longer by one instruction to run one less for so many packets.
inline constexpr float kInstructionsForOne = 0.1F;

}  // namespace weir::filter::opt
