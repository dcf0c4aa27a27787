// Makes a function again from its reachable nodes, successors first: equal nodes become one, and
// tests with one way out disappear. Every pass that changed something ends with it; after the first
// pass, no function has a node that is not reachable.
#pragma once

#include <span>
#include <utility>
#include <vector>

#include "filter/ir/builder.h"
#include "filter/ir/ir.h"

namespace weir::filter::opt {

// The graph that is made again, without its values: those the builder goes on with.
struct OldGraph {
  ir::Vector<ir::Node> nodes;
  ir::Vector<ir::Case> cases;
  ir::Vector<ir::Chain> chains;
  // Old node -> new node; kNone for those that are not reachable or not made yet.
  ir::Vector<ir::NodeId> names;

  std::span<const ir::Case> cases_of(const ir::Node& node) const {
    return std::span(cases).subspan(node.index, node.count);
  }
};

// A bit a node: reachable from the root.
ir::Marks reachable(const ir::Function& f);

// Drops the nodes that are not reachable, and changes nothing else.
void compact(ir::Function& f);

// Makes `node` with its successors renamed.
ir::NodeId copy_node(ir::Builder& builder, const OldGraph& old, const ir::Node& node);

// `make(builder, old, id)` gives the new id of each reachable node in ascending order.
template <typename Make>
void rebuild_with(ir::Function& f, Make make) {
  const ir::Marks alive = reachable(f);
  const ir::NodeId root = f.root;
  OldGraph old{std::move(f.nodes), std::move(f.cases), ir::Vector<ir::Chain>(f.chains, f.memory),
               ir::Vector<ir::NodeId>(f.memory)};
  ir::Builder builder(std::move(f));
  old.names.assign(old.nodes.size(), ir::kNone);
  old.names[ir::kRejectNode] = ir::kRejectNode;
  old.names[ir::kAcceptNode] = ir::kAcceptNode;
  for (ir::NodeId id = ir::kAcceptNode + 1; id <= root; ++id) {
    if (alive[id]) old.names[id] = make(builder, old, id);
  }
  f = std::move(builder).finish(old.names[root]);
  compact(f);
}

void rebuild(ir::Function& f);

}  // namespace weir::filter::opt
