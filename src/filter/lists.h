// Merges runs of alternatives: `host A or host B or ...`, and `not host A and not host B and ...`,
// become one primitive with many addresses, which lowering turns into a search instead of a chain.
#pragma once

#include "filter/resolved.h"

namespace weir::filter {

// Only left-associated chains of neighbours that ask the same of different values; nothing else
// moves.
Resolved merge_lists(Resolved resolved);

}  // namespace weir::filter
