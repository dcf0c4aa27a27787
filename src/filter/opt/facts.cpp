#include "filter/opt/facts.h"

#include <algorithm>

namespace weir::filter::opt {
namespace {

using ir::Case;
using ir::Compare;
using ir::Function;
using ir::Node;
using ir::NodeId;
using ir::NodeKind;
using ir::Op;
using ir::Value;
using ir::ValueId;

// Beyond these the work would grow with the square of the expression; knowing less is safe.
constexpr std::uint32_t kMaxDepth = 4096;
constexpr int kMaxLookBack = 96;
constexpr std::size_t kMaxSwitchToCompare = 64;

}  // namespace

Facts::Facts(const Function& f) : f_(f), all_(f.memory), assigned_(f.memory) {
  all_.reserve(f.nodes.size() * 2 + 1);
  all_.emplace_back();
}

FactId Facts::add(FactId before, Fact fact) {
  if (all_[before].depth >= kMaxDepth && fact.kind != Fact::Kind::kUnknown) return before;
  fact.before = before;
  fact.depth = all_[before].depth + 1;
  all_.push_back(fact);
  return static_cast<FactId>(all_.size() - 1);
}

// What was assigned on one of the two ways only is not what it was before they parted, either.
FactId Facts::meet(FactId a, FactId b) {
  assigned_.clear();
  const auto drop = [this](FactId& id) {
    if (all_[id].kind == Fact::Kind::kUnknown) assigned_.push_back(all_[id].value);
    id = all_[id].before;
  };
  while (all_[a].depth > all_[b].depth) drop(a);
  while (all_[b].depth > all_[a].depth) drop(b);
  while (a != b) {
    drop(a);
    drop(b);
  }
  for (const ValueId param : assigned_) {
    a = add(a, {.kind = Fact::Kind::kUnknown, .value = param});
  }
  return a;
}

NodeId Facts::target_of(const Node& node, std::uint32_t k) const {
  if (node.kind == NodeKind::kTest) {
    return ir::holds(node.compare, k, f_.values[node.rhs].k) ? node.on_true : node.on_false;
  }
  const auto cases = f_.cases_of(node);
  const auto found = std::ranges::lower_bound(cases, k, {}, &Case::hi);
  return found != cases.end() && found->lo <= k ? found->target : node.on_false;
}

// The only target of the values lo to hi, if there is only one.
std::optional<NodeId> Facts::target_in(const Node& node, std::uint32_t lo, std::uint32_t hi) const {
  const NodeId target = target_of(node, lo);
  if (lo == hi) return target;
  if (node.kind == NodeKind::kTest) {
    const std::uint32_t k = f_.values[node.rhs].k;
    if (node.compare == Compare::kSet) return std::nullopt;
    if (node.compare == Compare::kEq && lo <= k && k <= hi) return std::nullopt;
    return target_of(node, hi) == target ? std::optional(target) : std::nullopt;
  }
  const auto cases = f_.cases_of(node);
  const auto found = std::ranges::lower_bound(cases, lo, {}, &Case::hi);
  if (found == cases.end() || found->lo > hi) return node.on_false;
  return found->lo <= lo && hi <= found->hi ? std::optional(target) : std::nullopt;
}

std::optional<std::uint32_t> Facts::constant_of(ValueId value, FactId known) const {
  if (f_.is_const(value)) return f_.values[value].k;
  int steps = 0;
  for (FactId id = known; id != kNoFacts && steps < kMaxLookBack; id = all_[id].before, ++steps) {
    const Fact& fact = all_[id];
    if (fact.value != value) continue;
    if (fact.kind == Fact::Kind::kUnknown) return std::nullopt;
    if (fact.kind == Fact::Kind::kTest && fact.compare == Compare::kEq && fact.truth &&
        f_.is_const(fact.rhs)) {
      return f_.values[fact.rhs].k;
    }
  }
  return std::nullopt;
}

// value = a op constant, and a is known.
std::optional<NodeId> Facts::decide_by_constant(const Node& node, FactId known) const {
  const Value& v = f_.values[node.lhs];
  if (!ir::is_binary(v.op) || !f_.is_const(v.b)) return std::nullopt;
  if (v.op == Op::kDiv || v.op == Op::kMod) return std::nullopt;
  const auto a = constant_of(v.a, known);
  if (!a) return std::nullopt;
  return target_of(node, ir::fold(v.op, *a, f_.values[v.b].k));
}

// The fact is that the value leads from a switch to a target; all intervals that do so may lead
// from `node` to one target, too.
std::optional<NodeId> Facts::decide_by_switch(const Node& node, const Fact& fact) const {
  const auto cases = f_.cases_of(f_.nodes[fact.node]);
  if (cases.size() > kMaxSwitchToCompare) {
    const bool point = node.kind == NodeKind::kTest && node.compare == Compare::kEq;
    if (!point) return std::nullopt;
    const NodeId there = target_of(f_.nodes[fact.node], f_.values[node.rhs].k);
    return there != fact.target ? std::optional(node.on_false) : std::nullopt;
  }
  std::optional<NodeId> only;
  const auto agree = [&](std::uint32_t lo, std::uint32_t hi) {
    const auto target = target_in(node, lo, hi);
    if (!target || (only && *only != *target)) return false;
    only = target;
    return true;
  };
  std::uint64_t next = 0;
  const std::uint64_t end = std::uint64_t{f_.values[node.lhs].bits} + 1;
  const bool by_default = f_.nodes[fact.node].on_false == fact.target;
  for (const Case& c : cases) {
    if (by_default && c.lo > next) {
      if (!agree(static_cast<std::uint32_t>(next), c.lo - 1)) return std::nullopt;
    }
    if (c.target == fact.target && !agree(c.lo, c.hi)) return std::nullopt;
    next = std::uint64_t{c.hi} + 1;
  }
  if (by_default && next < end) {
    if (!agree(static_cast<std::uint32_t>(next), static_cast<std::uint32_t>(end - 1))) {
      return std::nullopt;
    }
  }
  return only;
}

std::optional<NodeId> Facts::decide_by_fact(const Node& node, const Fact& fact,
                                            Bounds& bounds) const {
  if (fact.kind == Fact::Kind::kSwitch) return decide_by_switch(node, fact);
  if (!f_.is_const(fact.rhs)) return std::nullopt;
  const std::uint32_t k = f_.values[fact.rhs].k;
  const bool test = node.kind == NodeKind::kTest;
  const std::uint32_t asked = test ? f_.values[node.rhs].k : 0;
  switch (fact.compare) {
    case Compare::kEq:
      if (fact.truth) return target_of(node, k);
      if (test && node.compare == Compare::kEq && asked == k) return node.on_false;
      break;
    case Compare::kGt:
      if (fact.truth)
        bounds.lo = std::max(bounds.lo, k + 1);
      else
        bounds.hi = std::min(bounds.hi, k);
      break;
    case Compare::kGe:
      if (fact.truth)
        bounds.lo = std::max(bounds.lo, k);
      else
        bounds.hi = std::min(bounds.hi, k - 1);
      break;
    case Compare::kSet:
      if (!fact.truth) {
        bounds.zero |= k;
      } else if (test && node.compare == Compare::kSet && (k & ~asked) == 0) {
        return node.on_true;
      } else if (test && node.compare == Compare::kEq && (asked & k) == 0) {
        return node.on_false;
      }
      break;
  }
  return std::nullopt;
}

std::optional<NodeId> Facts::decide_by_bounds(const Node& node, const Bounds& bounds) const {
  const std::uint32_t bits = f_.values[node.lhs].bits & ~bounds.zero;
  if (node.kind == NodeKind::kTest) {
    const std::uint32_t k = f_.values[node.rhs].k;
    if (node.compare == Compare::kSet) {
      return (bits & k) == 0 ? std::optional(node.on_false) : std::nullopt;
    }
    if (node.compare == Compare::kEq && (k & ~bits) != 0) return node.on_false;
  }
  const std::uint32_t hi = std::min(bounds.hi, bits);
  if (bounds.lo > hi) return node.on_false;  // no packet comes here
  return target_in(node, bounds.lo, hi);
}

std::optional<NodeId> Facts::decide_within(NodeId id, ValueId value, std::uint32_t lo,
                                           std::uint32_t hi) const {
  const Node& node = f_.nodes[id];
  const bool asks = node.lhs == value && (node.kind == NodeKind::kSwitch ||
                                          (node.kind == NodeKind::kTest && f_.is_const(node.rhs)));
  return asks ? target_in(node, lo, hi) : std::nullopt;
}

std::optional<NodeId> Facts::decide(NodeId id, FactId known) const {
  const Node& node = f_.nodes[id];
  const bool guard = node.kind == NodeKind::kGuard;
  if (!guard && node.kind != NodeKind::kTest && node.kind != NodeKind::kSwitch) return std::nullopt;
  const bool constant = node.rhs == ir::kNone || f_.is_const(node.rhs);
  Bounds bounds;
  bool any = false;
  int steps = 0;
  for (FactId at = known; at != kNoFacts && steps < kMaxLookBack; at = all_[at].before, ++steps) {
    const Fact& fact = all_[at];
    if (guard) {
      const bool computed = fact.kind != Fact::Kind::kUnknown;
      if (computed && ir::computes(f_, fact.value, node.lhs)) return node.on_true;
      continue;
    }
    if (fact.value != node.lhs) continue;
    if (fact.kind == Fact::Kind::kUnknown) break;
    if (fact.kind == Fact::Kind::kComputed) continue;
    if (!constant) {
      const bool same =
          fact.kind == Fact::Kind::kTest && fact.compare == node.compare && fact.rhs == node.rhs;
      if (same) return fact.truth ? node.on_true : node.on_false;
      continue;
    }
    any = true;
    if (const auto target = decide_by_fact(node, fact, bounds)) return target;
  }
  if (guard || !constant) return std::nullopt;
  if (any) {
    if (const auto target = decide_by_bounds(node, bounds)) return target;
  }
  return decide_by_constant(node, known);
}

}  // namespace weir::filter::opt
