#include "filter/opt/guards.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "filter/opt/reach.h"
#include "filter/opt/rebuild.h"

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
void drop_for_later_loads(Function& f) {
  const Reach reach(f);
  rebuild_with(f, [&](ir::Builder& builder, const OldGraph& old, NodeId id) {
    const Node& node = old.nodes[id];
    if (node.kind != NodeKind::kGuard) return copy_node(builder, old, node);
    const NodeId next = old.names[node.on_true];
    const Reach::Extent extent = reach.of_value(node.lhs);
    if (extent.only_absolute && extent.end <= reach.needed(node.on_true)) return next;
    if (next_computes(builder.function(), next, node.lhs)) return next;
    return copy_node(builder, old, node);
  });
}

void drop_for_earlier_loads(Function& f) {
  const Reach reach(f);
  rebuild_with(f, [&](ir::Builder& builder, const OldGraph& old, NodeId id) {
    const Node& node = old.nodes[id];
    const bool dropped = node.kind == NodeKind::kGuard && reach.of_value(node.lhs).only_absolute &&
                         reach.of_value(node.lhs).end <= reach.known(id);
    return dropped ? old.names[node.on_true] : copy_node(builder, old, node);
  });
}

bool has_guards(const Function& f) {
  return std::ranges::any_of(f.nodes, [](const Node& n) { return n.kind == NodeKind::kGuard; });
}

}  // namespace

bool guards(Function& f) {
  if (!has_guards(f)) return false;
  drop_for_later_loads(f);
  if (has_guards(f)) drop_for_earlier_loads(f);
  return true;
}

}  // namespace weir::filter::opt
