#include "filter/opt/guards.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "filter/opt/rebuild.h"
#include "filter/opt/reach.h"

namespace weir::filter::opt {
namespace {

using ir::Function;
using ir::kNone;
using ir::Node;
using ir::NodeId;
using ir::NodeKind;
using ir::Value;
using ir::ValueId;

// The next node that decides computes it anyway.
bool next_computes(const Function& f, NodeId next, ValueId value) {
  while (!ir::is_terminal(f.nodes[next])) {
    const Node& n = f.nodes[next];
    bool found = false;
    ir::for_each_operand(n, [&](ValueId v) { found = found || ir::computes(f, v, value); });
    if (found) return true;
    if (n.kind != NodeKind::kGuard && n.kind != NodeKind::kAssign) return false;
    next = n.on_true;
  }
  return false;
}

// The two steps must not trust each other's guards: each drops a guard for a load that it keeps.
Function drop_for_later_loads(Function f) {
  const Reach reach(f);
  return rebuild_with(std::move(f), [&](ir::Builder& builder, NodeId, const Node& node,
                                        const std::vector<ir::Case>& cases,
                                        const std::vector<ir::Chain>& chains,
                                        const std::vector<NodeId>& names) {
    if (node.kind != NodeKind::kGuard) return copy_node(builder, node, cases, chains, names);
    const NodeId next = names[node.on_true];
    const Reach::Extent extent = reach.of_value(node.lhs);
    if (extent.only_absolute) {
      if (extent.end <= reach.needed(node.on_true)) return next;
      return builder.guard(builder.load(1, extent.end - 1), next);
    }
    if (next_computes(builder.function(), next, node.lhs)) return next;
    return builder.guard(node.lhs, next);
  });
}

Function drop_for_earlier_loads(Function f) {
  const Reach reach(f);
  return rebuild_with(std::move(f), [&](ir::Builder& builder, NodeId id, const Node& node,
                                        const std::vector<ir::Case>& cases,
                                        const std::vector<ir::Chain>& chains,
                                        const std::vector<NodeId>& names) {
    const bool dropped = node.kind == NodeKind::kGuard && reach.of_value(node.lhs).only_absolute &&
                         reach.of_value(node.lhs).end <= reach.known(id);
    if (dropped) return names[node.on_true];
    return copy_node(builder, node, cases, chains, names);
  });
}

bool has_guards(const Function& f) {
  return std::ranges::any_of(f.nodes,
                             [](const Node& n) { return n.kind == NodeKind::kGuard; });
}

}  // namespace

Function guards(Function f) {
  if (!has_guards(f)) return f;
  return drop_for_earlier_loads(drop_for_later_loads(std::move(f)));
}

}  // namespace weir::filter::opt
