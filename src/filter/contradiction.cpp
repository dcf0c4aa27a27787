#include "filter/contradiction.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <variant>
#include <vector>

#include "base/arena.h"
#include "diag/diagnostic.h"
#include "filter/compile.h"
#include "filter/lower/lower.h"
#include "filter/opt/pass.h"

namespace weir::filter {
namespace {

using diag::SourceRange;

bool never_matches(const Resolved& resolved, const Options& options,
                   const std::vector<NodeId>& parts) {
  Arena arena;
  ir::Function f = lower::lower_parts(resolved, options, &arena, parts);
  opt::run_passes(f);
  return f.root == ir::kRejectNode;
}

// The conditions that must all hold, in the order of the text.
std::vector<NodeId> conjuncts(const Resolved& resolved) {
  std::vector<NodeId> found;
  std::vector<NodeId> pending{resolved.root()};
  while (!pending.empty()) {
    const NodeId id = pending.back();
    pending.pop_back();
    if (const auto* both = std::get_if<And>(&resolved.nodes[id].data)) {
      pending.push_back(both->right);
      pending.push_back(both->left);
    } else if (const auto* scope = std::get_if<Scope>(&resolved.nodes[id].data)) {
      pending.push_back(scope->body);
      pending.push_back(scope->opening);
    } else {
      found.push_back(id);
    }
  }
  return found;
}

// Leaves out what is not needed for the contradiction. Looks at a bounded number of parts.
std::vector<NodeId> smallest_core(const Resolved& resolved, const Options& options,
                                  std::vector<NodeId> parts) {
  constexpr std::size_t kMaxParts = 64;
  if (parts.size() > kMaxParts) return parts;
  for (std::size_t i = parts.size(); i-- > 0;) {
    std::vector<NodeId> fewer = parts;
    fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
    if (never_matches(resolved, options, fewer)) parts = std::move(fewer);
  }
  return parts;
}

bool is_encapsulation(const resolved::Node& node) {
  return std::holds_alternative<resolved::Encapsulation>(node.data);
}

std::string in_quotes(std::string_view text, SourceRange range) {
  return fmt::format("`{}`", text.substr(range.begin, range.end - range.begin));
}

std::string hint_for(const Resolved& resolved, std::string_view text,
                     const std::vector<NodeId>& core) {
  const auto late = std::ranges::find_if(core.begin() + 1, core.end(), [&](NodeId id) {
    return is_encapsulation(resolved.nodes[id]);
  });
  if (late == core.end()) return "join alternatives with `or`, or drop one of the parts";
  return fmt::format(
      "what stands before {} is asked of the outer packet: put {} first to ask it of the packet "
      "inside",
      in_quotes(text, resolved.nodes[*late].range), in_quotes(text, resolved.nodes[*late].range));
}

}  // namespace

void explain_contradiction(const Resolved& resolved, std::string_view text, const Options& options,
                           diag::Diagnostics& diagnostics) {
  const std::vector<NodeId> core = smallest_core(resolved, options, conjuncts(resolved));
  const SourceRange whole = resolved.nodes[resolved.root()].range;
  if (core.size() < 2) {
    const SourceRange range = core.empty() ? whole : resolved.nodes[core.front()].range;
    diagnostics.error(diag::Kind::kNeverMatches, range,
                      fmt::format("{} matches no packet", in_quotes(text, range)),
                      "check the values and the link type (`-y`)");
    return;
  }
  const SourceRange last = resolved.nodes[core.back()].range;
  diag::Diagnostic diagnostic{
      .kind = diag::Kind::kNeverMatches,
      .range = last,
      .message = fmt::format("{} can never match here", in_quotes(text, last)),
      .hint = hint_for(resolved, text, core),
      .notes = {}};
  for (std::size_t i = 0; i + 1 < core.size(); ++i) {
    const SourceRange range = resolved.nodes[core[i]].range;
    diagnostic.notes.push_back({range, fmt::format("because {} must match, too, and excludes it",
                                                   in_quotes(text, range))});
  }
  diagnostics.add(std::move(diagnostic));
}

}  // namespace weir::filter
