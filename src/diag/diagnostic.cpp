#include "diag/diagnostic.h"

#include <algorithm>
#include <array>
#include <utility>

namespace weir::diag {
namespace {

constexpr std::array kKinds = {
#define WEIR_DIAGNOSTIC(id, name, description) KindInfo{Kind::id, name, description},
#include "diag/kinds.def"
#undef WEIR_DIAGNOSTIC
};

}  // namespace

const KindInfo& kind_info(Kind kind) { return kKinds[static_cast<std::size_t>(kind)]; }

std::span<const KindInfo> kinds() { return kKinds; }

void Diagnostics::add(Diagnostic diagnostic) {
  if (diagnostic.severity == Severity::kError) ++errors_;
  if (kept_.size() < kMaxKept) kept_.push_back(std::move(diagnostic));
}

void Diagnostics::error(Kind kind, SourceRange range, std::string message, std::string hint) {
  add({.severity = Severity::kError,
       .kind = kind,
       .range = range,
       .message = std::move(message),
       .hint = std::move(hint),
       .notes = {}});
}

void Diagnostics::warning(Kind kind, SourceRange range, std::string message, std::string hint) {
  add({.severity = Severity::kWarning,
       .kind = kind,
       .range = range,
       .message = std::move(message),
       .hint = std::move(hint),
       .notes = {}});
}

void Diagnostics::sort() {
  const auto place = [](const Diagnostic& d) { return d.range.begin; };
  // By insertion: there are few, and std::stable_sort of libstdc++ 12 is deprecated for clang 19.
  for (auto next = kept_.begin(); next != kept_.end(); ++next) {
    std::rotate(std::ranges::upper_bound(kept_.begin(), next, place(*next), {}, place), next,
                next + 1);
  }
}

}  // namespace weir::diag
