// Why an expression matches no packet: the parts of its `and` that exclude one another.
#pragma once

#include "filter/resolved.h"

namespace weir::filter {

// Reports Kind::kNeverMatches. REQUIRES: the expression lowers, and its IR optimises to `reject`.
void explain_contradiction(const Resolved& resolved, std::string_view text, const Options& options,
                           diag::Diagnostics& diagnostics);

}  // namespace weir::filter
