#include "filter/lists.h"

#include <algorithm>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace weir::filter {
namespace {

using resolved::Host;
using resolved::Many;
using resolved::Port;

// `more` directly follows `span` in their pool, so that the two make one span.
bool joins(PoolSpan span, PoolSpan more) {
  return more.count == 0 || span.count == 0 || span.first + span.count == more.first;
}

PoolSpan joined(PoolSpan span, PoolSpan more) {
  if (span.count == 0) return more;
  return {span.first, span.count + more.count};
}

bool merge(Host& into, const Host& more) {
  const bool same = into.proto == more.proto && into.dir == more.dir &&
                    into.many == Many::kAlternatives && more.many == Many::kAlternatives;
  if (!same || into.dir == Dir::kSrcAndDst) return false;
  if (!joins(into.ip4, more.ip4) || !joins(into.ip6, more.ip6)) return false;
  into.ip4 = joined(into.ip4, more.ip4);
  into.ip6 = joined(into.ip6, more.ip6);
  return true;
}

bool merge(Port& into, const Port& more) {
  const bool same = into.proto == more.proto && into.dir == more.dir &&
                    into.many == Many::kAlternatives && more.many == Many::kAlternatives;
  if (!same || into.dir == Dir::kSrcAndDst || !joins(into.ranges, more.ranges)) return false;
  into.ranges = joined(into.ranges, more.ranges);
  return true;
}

class Merger {
 public:
  explicit Merger(Resolved&& resolved) : r_(std::move(resolved)) {}

  Resolved run() {
    std::vector<resolved::Node> nodes = std::move(r_.nodes);
    r_.nodes.clear();
    r_.nodes.reserve(nodes.size());
    names_.reserve(nodes.size());
    for (resolved::Node& node : nodes) add(node);
    return std::move(r_);
  }

 private:
  void add(resolved::Node& node) {
    std::visit([this](auto& n) { rename(n); }, node.data);
    const auto next = static_cast<NodeId>(r_.nodes.size());
    NodeId last = next;
    if (const auto* either = std::get_if<Or>(&node.data)) {
      if (merge_right<Or>(*either, node.range)) return;
      last = last_term<Or>(either->right);
    } else if (const auto* both = std::get_if<And>(&node.data)) {
      if (merge_right<And>(*both, node.range)) return;
      last = last_term<And>(both->right);
    }
    last_term_.push_back(last);
    names_.push_back(next);
    r_.nodes.push_back(node);
  }

  // The last term of the `or` (or `and`) that the node is; itself when it is none.
  template <typename Joint>
  NodeId last_term(NodeId id) const {
    return std::holds_alternative<Joint>(r_.nodes[id].data) ? last_term_[id] : id;
  }

  // The right side, the newest node, goes into the last term of the left side: `A or B` where both
  // are terms of an `or`, `not A and not B` where both are terms of an `and`.
  template <typename Joint>
  bool merge_right(const Joint& joint, diag::SourceRange range) {
    if (joint.right + 1 != r_.nodes.size()) return false;
    const NodeId term = last_term<Joint>(joint.left);
    const bool merged = std::is_same_v<Joint, Or> ? merge_leaves(term, joint.right)
                                                  : merge_negations(term, joint.right);
    if (!merged) return false;
    r_.nodes[joint.left].range = range;
    names_.push_back(joint.left);
    return true;
  }

  bool merge_leaves(NodeId into, NodeId from) {
    const bool merged = std::visit(
        [](auto& a, const auto& b) {
          if constexpr (requires { merge(a, b); }) {
            return merge(a, b);
          } else {
            return false;
          }
        },
        r_.nodes[into].data, r_.nodes[from].data);
    if (!merged) return false;
    r_.nodes[into].range.end = r_.nodes[from].range.end;
    r_.nodes.pop_back();
    last_term_.pop_back();
    return true;
  }

  // REQUIRES: `from` is the last node.
  bool merge_negations(NodeId into, NodeId from) {
    const auto* not_a = std::get_if<Not>(&r_.nodes[into].data);
    const auto* not_b = std::get_if<Not>(&r_.nodes[from].data);
    if (not_a == nullptr || not_b == nullptr || not_b->operand + 1 != from) return false;
    const NodeId operand = not_a->operand;
    const resolved::Node negation = r_.nodes[from];
    r_.nodes.pop_back();
    if (!merge_leaves(operand, static_cast<NodeId>(r_.nodes.size() - 1))) {
      r_.nodes.push_back(negation);
      return false;
    }
    last_term_.pop_back();
    r_.nodes[into].range.end = negation.range.end;
    return true;
  }

  void rename(And& n) { rename_both(n); }
  void rename(Or& n) { rename_both(n); }
  void rename(Relation& n) { rename_both(n); }
  void rename(Binary& n) { rename_both(n); }
  void rename(Not& n) { n.operand = names_[n.operand]; }
  void rename(Negate& n) { n.operand = names_[n.operand]; }
  void rename(Index& n) { n.offset = names_[n.offset]; }
  void rename(Scope& n) {
    n.opening = names_[n.opening];
    n.body = names_[n.body];
  }
  template <typename Leaf>
  void rename(Leaf&) {}
  template <typename Node>
  void rename_both(Node& n) {
    n.left = names_[n.left];
    n.right = names_[n.right];
  }

  Resolved r_;
  std::vector<NodeId> names_;      // old node -> new node
  std::vector<NodeId> last_term_;  // new node -> the last term of the `or` or `and` that it is
};

}  // namespace

Resolved merge_lists(Resolved resolved) {
  const auto mergeable = std::ranges::count_if(resolved.nodes, [](const resolved::Node& n) {
    return std::holds_alternative<Host>(n.data) || std::holds_alternative<Port>(n.data);
  });
  if (mergeable < 2) return resolved;
  return Merger(std::move(resolved)).run();
}

}  // namespace weir::filter
