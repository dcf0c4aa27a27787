// How likely fields have their values in traffic that people look at: a guess, for EtherTypes, PPP
// and IP protocols, which are nearly all of what filters ask for.
#pragma once

#include <cstdint>

namespace weir::filter::ir {

// What is in no table.
inline constexpr float kRare = 0.05F;

float chance_of(std::uint32_t value);

}  // namespace weir::filter::ir
