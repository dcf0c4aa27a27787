// Facts: what is known of values on the way to a node, and what follows from it.
//
// A fact hangs on the fact before it, so that all ways share their beginnings; what is known where
// two ways meet is where their chains part.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "filter/ir/ir.h"

namespace weir::filter::opt {

using FactId = std::uint32_t;
inline constexpr FactId kNoFacts = 0;

struct Fact {
  enum class Kind : std::uint8_t {
    kNothing,  // only of kNoFacts
    kTest,     // `value compare rhs` is `truth`
    kSwitch,   // `value` leads from switch `node` to `target`
    kUnknown,  // `value`, a parameter, has just been assigned something
    kComputed  // `value` was computed, for its faults
  };

  Kind kind = Kind::kNothing;
  ir::Compare compare = ir::Compare::kEq;
  bool truth = false;
  FactId before = kNoFacts;
  std::uint32_t depth = 0;
  ir::ValueId value = ir::kNone;
  ir::ValueId rhs = ir::kNone;
  ir::NodeId node = ir::kNone;
  ir::NodeId target = ir::kNone;
};

class Facts {
 public:
  explicit Facts(const ir::Function& f);

  FactId add(FactId before, Fact fact);
  // What both know.
  FactId meet(FactId a, FactId b);

  // Where a packet about which `known` holds goes from node `id`, if that is certain. Every value
  // that the node computes has then been computed before.
  std::optional<ir::NodeId> decide(ir::NodeId id, FactId known) const;
  // The same for a packet whose `value` lies in [lo, hi].
  std::optional<ir::NodeId> decide_within(ir::NodeId id, ir::ValueId value, std::uint32_t lo,
                                          std::uint32_t hi) const;

 private:
  struct Bounds {
    std::uint32_t lo = 0;
    std::uint32_t hi = 0xffffffff;
    std::uint32_t zero = 0;  // bits that are known to be clear
  };

  std::optional<ir::NodeId> decide_by_constant(const ir::Node& node, FactId known) const;
  std::optional<ir::NodeId> decide_by_fact(const ir::Node& node, const Fact& fact,
                                           Bounds& bounds) const;
  std::optional<ir::NodeId> decide_by_switch(const ir::Node& node, const Fact& fact) const;
  std::optional<ir::NodeId> decide_by_bounds(const ir::Node& node, const Bounds& bounds) const;
  std::optional<std::uint32_t> constant_of(ir::ValueId value, FactId known) const;
  ir::NodeId target_of(const ir::Node& node, std::uint32_t k) const;
  std::optional<ir::NodeId> target_in(const ir::Node& node, std::uint32_t lo,
                                      std::uint32_t hi) const;

  const ir::Function& f_;
  ir::Vector<Fact> all_;
  ir::Vector<ir::ValueId> assigned_;  // of meet()
};

}  // namespace weir::filter::opt
