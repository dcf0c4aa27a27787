// Elements of OSPF's advertisements: type, length, and a value that is padded to words.
#pragma once

#include <cstdint>

#include "packet/print/line.h"
#include "packet/print/view.h"

namespace weir::packet::ospf::elements {

inline constexpr std::uint32_t kHeader = 4;

constexpr std::uint32_t padded(std::uint32_t length) { return (length + 3) & ~std::uint32_t{3}; }

// The elements of a link, which take `left` bytes; moves `view` behind them. False when one is
// broken.
bool print_link(Line& line, View& view, std::uint32_t left);

}  // namespace weir::packet::ospf::elements
