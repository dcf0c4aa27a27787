// Loads from the packet, with the rules of both engines.
#pragma once

#include <cstdint>
#include <optional>

#include "vm/classic_state.h"

namespace weir::vm {

// The instruction `[k]` of `size` bytes (1, 2 or 4); nullopt when it is out of bounds. The state
// counts only for the extensions that compute with registers.
std::optional<std::uint32_t> load_absolute(const ClassicInput& input, ClassicMode mode,
                                           const ClassicState& state, std::uint32_t k,
                                           std::uint32_t size);

// `[x + k]`.
std::optional<std::uint32_t> load_indirect(const ClassicInput& input, ClassicMode mode,
                                           std::uint32_t x, std::uint32_t k, std::uint32_t size);

// `4*([k]&0xf)`.
std::optional<std::uint32_t> load_header_length(const ClassicInput& input, ClassicMode mode,
                                                std::uint32_t k);

}  // namespace weir::vm
