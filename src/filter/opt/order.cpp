#include "filter/opt/order.h"

#include <algorithm>
#include <utility>

#include "filter/opt/rebuild.h"

namespace weir::filter::opt {
namespace {

using ir::Function;
using ir::kNone;
using ir::Node;
using ir::NodeId;
using ir::NodeKind;
using ir::ValueId;

// What all nodes that lead to a node ask for; nothing when they ask for several values.
struct Ways {
  ValueId value = kNone;
  std::uint32_t count = 0;

  void add(ValueId asked) {
    value = count == 0 || value == asked ? asked : kNone;
    ++count;
  }
};

bool fails_to_reject(const Node& n) {
  return n.kind == NodeKind::kTest && n.on_false == ir::kRejectNode;
}

}  // namespace

bool order(Function& f) {
  const bool may_change = std::ranges::any_of(f.nodes, [&](const Node& n) {
    return fails_to_reject(n) && fails_to_reject(f.nodes[n.on_true]) &&
           n.lhs != f.nodes[n.on_true].lhs;
  });
  if (!may_change) return false;
  ir::Vector<Ways> ways(f.nodes.size(), f.memory);
  for (const Node& n : f.nodes) {
    ir::for_each_successor(f, n, [&](NodeId next) { ways[next].add(n.lhs); });
  }
  bool changed = false;
  for (NodeId id = f.root; id > ir::kAcceptNode; --id) {
    Node& first = f.nodes[id];
    if (!fails_to_reject(first) || ways[id].value == kNone) continue;
    const NodeId next = first.on_true;
    Node& second = f.nodes[next];
    if (!fails_to_reject(second) || ways[next].count != 1) continue;
    if (second.lhs != ways[id].value || first.lhs == second.lhs) continue;
    // Both end in `reject`: so does a load that is now made without need, or no longer made.
    std::swap(first.compare, second.compare);
    std::swap(first.lhs, second.lhs);
    std::swap(first.rhs, second.rhs);
    changed = true;
  }
  if (changed) rebuild(f);
  return changed;
}

}  // namespace weir::filter::opt
