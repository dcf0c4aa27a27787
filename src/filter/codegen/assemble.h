// Blocks -> code: distances, long jumps, and the two `ret`.
#pragma once

#include <cstdint>

#include <weir/classic.h>

#include "filter/codegen/block.h"

namespace weir::filter::codegen {

// A branch that reaches further than 255 instructions goes through a `ja`, or through a `ret` of
// its own, placed after it and shared with its neighbours.
ClassicProgram assemble(const BlockList& list, std::uint32_t snaplen);

}  // namespace weir::filter::codegen
