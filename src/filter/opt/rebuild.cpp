#include "filter/opt/rebuild.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace weir::filter::opt {

using ir::Case;
using ir::Function;
using ir::Node;
using ir::NodeId;
using ir::NodeKind;

ir::Marks reachable(const Function& f) {
  ir::Marks alive(f.nodes.size(), false, f.memory);
  alive[f.root] = true;
  for (NodeId id = f.root; id > ir::kAcceptNode; --id) {
    if (!alive[id]) continue;
    ir::for_each_successor(f, f.nodes[id], [&](NodeId next) { alive[next] = true; });
  }
  return alive;
}

void compact(Function& f) {
  ir::Marks alive = reachable(f);
  alive[ir::kRejectNode] = alive[ir::kAcceptNode] = true;
  if (std::ranges::all_of(alive, std::identity{})) return;
  ir::Vector<NodeId> names(f.nodes.size(), ir::kNone, f.memory);
  NodeId next = 0;
  for (NodeId id = 0; id < f.nodes.size(); ++id) {
    if (!alive[id]) continue;
    Node node = f.nodes[id];
    names[id] = next;
    if (node.on_true != ir::kNone) node.on_true = names[node.on_true];
    if (node.on_false != ir::kNone) node.on_false = names[node.on_false];
    for (std::uint32_t i = 0; node.kind == NodeKind::kSwitch && i < node.count; ++i) {
      f.cases[node.index + i].target = names[f.cases[node.index + i].target];
    }
    f.nodes[next++] = node;
  }
  f.nodes.resize(next);
  f.root = names[f.root];
}

NodeId copy_node(ir::Builder& builder, const OldGraph& old, const Node& node) {
  const ir::Vector<NodeId>& names = old.names;
  switch (node.kind) {
    case NodeKind::kReject:
      return ir::kRejectNode;
    case NodeKind::kAccept:
      return ir::kAcceptNode;
    case NodeKind::kTest:
      return builder.with_successors(node, names[node.on_true], names[node.on_false]);
    case NodeKind::kGuard:
      return builder.guard(node.lhs, names[node.on_true]);
    case NodeKind::kAssign:
      return builder.assign(node.index, node.lhs, names[node.on_true]);
    case NodeKind::kChain:
      return builder.chain(old.chains[node.index], names[node.on_true], names[node.on_false]);
    case NodeKind::kSwitch: {
      const auto cases = old.cases_of(node);
      ir::Vector<Case> renamed(cases.begin(), cases.end(), old.nodes.arena());
      for (Case& c : renamed) c.target = names[c.target];
      return builder.switch_on(node.lhs, renamed, names[node.on_false]);
    }
  }
  return ir::kRejectNode;
}

void rebuild_by(Function& f, MakeNode make, void* maker) {
  const ir::Marks alive = reachable(f);
  const NodeId root = f.root;
  const std::size_t size = f.nodes.size();
  OldGraph old{std::move(f.nodes), std::move(f.cases), f.chains,
               ir::Vector<NodeId>(size, ir::kNone, f.memory)};
  ir::Builder builder(std::move(f), size);
  old.names[ir::kRejectNode] = ir::kRejectNode;
  old.names[ir::kAcceptNode] = ir::kAcceptNode;
  for (NodeId id = ir::kAcceptNode + 1; id <= root; ++id) {
    if (alive[id]) old.names[id] = make(maker, builder, old, id);
  }
  f = std::move(builder).finish(old.names[root]);
  compact(f);
}

void rebuild(Function& f) {
  rebuild_with(f, [](ir::Builder& builder, const OldGraph& old, NodeId id) {
    return copy_node(builder, old, old.nodes[id]);
  });
}

}  // namespace weir::filter::opt
