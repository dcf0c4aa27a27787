#include "filter/opt/peel.h"

#include <algorithm>
#include <span>

#include "filter/opt/rebuild.h"

namespace weir::filter::opt {
namespace {

using ir::Case;
using ir::Function;
using ir::kNone;
using ir::Node;
using ir::NodeId;
using ir::NodeKind;

// Does the node ask for `cases` without the one at `left_out`?
bool asks_the_rest(const Function& f, const Node& n, std::span<const Case> cases,
                   std::size_t left_out) {
  const auto before = cases.first(left_out);
  const auto behind = cases.subspan(left_out + 1);
  if (n.kind == NodeKind::kSwitch) {
    const auto own = f.cases_of(n);
    return own.size() + 1 == cases.size() && std::ranges::equal(own.first(left_out), before) &&
           std::ranges::equal(own.subspan(left_out), behind);
  }
  if (n.kind != NodeKind::kTest || n.compare != ir::Compare::kEq || !f.is_const(n.rhs))
    return false;
  const std::uint32_t k = f.values[n.rhs].k;
  return cases.size() == 2 && cases[1 - left_out] == Case{k, k, n.on_true};
}

// A switch, and the index of the case to take out.
struct Peeled {
  NodeId node;
  std::size_t odd;
};

// The index of the case to take out, or the number of cases.
std::size_t odd_case(const Function& f, const Node& n) {
  const auto cases = f.cases_of(n);
  for (std::size_t i = 0; i < cases.size(); ++i) {
    if (cases[i].lo != cases[i].hi) continue;
    const Node& other = f.nodes[cases[i].target];
    if (other.on_false == n.on_false && asks_the_rest(f, other, cases, i)) return i;
  }
  return cases.size();
}

}  // namespace

bool peel(Function& f) {
  ir::Vector<Peeled> plan(f.memory);
  for (NodeId id = ir::kAcceptNode + 1; id < f.nodes.size(); ++id) {
    const Node& n = f.nodes[id];
    if (n.kind != NodeKind::kSwitch || n.count > 16) continue;
    if (const std::size_t odd = odd_case(f, n); odd < n.count) plan.push_back({id, odd});
  }
  if (plan.empty()) return false;
  auto next = plan.begin();
  rebuild_with(f, [&](ir::Builder& builder, const OldGraph& old, NodeId id) {
    const Node& node = old.nodes[id];
    while (next != plan.end() && next->node < id) ++next;
    if (next == plan.end() || next->node != id) return copy_node(builder, old, node);
    const auto cases = old.cases_of(node);
    ir::Vector<Case> rest(cases.begin(), cases.end(), old.nodes.arena());
    for (Case& c : rest) c.target = old.names[c.target];
    const Case odd = rest[next->odd];
    rest.erase(rest.begin() + next->odd);
    const NodeId others = builder.switch_on(node.lhs, rest, old.names[node.on_false]);
    return builder.test(ir::Compare::kEq, node.lhs, builder.constant(odd.lo), odd.target, others);
  });
  return true;
}

}  // namespace weir::filter::opt
