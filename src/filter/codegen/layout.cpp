#include "filter/codegen/layout.h"

#include <algorithm>

namespace weir::filter::codegen {

using ir::Function;
using ir::NodeId;

ir::Vector<NodeId> layout(const Function& f) {
  struct Step {
    NodeId node;
    bool leave;  // all that it leads to has been walked
  };
  ir::Vector<NodeId> order(f.memory);
  ir::Marks seen(f.nodes.size(), false, f.memory);
  ir::Vector<Step> stack(f.memory);
  order.reserve(f.nodes.size());
  seen[ir::kRejectNode] = seen[ir::kAcceptNode] = true;
  stack.push_back({f.root, false});
  while (!stack.empty()) {
    const Step step = stack.back();
    stack.pop_back();
    if (step.leave) {
      order.push_back(step.node);
      continue;
    }
    if (seen[step.node]) continue;
    seen[step.node] = true;
    stack.push_back({step.node, true});
    const std::size_t first = stack.size();
    ir::for_each_successor(f, f.nodes[step.node], [&](NodeId next) {
      if (!seen[next]) stack.push_back({next, false});
    });
    std::ranges::reverse(stack.begin() + static_cast<std::ptrdiff_t>(first), stack.end());
  }
  std::ranges::reverse(order);
  return order;
}

}  // namespace weir::filter::codegen
