#include "filter/resolve/prefixes.h"

#include <algorithm>
#include <bit>

#include "filter/address.h"

namespace weir::filter {

resolved::Prefix4 left_justified(std::uint32_t number) {
  resolved::Prefix4 out{.address = number, .mask = UINT32_MAX};
  while (out.address != 0 && (out.address & 0xff000000) == 0) {
    out.address <<= 8;
    out.mask <<= 8;
  }
  return out;
}

void append_range(std::vector<resolved::Prefix4>& pool, std::uint32_t lo, std::uint32_t hi) {
  std::uint64_t at = lo;
  const std::uint64_t end = std::uint64_t{hi} + 1;
  while (at < end) {
    // The largest block that begins here and does not go beyond the end.
    const int aligned = at == 0 ? 32 : std::countr_zero(at);
    const int fitting = static_cast<int>(std::bit_width(end - at)) - 1;
    const int bits = std::min(aligned, fitting);
    pool.push_back({.address = static_cast<std::uint32_t>(at),
                    .mask = mask_of(static_cast<std::uint32_t>(32 - bits))});
    at += std::uint64_t{1} << bits;
  }
}

}  // namespace weir::filter
