#include "filter/lists.h"

#include <algorithm>
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
    if (const auto* either = std::get_if<Or>(&node.data)) {
      if (merge_right(*either, node.range)) {
        names_.push_back(either->left);
        return;
      }
      last_term_.push_back(last_term_[either->right]);
    } else {
      last_term_.push_back(static_cast<NodeId>(r_.nodes.size()));
    }
    names_.push_back(static_cast<NodeId>(r_.nodes.size()));
    r_.nodes.push_back(std::move(node));
  }

  // The right side goes into the last term of the left side. It is the newest node: a leaf.
  bool merge_right(const Or& either, diag::SourceRange range) {
    if (either.right + 1 != r_.nodes.size()) return false;
    const NodeId term = last_term_[either.left];
    resolved::Node& into = r_.nodes[term];
    const bool merged = std::visit(
        [](auto& a, const auto& b) {
          if constexpr (requires { merge(a, b); }) {
            return merge(a, b);
          } else {
            return false;
          }
        },
        into.data, r_.nodes.back().data);
    if (!merged) return false;
    into.range.end = r_.nodes.back().range.end;
    r_.nodes.pop_back();
    last_term_.pop_back();
    r_.nodes[either.left].range = range;
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
  std::vector<NodeId> last_term_;  // new node -> the last alternative that it ends in
};

}  // namespace

Resolved merge_lists(Resolved resolved) {
  const bool any = std::ranges::any_of(resolved.nodes, [](const resolved::Node& n) {
    return std::holds_alternative<Or>(n.data);
  });
  return any ? Merger(std::move(resolved)).run() : resolved;
}

}  // namespace weir::filter
