// Conditions: what a primitive asks, as a circuit of tests joined by and, or, not. Both sides of
// `and` and `or` are asked from left to right, the right one only when the left has not decided.
//
// Lowering makes conditions in the order of the text, because an encapsulation changes what stands
// after it; decide() then turns the whole circuit into nodes from its end, because a node needs its
// successors.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>

#include "filter/ir/builder.h"

namespace weir::filter::lower {

using ConditionId = std::uint32_t;

struct Condition {
  enum class Kind : std::uint8_t {
    kFalse,
    kTrue,
    kTest,    // lhs `compare` rhs
    kSwitch,  // lhs lies in one of the members, and that member's condition holds
    kAssign,  // parameter `index` = lhs; always true
    kGuard,   // compute lhs for its faults; always true
    kChain,   // an ir::Chain
    kNot,     // a
    kAnd,     // a, b
    kOr,
  };

  Kind kind = Kind::kFalse;
  ir::Compare compare = ir::Compare::kEq;
  ir::ValueId lhs = ir::kNone;
  ir::ValueId rhs = ir::kNone;
  ConditionId a = 0;
  ConditionId b = 0;
  std::uint32_t index = 0;  // kSwitch: the first member
  std::uint32_t count = 0;  // kSwitch: the number of members
};

// A closed interval of a value, and what else must hold there.
struct Member {
  std::uint32_t lo = 0;
  std::uint32_t hi = 0;
  ConditionId then = 1;
};

// What is asked of a packet of one kind.
struct Guarded {
  ConditionId kind = 0;
  ConditionId then = 0;
};

class Conditions {
 public:
  explicit Conditions(ir::Builder& builder)
      : builder_(builder),
        all_(builder.function().memory),
        members_(builder.function().memory),
        chains_(builder.function().memory) {
    all_.reserve(64);
    all_.push_back({.kind = Condition::Kind::kFalse});
    all_.push_back({.kind = Condition::Kind::kTrue});
  }

  static constexpr ConditionId kFalse = 0;
  static constexpr ConditionId kTrue = 1;

  ConditionId test(ir::Compare compare, ir::ValueId lhs, ir::ValueId rhs) {
    return add({.kind = Condition::Kind::kTest, .compare = compare, .lhs = lhs, .rhs = rhs});
  }
  ConditionId test_k(ir::Compare compare, ir::ValueId lhs, std::uint32_t k) {
    return add({.kind = Condition::Kind::kTest,
                .compare = compare,
                .lhs = lhs,
                .rhs = builder_.constant(k)});
  }
  ConditionId equal(ir::ValueId v, std::uint32_t k) { return test_k(ir::Compare::kEq, v, k); }
  // (v & mask) == k.
  ConditionId equal_masked(ir::ValueId v, std::uint32_t mask, std::uint32_t k) {
    return equal(builder_.binary_k(ir::Op::kAnd, v, mask), k);
  }
  ConditionId any_set(ir::ValueId v, std::uint32_t mask) {
    return test_k(ir::Compare::kSet, v, mask);
  }
  ConditionId assign(ir::ParamId param, ir::ValueId value) {
    return add({.kind = Condition::Kind::kAssign, .lhs = value, .index = param});
  }
  ConditionId guard(ir::ValueId value) {
    return add({.kind = Condition::Kind::kGuard, .lhs = value});
  }
  // `members` in any order, which they lose; of those that overlap, equal ones are one and others
  // are joined, which REQUIRES that they have the same condition.
  ConditionId member(ir::ValueId value, std::span<Member> members);
  // (kind and then) of any of `choices`. Where the kinds are different numbers in one field, that
  // is a switch from the beginning.
  ConditionId any_of(std::span<const Guarded> choices);
  ConditionId any_of(std::initializer_list<Guarded> choices) {
    return any_of(std::span(choices.begin(), choices.size()));
  }
  ConditionId chain(const ir::Chain& chain) {
    chains_.push_back(chain);
    return add(
        {.kind = Condition::Kind::kChain, .index = static_cast<std::uint32_t>(chains_.size() - 1)});
  }

  ConditionId negate(ConditionId a) { return add({.kind = Condition::Kind::kNot, .a = a}); }
  ConditionId both(ConditionId a, ConditionId b) {
    return add({.kind = Condition::Kind::kAnd, .a = a, .b = b});
  }
  ConditionId either(ConditionId a, ConditionId b) {
    return add({.kind = Condition::Kind::kOr, .a = a, .b = b});
  }
  template <typename... Rest>
  ConditionId both(ConditionId a, ConditionId b, ConditionId c, Rest... rest) {
    return both(both(a, b), c, rest...);
  }
  template <typename... Rest>
  ConditionId either(ConditionId a, ConditionId b, ConditionId c, Rest... rest) {
    return either(either(a, b), c, rest...);
  }

  // The nodes that go to on_true when `root` holds, to on_false when it does not.
  ir::NodeId decide(ConditionId root, ir::NodeId on_true, ir::NodeId on_false) const;

 private:
  bool tells_apart(std::span<const Guarded> choices) const;
  ConditionId add(const Condition& c) {
    all_.push_back(c);
    return static_cast<ConditionId>(all_.size() - 1);
  }

  ir::Builder& builder_;
  ir::Vector<Condition> all_;
  ir::Vector<Member> members_;
  ir::Vector<ir::Chain> chains_;
};

}  // namespace weir::filter::lower
