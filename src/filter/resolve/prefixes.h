// Networks, and ranges of addresses, as prefixes.
#pragma once

#include <cstdint>
#include <vector>

#include "filter/resolved.h"

namespace weir::filter {

// A network's number as networks(5) and `net 10` have it: moved up until its first byte is set.
resolved::Prefix4 left_justified(std::uint32_t number);

// Appends the fewest prefixes that together are all addresses from `lo` to `hi`. REQUIRES lo <= hi.
void append_range(std::vector<resolved::Prefix4>& pool, std::uint32_t lo, std::uint32_t hi);

}  // namespace weir::filter
