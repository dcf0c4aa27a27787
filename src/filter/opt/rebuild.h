// Makes a function again from its reachable nodes, successors first: equal nodes become one, and
// tests with one way out disappear. Every pass that changed something ends with it; after the first
// pass, no function has a node that is not reachable.
#pragma once

#include <span>

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

// What makes a node; all passes share the loop over the nodes.
using MakeNode = ir::NodeId (*)(void* maker, ir::Builder& builder, OldGraph& old, ir::NodeId id);
void rebuild_by(ir::Function& f, MakeNode make, void* maker);

// `make(builder, old, id)` gives the new id of each reachable node in ascending order.
template <typename Make>
void rebuild_with(ir::Function& f, Make make) {
  const auto call = [](void* maker, ir::Builder& builder, OldGraph& old, ir::NodeId id) {
    return (*static_cast<Make*>(maker))(builder, old, id);
  };
  rebuild_by(f, call, &make);
}

void rebuild(ir::Function& f);

}  // namespace weir::filter::opt
