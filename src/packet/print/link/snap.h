// SNAP: what stands behind an LLC header that says so.
#pragma once

#include <cstddef>
#include <span>

#include "packet/print/line.h"
#include "packet/print/view.h"

namespace weir::packet::snap {

inline constexpr std::size_t kHeader = 5;

// False when nobody prints what follows: then only the header was printed. The addresses are those
// of the frame; they may be empty.
bool print(Line& line, const View& view, std::span<const std::byte> source,
           std::span<const std::byte> destination);

}  // namespace weir::packet::snap
