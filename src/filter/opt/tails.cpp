#include "filter/opt/tails.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <optional>
#include <span>
#include <utility>

#include "filter/opt/reach.h"
#include "filter/opt/rebuild.h"

namespace weir::filter::opt {
namespace {

using ir::Case;
using ir::Function;
using ir::kNone;
using ir::Node;
using ir::NodeId;
using ir::NodeKind;
using ir::Value;
using ir::ValueId;

// Two values that one parameter can stand for.
struct Pair {
  ValueId u = kNone;
  ValueId v = kNone;

  friend bool operator==(const Pair&, const Pair&) = default;
};

// A node of one part and the node that is like it in the other.
struct NodePair {
  NodeId u;
  NodeId v;

  friend auto operator<=>(const NodePair&, const NodePair&) = default;
};

// Two parts of the graph that are equal but for a base of their loads and the field that their
// first node asks: where u loads at [base.u + k], v loads at [base.v + offset + k].
struct Match {
  NodeId root_u = kNone;
  NodeId root_v = kNone;
  // The roots first. Parts of more nodes are not worth the search.
  static constexpr std::size_t kMaxNodes = 16;
  std::array<NodePair, kMaxNodes> pairs;  // `count` of them
  std::size_t count = 0;
  std::optional<Pair> field;
  std::optional<Pair> base;  // v is kNone when it loads at constant offsets
  std::uint32_t offset = 0;
  int gain = 0;

  std::span<const NodePair> nodes() const { return std::span(pairs).first(count); }
  bool add(NodeId u, NodeId v) {
    if (count == kMaxNodes) return false;
    pairs[count++] = {u, v};
    return true;
  }
};

class Matcher {
 public:
  explicit Matcher(const Function& f) : f_(f), first_(f.memory), predecessors_(f.memory) {}

  // The pair of parts that saves most.
  std::optional<Match> best() {
    std::optional<Match> best;
    if (f_.nodes.size() > kMaxGraph) return best;
    int tries = 0;
    for (NodeId i = ir::kAcceptNode + 1; i < f_.nodes.size(); ++i) {
      for (NodeId j = ir::kAcceptNode + 1; j < i; ++j) {
        if (f_.nodes[i].kind == NodeKind::kGuard) continue;  // no part begins with one
        if (!same_shape(f_.nodes[i], f_.nodes[j])) continue;
        if (++tries > kMaxTries) return best;
        for (const NodePair& roots : {NodePair{i, j}, NodePair{j, i}}) {
          Match match;
          if (try_match(roots, match) && (!best || match.gain > best->gain)) best = match;
        }
      }
    }
    return best;
  }

 private:
  // The search is quadratic in the graph; a long expression is a list, which has few nodes.
  static constexpr std::size_t kMaxGraph = 1024;
  static constexpr int kMaxTries = 512;

  // All nodes are reachable: every pass before has seen to that.
  void find_predecessors() const {
    first_.assign(f_.nodes.size() + 1, 0);
    const auto each = [&](auto visit) {
      for (NodeId id = ir::kAcceptNode + 1; id < f_.nodes.size(); ++id) {
        ir::for_each_successor(f_, f_.nodes[id], [&](NodeId next) { visit(id, next); });
      }
    };
    each([&](NodeId, NodeId next) { ++first_[next + 1]; });
    std::partial_sum(first_.begin(), first_.end(), first_.begin());
    predecessors_.resize(first_.back());
    ir::Vector<std::uint32_t> at = first_;
    each([&](NodeId id, NodeId next) { predecessors_[at[next]++] = id; });
  }

  // A node that leads here in several ways stands here several times.
  std::span<const NodeId> predecessors(NodeId id) const {
    if (first_.empty()) find_predecessors();
    return std::span(predecessors_).subspan(first_[id], first_[id + 1] - first_[id]);
  }

  bool same_shape(const Node& x, const Node& y) const {
    if (x.kind != y.kind || x.compare != y.compare) return false;
    if (x.kind == NodeKind::kTest) return x.rhs == y.rhs && f_.is_const(x.rhs);
    if (x.kind == NodeKind::kGuard) return true;
    if (x.kind != NodeKind::kSwitch || x.count != y.count) return false;
    const auto a = f_.cases_of(x);
    const auto b = f_.cases_of(y);
    return std::ranges::equal(
        a, b, [](const Case& c, const Case& d) { return c.lo == d.lo && c.hi == d.hi; });
  }

  // Finds the parts that begin at the roots; false when they are not alike, or save nothing.
  bool try_match(NodePair roots, Match& match) const {
    const auto [u, v] = roots;
    match.root_u = u;
    match.root_v = v;
    match.add(u, v);
    if (!match_values(f_.nodes[u].lhs, f_.nodes[v].lhs, match, true)) return false;
    for (std::size_t i = 0; i < match.count; ++i) {
      const auto [x, y] = match.pairs[i];
      if (i != 0 && !match_values(f_.nodes[x].lhs, f_.nodes[y].lhs, match, false)) {
        return false;
      }
      if (!match_successors(x, y, match)) return false;
    }
    if (!match.field && !match.base) return false;
    if (match.base && !(may_compute(u, match.base->u) && may_compute(v, match.base->v))) {
      return false;
    }
    if (!entered_at_root_only(match)) return false;
    match.gain = gain(match);
    return match.gain > 0;
  }

  // The base is computed at the root, even for packets that do not come to the loads at it: it must
  // not fault for them.
  bool may_compute(NodeId root, ValueId base) const {
    if (base == kNone || !f_.values[base].faults) return true;
    if (ir::computes(f_, f_.nodes[root].lhs, base)) return true;
    if (!reach_) reach_.emplace(f_);
    const Reach::Extent extent = reach_->of_value(base);
    return extent.only_absolute &&
           extent.end <= std::max(reach_->known(root), reach_->needed(root));
  }

  bool match_successors(NodeId x, NodeId y, Match& match) const {
    const Node& a = f_.nodes[x];
    const Node& b = f_.nodes[y];
    if (a.kind == NodeKind::kGuard) return match_nodes(a.on_true, b.on_true, match);
    if (a.kind == NodeKind::kTest && !match_nodes(a.on_true, b.on_true, match)) return false;
    for (std::uint32_t i = 0; i < a.count; ++i) {
      const NodeId to_x = f_.cases[a.index + i].target;
      if (!match_nodes(to_x, f_.cases[b.index + i].target, match)) return false;
    }
    return match_nodes(a.on_false, b.on_false, match);
  }

  bool match_nodes(NodeId x, NodeId y, Match& match) const {
    for (const auto& [a, b] : match.nodes()) {
      if (a == x || b == y || a == y || b == x) return a == x && b == y;
    }
    if (x == y) return true;
    if (!same_shape(f_.nodes[x], f_.nodes[y])) return false;
    return match.add(x, y);
  }

  // Goes down through operations with equal constants to where the two differ.
  bool match_values(ValueId x, ValueId y, Match& match, bool at_root) const {
    while (x != y) {
      const Value& a = f_.values[x];
      const Value& b = f_.values[y];
      if (match_bases(a, b, match)) return true;
      const bool same_op = a.op == b.op && ir::is_binary(a.op) && a.b == b.b && f_.is_const(a.b);
      if (same_op) {
        x = a.a;
        y = b.a;
        continue;
      }
      // The field waits in A, so computing it must leave X to the base.
      if (!at_root || reads_through_x(x) || reads_through_x(y)) return false;
      match.field = Pair{x, y};
      return true;
    }
    return true;
  }

  bool reads_through_x(ValueId id) const {
    for (;;) {
      const Value& v = f_.values[id];
      if (v.op == ir::Op::kLoad) return v.a != kNone;
      if (!ir::is_binary(v.op)) return false;
      if (!f_.is_const(v.b)) return true;
      id = v.a;
    }
  }

  bool match_bases(const Value& a, const Value& b, Match& match) const {
    if (a.op != ir::Op::kLoad || b.op != ir::Op::kLoad || a.size != b.size || a.a == kNone) {
      return false;
    }
    const Pair bases{a.a, b.a};
    if (a.a == b.a || ir::is_extension(b) || b.k < a.k) return false;
    const std::uint32_t offset = b.k - a.k;
    // The sum that the parameter holds must not wrap where the load's own sum does not.
    if (b.a != kNone && f_.values[b.a].bits > 0xffffffffu - offset) return false;
    if (match.base) return *match.base == bases && match.offset == offset;
    match.base = bases;
    match.offset = offset;
    return true;
  }

  // Every way into the parts goes through their roots, where the parameters are assigned.
  bool entered_at_root_only(const Match& match) const {
    for (const auto& [x, y] : match.nodes().subspan(1)) {
      if (!all_inside(x, match, true) || !all_inside(y, match, false)) return false;
    }
    return true;
  }

  bool all_inside(NodeId id, const Match& match, bool side_u) const {
    return std::ranges::all_of(predecessors(id), [&](NodeId from) {
      return std::ranges::any_of(
          match.nodes(), [&](const auto& pair) { return from == (side_u ? pair.u : pair.v); });
    });
  }

  int jumps(const Node& n) const {
    if (n.kind == NodeKind::kTest) return 1;
    if (n.kind == NodeKind::kGuard) return 0;
    int count = 0;
    for (const Case& c : f_.cases_of(n)) count += c.lo == c.hi ? 1 : 2;
    return count;
  }

  // Instructions to compute a value, its base not counted.
  int length(ValueId id) const {
    int count = 1;
    while (ir::is_binary(f_.values[id].op)) {
      ++count;
      id = f_.values[id].a;
    }
    return count;
  }

  int gain(const Match& match) const {
    int saved = 0;
    ValueId last = kNone;
    for (const auto& [x, y] : match.nodes()) {
      const Node& n = f_.nodes[y];
      saved += jumps(n);
      if (n.lhs != last) saved += length(n.lhs);
      last = n.lhs;
    }
    if (match.field) saved -= length(match.field->v);
    if (match.base) saved -= match.base->v != kNone && match.offset != 0 ? 3 : 1;
    const bool falls_in =
        match.field && !match.base &&
        (in_a_already(match.root_u, match.field->u) || in_a_already(match.root_v, match.field->v));
    return falls_in ? saved : saved - 1;
  }

  // Every way to the node leaves the value in A: no instruction is needed before the shared part.
  bool in_a_already(NodeId id, ValueId value) const {
    return std::ranges::all_of(predecessors(id),
                               [&](NodeId from) { return f_.nodes[from].lhs == value; });
  }

  const Function& f_;
  // Made when they are asked for.
  mutable ir::Vector<std::uint32_t> first_;  // a node's predecessors begin here
  mutable ir::Vector<NodeId> predecessors_;
  mutable std::optional<Reach> reach_;
};

// Builds the shared part once, in place of u's, and assigns the parameters on the ways to it.
class Sharer {
 public:
  explicit Sharer(Match match) : match_(match) {}

  NodeId make(ir::Builder& b, OldGraph& old, NodeId id) {
    // All nodes that the shared part leads to lie below both roots: it is built before either.
    if (id == std::min(match_.root_u, match_.root_v)) build(b, old);
    if (id == match_.root_u) return enter(b, true);
    if (id == match_.root_v) return enter(b, false);
    return copy_node(b, old, old.nodes[id]);
  }

 private:
  void build(ir::Builder& b, OldGraph& old) {
    if (match_.base) base_ = b.new_param(ir::Home::kIndex);
    if (match_.field) {
      field_ = b.new_param(ir::Home::kAccumulator,
                           b.value(match_.field->u).bits | b.value(match_.field->v).bits);
    }
    const ir::Vector<NodeId> names = old.names;
    std::ranges::sort(std::span(match_.pairs).first(match_.count));
    for (const auto& [x, y] : match_.nodes()) {
      Node node = old.nodes[x];
      // What both sides ask alike stays as it is, even where it reads at u's base.
      if (node.lhs != old.nodes[y].lhs) node.lhs = renamed(b, node.lhs, x == match_.root_u);
      old.names[x] = copy_node(b, old, node);
    }
    shared_ = old.names[match_.root_u];
    old.names = names;
  }

  NodeId enter(ir::Builder& b, bool side_u) {
    NodeId next = shared_;
    if (match_.field) next = b.assign(field_, side_u ? match_.field->u : match_.field->v, next);
    if (!match_.base) return next;
    if (side_u) return b.assign(base_, match_.base->u, next);
    const ValueId offset = b.constant(match_.offset);
    const bool constant = match_.base->v == kNone;
    const ValueId base = constant ? offset : b.binary(ir::Op::kAdd, match_.base->v, offset);
    return b.assign(base_, base, next);
  }

  // REQUIRES: operations with constants only, down to where the two sides differ.
  ValueId renamed(ir::Builder& b, ValueId id, bool at_root) {
    ir::Vector<ValueId> operations(b.function().memory);
    while (!(at_root && match_.field && id == match_.field->u) && ir::is_binary(b.value(id).op)) {
      operations.push_back(id);
      id = b.value(id).a;
    }
    const Value leaf = b.value(id);
    if (at_root && match_.field && id == match_.field->u) {
      id = b.param(field_);
    } else if (leaf.op == ir::Op::kLoad && match_.base && leaf.a == match_.base->u) {
      id = b.load(leaf.size, b.param(base_), leaf.k);
    }
    for (std::size_t i = operations.size(); i-- > 0;) {
      const Value v = b.value(operations[i]);
      id = b.binary(v.op, id, v.b);
    }
    return id;
  }

  Match match_;
  ir::ParamId base_ = kNone;
  ir::ParamId field_ = kNone;
  NodeId shared_ = kNone;  // the root of the shared part
};

}  // namespace

bool tails(Function& f) {
  constexpr int kMaxShared = 8;
  for (int shared = 0; shared < kMaxShared; ++shared) {
    const auto match = Matcher(f).best();
    if (!match) return shared != 0;
    Sharer sharer(*match);
    rebuild_with(f, [&](ir::Builder& builder, OldGraph& old, NodeId id) {
      return sharer.make(builder, old, id);
    });
  }
  return true;
}

}  // namespace weir::filter::opt
