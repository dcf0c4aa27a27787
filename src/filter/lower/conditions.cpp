#include "filter/lower/conditions.h"

#include <algorithm>
#include <span>
#include <utility>

namespace weir::filter::lower {

ConditionId Conditions::member(ir::ValueId value, std::span<Member> members) {
  std::ranges::sort(members, {}, &Member::lo);
  const auto first = static_cast<std::uint32_t>(members_.size());
  for (const Member& m : members) {
    if (members_.size() > first && m.lo <= members_.back().hi) {
      members_.back().hi = std::max(members_.back().hi, m.hi);
    } else {
      members_.push_back(m);
    }
  }
  return add({.kind = Condition::Kind::kSwitch,
              .lhs = value,
              .index = first,
              .count = static_cast<std::uint32_t>(members_.size()) - first});
}

// All kinds are `field == constant`, of one field and different constants.
bool Conditions::tells_apart(std::span<const Guarded> choices) const {
  for (std::size_t i = 0; i < choices.size(); ++i) {
    const Condition& kind = all_[choices[i].kind];
    if (kind.kind != Condition::Kind::kTest || kind.compare != ir::Compare::kEq) return false;
    if (kind.lhs != all_[choices[0].kind].lhs || !builder_.function().is_const(kind.rhs))
      return false;
    for (std::size_t j = 0; j < i; ++j) {
      if (all_[choices[j].kind].rhs == kind.rhs) return false;
    }
  }
  return true;
}

ConditionId Conditions::any_of(std::span<const Guarded> choices) {
  if (choices.size() > 1 && tells_apart(choices)) {
    ir::Vector<Member> members(all_.arena());
    for (const Guarded& choice : choices) {
      const std::uint32_t k = builder_.value(all_[choice.kind].rhs).k;
      members.push_back({k, k, choice.then});
    }
    return member(all_[choices[0].kind].lhs, members);
  }
  if (choices.empty()) return kFalse;
  ConditionId any = both(choices[0].kind, choices[0].then);
  for (const Guarded& choice : choices.subspan(1)) {
    any = either(any, both(choice.kind, choice.then));
  }
  return any;
}

// Depth first, the right side before the left, on a stack of its own: the circuit is as deep as the
// user's expression.
ir::NodeId Conditions::decide(ConditionId root, ir::NodeId on_true, ir::NodeId on_false) const {
  struct Work {
    ConditionId condition;
    ir::NodeId on_true;
    ir::NodeId on_false;
    std::uint32_t done;  // of kAnd, kOr: the right side; of kSwitch: this many members
  };
  ir::Vector<Work> stack(builder_.function().memory);
  stack.push_back({root, on_true, on_false, 0});
  ir::Vector<ir::Case> cases(
      builder_.function().memory);  // of the switches on the stack, the innermost last
  ir::NodeId result = on_false;
  while (!stack.empty()) {
    Work& work = stack.back();
    const Condition& c = all_[work.condition];
    switch (c.kind) {
      case Condition::Kind::kFalse:
        result = work.on_false;
        break;
      case Condition::Kind::kTrue:
        result = work.on_true;
        break;
      case Condition::Kind::kTest:
        result = builder_.test(c.compare, c.lhs, c.rhs, work.on_true, work.on_false);
        break;
      case Condition::Kind::kAssign:
        result = builder_.assign(c.index, c.lhs, work.on_true);
        break;
      case Condition::Kind::kGuard:
        result = builder_.guard(c.lhs, work.on_true);
        break;
      case Condition::Kind::kSwitch: {
        if (work.done != 0) {
          const Member& m = members_[c.index + work.done - 1];
          cases.push_back({m.lo, m.hi, result});
        }
        if (work.done < c.count) {
          const Member& m = members_[c.index + work.done++];
          stack.push_back({m.then, work.on_true, work.on_false, 0});
          continue;
        }
        const auto mine = std::span(cases).last(c.count);
        result = builder_.switch_on(c.lhs, mine, work.on_false);
        cases.resize(cases.size() - c.count);
        break;
      }
      case Condition::Kind::kChain:
        result = builder_.chain(chains_[c.index], work.on_true, work.on_false);
        break;
      case Condition::Kind::kNot:
        work.condition = c.a;
        std::swap(work.on_true, work.on_false);
        continue;
      case Condition::Kind::kAnd:
      case Condition::Kind::kOr:
        if (work.done == 0) {
          work.done = 1;
          stack.push_back({c.b, work.on_true, work.on_false, 0});
        } else {
          (c.kind == Condition::Kind::kAnd ? work.on_true : work.on_false) = result;
          work.done = 0;
          work.condition = c.a;
        }
        continue;
    }
    stack.pop_back();
  }
  return result;
}

}  // namespace weir::filter::lower
