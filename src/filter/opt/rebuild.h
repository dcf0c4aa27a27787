// Makes a function again from its reachable nodes, successors first: equal nodes become one, and
// tests with one way out disappear. Every pass that changed something ends with it; after the first
// pass, no function has a node that is not reachable.
#pragma once

#include <vector>

#include "filter/ir/builder.h"
#include "filter/ir/ir.h"

namespace weir::filter::opt {

// A bit a node: reachable from the root.
std::vector<bool> reachable(const ir::Function& f);

// Drops the nodes that are not reachable, and changes nothing else.
ir::Function compact(ir::Function f);

// Copies `node` (of a function whose cases are `cases`) with its successors renamed by `names`.
ir::NodeId copy_node(ir::Builder& builder, const ir::Node& node, const std::vector<ir::Case>& cases,
                     const std::vector<ir::Chain>& chains, const std::vector<ir::NodeId>& names);

// `make(builder, old node, names)` gives the new id of each reachable node in ascending order.
template <typename Make>
ir::Function rebuild_with(ir::Function f, Make make) {
  const std::vector<bool> alive = reachable(f);
  const std::vector<ir::Node> nodes = std::move(f.nodes);
  const std::vector<ir::Case> cases = std::move(f.cases);
  const std::vector<ir::Chain> chains = f.chains;
  const ir::NodeId root = f.root;
  ir::Builder builder(std::move(f));
  std::vector<ir::NodeId> names(nodes.size(), ir::kNone);
  names[ir::kRejectNode] = ir::kRejectNode;
  names[ir::kAcceptNode] = ir::kAcceptNode;
  for (ir::NodeId id = ir::kAcceptNode + 1; id <= root; ++id) {
    if (!alive[id]) continue;
    names[id] = make(builder, id, nodes[id], cases, chains, names);
  }
  return compact(std::move(builder).finish(names[root]));
}

ir::Function rebuild(ir::Function f);

}  // namespace weir::filter::opt
