#include "filter/opt/thread.h"

#include <algorithm>
#include <cstdint>
#include <optional>

#include "filter/opt/facts.h"
#include "filter/opt/rebuild.h"

namespace weir::filter::opt {
namespace {

using ir::Case;
using ir::Function;
using ir::Node;
using ir::NodeId;
using ir::NodeKind;

// Goes down the nodes once. When a node's turn comes, all ways to it have been walked, so what is
// known there is final; its own ways out may then skip nodes that this decides.
class Threader {
 public:
  explicit Threader(Function& f)
      : f_(f),
        facts_(f),
        known_(f.nodes.size(), f.memory),
        param_values_(f.params.size(), ir::kNone, f.memory),
        targets_(f.memory),
        led_(f.memory),
        replaced_(f.memory) {
    if (f.params.empty()) return;
    for (ir::ValueId id = 0; id < f.values.size(); ++id) {
      if (f.values[id].op == ir::Op::kParam) param_values_[f.values[id].k] = id;
    }
  }

  // False: nothing was to be done.
  bool run() {
    const NodeId root = f_.root;
    f_.root = arrive(f_.root, kNoFacts);
    changed_ = f_.root != root;
    for (NodeId id = f_.root; id > ir::kAcceptNode; --id) {
      if (known_[id]) {
        leave(id, *known_[id]);
      } else {
        changed_ = true;
      }
    }
    put_switches();
    return changed_;
  }

 private:
  // Where `known` leads when it is about to enter `target`.
  NodeId arrive(NodeId target, FactId known) {
    while (steps_left_ != 0) {
      const auto next = facts_.decide(target, known);
      if (!next) break;
      target = *next;
      changed_ = true;
      --steps_left_;
    }
    if (target <= ir::kAcceptNode) return target;
    auto& there = known_[target];
    there = there ? facts_.meet(*there, known) : known;
    return target;
  }

  void leave(NodeId id, FactId known) {
    Node& node = f_.nodes[id];
    switch (node.kind) {
      case NodeKind::kTest:
        node.on_true = arrive(node.on_true, tested(node, known, true));
        node.on_false = arrive(node.on_false, tested(node, known, false));
        break;
      case NodeKind::kSwitch:
        leave_switch(id, known);
        break;
      case NodeKind::kGuard:
        node.on_true = arrive(
            node.on_true, facts_.add(known, {.kind = Fact::Kind::kComputed, .value = node.lhs}));
        break;
      case NodeKind::kAssign:
        node.on_true = arrive(node.on_true, assigned(node, known));
        break;
      case NodeKind::kChain:
        node.on_true = arrive(node.on_true, known);
        node.on_false = arrive(node.on_false, known);
        break;
      case NodeKind::kReject:
      case NodeKind::kAccept:
        break;
    }
  }

  FactId tested(const Node& node, FactId known, bool truth) {
    return facts_.add(known, {.kind = Fact::Kind::kTest,
                              .compare = node.compare,
                              .truth = truth,
                              .value = node.lhs,
                              .rhs = node.rhs});
  }

  FactId assigned(const Node& node, FactId known) {
    known = facts_.add(known, {.kind = Fact::Kind::kComputed, .value = node.lhs});
    const ir::ValueId param = param_values_[node.index];
    if (param == ir::kNone) return known;
    known = facts_.add(known, {.kind = Fact::Kind::kUnknown, .value = param});
    if (!f_.is_const(node.lhs)) return known;
    return facts_.add(known,
                      {.kind = Fact::Kind::kTest, .truth = true, .value = param, .rhs = node.lhs});
  }

  // The facts speak of the switch as it was: what it leads to now is put in its place last.
  void leave_switch(NodeId id, FactId known) {
    const Node node = f_.nodes[id];
    targets_.clear();
    led_.clear();
    for (std::uint32_t i = 0; i <= node.count; ++i) {
      const NodeId target = i < node.count ? f_.cases[node.index + i].target : node.on_false;
      const NodeId first = i < node.count ? skip(node.lhs, f_.cases[node.index + i]) : target;
      targets_.push_back(arrive(first, led(id, target, known)));
    }
    if (!changed_) return;
    // Facts below still ask the switch where values lead: keep it, give the node new cases.
    const auto first = static_cast<std::uint32_t>(f_.cases.size());
    for (std::uint32_t i = 0; i < node.count; ++i) {
      Case c = f_.cases[node.index + i];
      c.target = targets_[i];
      f_.cases.push_back(c);
    }
    replaced_.push_back({id, first, targets_.back()});
  }

  // Behind the nodes that the values of the case decide: what the cases share says less of each.
  NodeId skip(ir::ValueId value, const Case& c) {
    NodeId target = c.target;
    while (const auto next = facts_.decide_within(target, value, c.lo, c.hi)) {
      target = *next;
      changed_ = true;
    }
    return target;
  }

  // All cases that lead to one target share one fact, so that it survives where they meet.
  FactId led(NodeId id, NodeId target, FactId known) {
    constexpr std::size_t kMaxShared = 16;
    for (const Led& known_way : led_) {
      if (known_way.target == target) return known_way.fact;
    }
    const FactId fact = facts_.add(
        known,
        {.kind = Fact::Kind::kSwitch, .value = f_.nodes[id].lhs, .node = id, .target = target});
    if (led_.size() < kMaxShared) led_.push_back({target, fact});
    return fact;
  }

  void put_switches() {
    for (const Replaced& r : replaced_) {
      f_.nodes[r.node].index = r.first;
      f_.nodes[r.node].on_false = r.otherwise;
    }
  }

  struct Led {
    NodeId target;
    FactId fact;
  };
  struct Replaced {
    NodeId node;
    std::uint32_t first;
    NodeId otherwise;
  };

  Function& f_;
  Facts facts_;
  ir::Vector<std::optional<FactId>> known_;
  ir::Vector<ir::ValueId> param_values_;
  ir::Vector<NodeId> targets_;
  ir::Vector<Led> led_;
  ir::Vector<Replaced> replaced_;
  bool changed_ = false;
  // Long chains of different tests could take quadratic time; a test that stays is only slower.
  std::uint32_t steps_left_ = 1u << 20;
};

// The value is asked for together with a constant: knowing what it is computed from decides it.
bool is_computed_from(const Function& f, ir::ValueId value, const ir::Marks& asked) {
  const ir::Value& v = f.values[value];
  return ir::is_binary(v.op) && f.is_const(v.b) && asked[v.a] != 0;
}

// A look that costs little: something is asked twice, or there are nodes to drop.
bool may_change(const Function& f) {
  ir::Marks asked(f.values.size(), 0, f.memory);
  ir::Marks alive(f.nodes.size(), 0, f.memory);
  alive[f.root] = 1;
  for (NodeId id = f.root; id > ir::kAcceptNode; --id) {
    const Node& n = f.nodes[id];
    if (alive[id] == 0 || n.kind == NodeKind::kGuard || n.kind == NodeKind::kAssign) return true;
    ir::for_each_successor(f, n, [&](NodeId next) { alive[next] = 1; });
    if (n.kind == NodeKind::kChain) continue;
    if (asked[n.lhs] != 0) return true;
    asked[n.lhs] = 1;
  }
  return std::ranges::any_of(f.nodes, [&](const Node& n) {
    return n.lhs != ir::kNone && is_computed_from(f, n.lhs, asked);
  });
}

}  // namespace

bool thread(Function& f) {
  if (!may_change(f) || !Threader(f).run()) return false;
  rebuild(f);
  return true;
}

}  // namespace weir::filter::opt
