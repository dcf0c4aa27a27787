#include "filter/opt/switches.h"

#include <algorithm>
#include <optional>
#include <queue>
#include <utility>
#include <vector>

#include "filter/opt/rebuild.h"

namespace weir::filter::opt {
namespace {

using ir::Case;
using ir::Compare;
using ir::Function;
using ir::kNone;
using ir::Node;
using ir::NodeId;
using ir::NodeKind;

constexpr std::uint32_t kTop = 0xffffffff;

// A chain of nodes that ask one value: the first of `cases` that has it decides.
struct Chain {
  ir::Vector<Case> cases;
  NodeId otherwise = kNone;
  std::size_t nodes = 0;  // that it came through
};

class Collector {
 public:
  Collector(const Function& f, NodeId head) : f_(f), head_(head), value_(f.nodes[head].lhs) {}

  // The node is the first of a chain of at least two.
  bool goes_on() const {
    const Node& n = f_.nodes[head_];
    if (n.kind != NodeKind::kTest && n.kind != NodeKind::kSwitch) return false;
    return asks(head_) && (asks(n.on_false) || (n.kind == NodeKind::kTest && asks(n.on_true)));
  }

  Chain collect() const {
    Chain chain{.cases = ir::Vector<Case>(f_.memory)};
    NodeId at = head_;
    while (asks(at)) {
      ++chain.nodes;
      at = step(f_.nodes[at], chain.cases);
    }
    chain.otherwise = at;
    return chain;
  }

 private:
  // The node only asks for intervals of the value.
  bool asks(NodeId id) const {
    const Node& n = f_.nodes[id];
    if (n.lhs != value_) return false;
    if (n.kind == NodeKind::kSwitch) return true;
    return n.kind == NodeKind::kTest && f_.is_const(n.rhs) && n.compare != Compare::kSet;
  }

  // Adds what the node decides; the rest is decided where the result says.
  NodeId step(const Node& n, ir::Vector<Case>& cases) const {
    if (n.kind == NodeKind::kSwitch) {
      const auto more = f_.cases_of(n);
      cases.append(more.begin(), more.end());
      return n.on_false;
    }
    const std::uint32_t k = f_.values[n.rhs].k;
    if (n.compare == Compare::kEq) {
      cases.push_back({k, k, n.on_true});
      return n.on_false;
    }
    // The builder leaves no comparison that is always true or false: nothing wraps here.
    const std::uint32_t from = n.compare == Compare::kGt ? k + 1 : k;
    if (const auto top = upper_bound(n.on_true, n.on_false)) {
      cases.push_back({from, top->hi, top->target});
      return n.on_false;
    }
    if (asks(n.on_true) && !asks(n.on_false)) {
      cases.push_back({0, from - 1, n.on_false});
      return n.on_true;
    }
    cases.push_back({from, kTop, n.on_true});
    return n.on_false;
  }

  // `above` ends an interval: beyond hi it goes to `outside`, within it to target.
  std::optional<Case> upper_bound(NodeId above, NodeId outside) const {
    if (!asks(above)) return std::nullopt;
    const Node& n = f_.nodes[above];
    if (n.kind != NodeKind::kTest || n.compare == Compare::kEq || n.on_true != outside) {
      return std::nullopt;
    }
    const std::uint32_t k = f_.values[n.rhs].k;
    return Case{0, n.compare == Compare::kGt ? k : k - 1, n.on_false};
  }

  const Function& f_;
  NodeId head_;
  ir::ValueId value_;
};

// Cuts cases that overlap, so that the first one of the list wins everywhere.
ir::Vector<Case> first_wins(const ir::Vector<Case>& cases, NodeId otherwise) {
  struct Open {
    std::size_t order;
    std::uint32_t hi;
    bool operator>(const Open& other) const { return order > other.order; }
  };
  std::vector<std::size_t> by_lo(cases.size());
  for (std::size_t i = 0; i < cases.size(); ++i) by_lo[i] = i;
  std::ranges::sort(by_lo, {}, [&](std::size_t i) { return std::pair(cases[i].lo, i); });
  std::priority_queue<Open, std::vector<Open>, std::greater<>> open;
  ir::Vector<Case> result(cases.arena());
  std::size_t next = 0;
  std::uint64_t at = 0;
  while (at <= kTop) {
    while (next < by_lo.size() && cases[by_lo[next]].lo <= at) {
      open.push({by_lo[next], cases[by_lo[next]].hi});
      ++next;
    }
    while (!open.empty() && open.top().hi < at) open.pop();
    const std::uint64_t border =
        next < by_lo.size() ? cases[by_lo[next]].lo : std::uint64_t{kTop} + 1;
    if (open.empty()) {
      at = border;
      continue;
    }
    const std::uint64_t end = std::min(std::uint64_t{open.top().hi} + 1, border);
    const NodeId target = cases[open.top().order].target;
    if (target != otherwise) {
      result.push_back(
          {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end - 1), target});
    }
    at = end;
  }
  return result;
}

// The same, sorted and without those that lead to `otherwise`. Most chains ask for different
// values.
ir::Vector<Case> without_overlaps(const ir::Vector<Case>& cases, NodeId otherwise) {
  ir::Vector<Case> sorted = cases;
  std::ranges::sort(sorted, {}, &Case::lo);
  const auto empty = [](const Case& c) { return c.lo > c.hi; };
  const auto overlap = [](const Case& a, const Case& b) { return b.lo <= a.hi; };
  if (std::ranges::any_of(sorted, empty) ||
      std::ranges::adjacent_find(sorted, overlap) != sorted.end()) {
    return first_wins(cases, otherwise);
  }
  const auto dropped = std::ranges::remove(sorted, otherwise, &Case::target);
  sorted.resize(sorted.size() - dropped.size());
  return sorted;
}

}  // namespace

bool switches(Function& f) {
  // A chain that is entered in its middle is collected again from there: bounded, since nothing is
  // lost when it is left as it is.
  std::size_t budget = 64 * f.nodes.size() + 4096;
  ir::Marks alive(f.nodes.size(), false, f.memory);
  alive[f.root] = true;
  bool changed = false;
  for (NodeId id = f.root; id > ir::kAcceptNode; --id) {
    if (!alive[id]) continue;
    const auto mark = [&](NodeId next) { alive[next] = true; };
    Node& node = f.nodes[id];
    if (Collector collector(f, id); collector.goes_on()) {
      const Chain chain = collector.collect();
      if (chain.nodes <= budget) {
        budget -= chain.nodes;
        changed = true;
        const ir::Vector<Case> cases = without_overlaps(chain.cases, chain.otherwise);
        node.kind = NodeKind::kSwitch;
        node.rhs = kNone;
        node.index = static_cast<std::uint32_t>(f.cases.size());
        node.count = static_cast<std::uint32_t>(cases.size());
        node.on_false = chain.otherwise;
        node.on_true = kNone;
        f.cases.append(cases.begin(), cases.end());
      }
    }
    ir::for_each_successor(f, node, mark);
  }
  if (changed) rebuild(f);
  return changed;
}

}  // namespace weir::filter::opt
