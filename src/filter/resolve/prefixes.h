// Prefixes and masks.
#pragma once

#include <cstdint>
#include <vector>

#include "filter/resolved.h"

namespace weir::filter {

constexpr std::uint32_t mask_of(std::uint32_t prefix) {
  return prefix == 0 ? 0 : UINT32_MAX << (32 - prefix);
}

// The address with only its first `length` bits.
Ip6Address network_of(const Ip6Address& address, std::uint32_t length);

// A network's number as networks(5) and `net 10` have it: moved up until its first byte is set.
resolved::Prefix4 left_justified(std::uint32_t number);

// Appends the fewest prefixes that together are all addresses from `lo` to `hi`. REQUIRES lo <= hi.
void append_range(std::vector<resolved::Prefix4>& pool, std::uint32_t lo, std::uint32_t hi);

}  // namespace weir::filter
