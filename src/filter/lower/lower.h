// Lowering: a resolved expression and a link type -> IR. What libpcap's code generator decides is
// decided here: which bytes a primitive reads, in which order, and what a link type cannot express.
#pragma once

#include <optional>
#include <span>

#include "filter/ir/ir.h"
#include "filter/resolved.h"

namespace weir::filter::lower {

// nullopt when `diagnostics` has an error.
std::optional<ir::Function> lower(const Resolved& resolved, const Options& options,
                                  ir::Memory memory, diag::Diagnostics& diagnostics);

// The same for the conjunction of some nodes of the expression, each read at its own place in the
// text. REQUIRES: lower() succeeds; the nodes are conditions.
ir::Function lower_parts(const Resolved& resolved, const Options& options, ir::Memory memory,
                         std::span<const NodeId> parts);

}  // namespace weir::filter::lower
