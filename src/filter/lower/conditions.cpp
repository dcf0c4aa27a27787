#include "filter/lower/conditions.h"

#include <algorithm>
#include <span>
#include <utility>

namespace weir::filter::lower {

ConditionId Conditions::member(ir::ValueId value, std::vector<Member> members) {
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
  ir::Vector<ir::Case> cases(builder_.function().memory);  // of the switches on the stack, the innermost last
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
