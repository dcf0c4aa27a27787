// The values of kernel extension loads.
#pragma once

#include <cstdint>

#include "isa/classic_extension.h"
#include "vm/classic_state.h"

namespace weir::vm {

// REQUIRES: input.metadata is set.
std::uint32_t extension_value(isa::Extension extension, const ClassicInput& input,
                              const ClassicState& state);

}  // namespace weir::vm
