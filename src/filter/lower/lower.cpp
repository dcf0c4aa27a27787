#include "filter/lower/lower.h"

#include <fmt/format.h>

#include <utility>
#include <variant>
#include <vector>

#include "filter/lower/arithmetic.h"
#include "filter/lower/context.h"
#include "filter/lower/primitives.h"
#include "filter/lower/wlan.h"

namespace weir::filter::lower {
namespace {

// Walks the nodes in the order of the text, which is the order of the vector.
class Walk {
 public:
  Walk(const Resolved& resolved, const Options& options, ir::Memory memory,
       diag::Diagnostics& diagnostics)
      : c_(resolved, options, memory, diagnostics),
        nodes_(resolved.nodes),
        condition_(nodes_.size(), Conditions::kFalse, memory),
        arithmetic_(c_, nodes_.size()) {
    if (!nodes_.empty() && !is_filtered(c_.options.link_type)) {
      c_.range = nodes_.back().range;
      c_.refuse(diag::Kind::kLinkType, fmt::format("weir has no filters for {}", c_.link_name()),
                "it has some for " + filtered_link_types());
      return;
    }
    find_openings();
    for (NodeId id = 0; id < nodes_.size(); ++id) {
      if (!openings_.empty() && openings_[id]) saved_.push_back(c_.layout);
      c_.range = nodes_[id].range;
      condition_[id] = std::visit([&](const auto& n) { return one(id, n); }, nodes_[id].data);
    }
  }

  ir::Function finish(ConditionId root) && {
    ir::NodeId first = c_.conditions.decide(root, ir::kAcceptNode, ir::kRejectNode);
    first = wlan_prologue(c_, first);
    for (const ir::ParamId param : c_.zeroed_params()) {
      first = c_.builder.assign(param, c_.builder.constant(0), first);
    }
    return std::move(c_.builder).finish(first);
  }

  ConditionId of(NodeId id) const { return condition_[id]; }
  Conditions& conditions() { return c_.conditions; }

 private:
  // What a scope's opening shifts ends with the scope.
  void find_openings() {
    for (const resolved::Node& node : nodes_) {
      const auto* scope = std::get_if<Scope>(&node.data);
      if (scope == nullptr) continue;
      if (openings_.empty()) openings_.resize(nodes_.size(), false);
      openings_[scope->opening] = true;
    }
  }

  ConditionId one(NodeId, const Invalid&) { return Conditions::kFalse; }
  ConditionId one(NodeId, const And& n) {
    return c_.conditions.both(condition_[n.left], condition_[n.right]);
  }
  ConditionId one(NodeId, const Or& n) {
    return c_.conditions.either(condition_[n.left], condition_[n.right]);
  }
  ConditionId one(NodeId, const Not& n) { return c_.conditions.negate(condition_[n.operand]); }
  ConditionId one(NodeId, const Scope& n) {
    c_.layout = saved_.back();
    saved_.pop_back();
    return c_.conditions.both(condition_[n.opening], condition_[n.body]);
  }
  ConditionId one(NodeId, const Relation& n) { return arithmetic_.relation(n); }
  template <typename Primitive>
  ConditionId one(NodeId id, const Primitive& n) {
    if constexpr (Arithmetic::kIsOperand<Primitive>) {
      arithmetic_.operand(id, n);
      return Conditions::kFalse;
    } else {
      return lower(c_, n);
    }
  }

  Context c_;
  const std::vector<resolved::Node>& nodes_;
  ir::Vector<ConditionId> condition_;
  Arithmetic arithmetic_;
  std::vector<bool> openings_;
  std::vector<Layout> saved_;
};

}  // namespace

std::optional<ir::Function> lower(const Resolved& resolved, const Options& options,
                                  ir::Memory memory, diag::Diagnostics& diagnostics) {
  if (diagnostics.has_errors()) return std::nullopt;
  Walk walk(resolved, options, memory, diagnostics);
  if (diagnostics.has_errors()) return std::nullopt;
  const ConditionId root = resolved.empty() ? Conditions::kTrue : walk.of(resolved.root());
  return std::move(walk).finish(root);
}

ir::Function lower_parts(const Resolved& resolved, const Options& options, ir::Memory memory,
                         std::span<const NodeId> parts) {
  diag::Diagnostics ignored;
  Walk walk(resolved, options, memory, ignored);
  ConditionId all = Conditions::kTrue;
  for (const NodeId part : parts) all = walk.conditions().both(all, walk.of(part));
  return std::move(walk).finish(all);
}

}  // namespace weir::filter::lower
