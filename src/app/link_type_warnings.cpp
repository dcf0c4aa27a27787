#include "app/link_type_warnings.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace weir::app {

bool has_only(const Failure& failure, std::initializer_list<diag::Kind> kinds) {
  const auto& all = failure.remarks.diagnostics.all();
  return !all.empty() && std::ranges::all_of(all, [&](const diag::Diagnostic& diagnostic) {
    return diagnostic.severity == diag::Severity::kWarning ||
           std::ranges::find(kinds, diagnostic.kind) != kinds.end();
  });
}

Remarks as_warnings(Remarks remarks, LinkType link_type) {
  diag::Diagnostics warnings;
  for (diag::Diagnostic diagnostic : remarks.diagnostics.all()) {
    if (diagnostic.severity == diag::Severity::kError) {
      diagnostic.severity = diag::Severity::kWarning;
      diagnostic.message += fmt::format(" (link type {})", link_type_text(link_type));
      diagnostic.hint.clear();
    }
    warnings.add(std::move(diagnostic));
  }
  remarks.diagnostics = std::move(warnings);
  return remarks;
}

}  // namespace weir::app
