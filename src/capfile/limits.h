// How long a captured packet may be before a file counts as damaged. The same bounds as libpcap's,
// so that both stop at the same byte.
#pragma once

#include <cstdint>

#include <weir/link_type.h>

namespace weir::capfile {

inline constexpr std::uint32_t kMaxSnaplen = 262'144;

struct LongPackets {
  LinkType link_type;
  std::uint32_t max_caplen;
};

inline constexpr LongPackets kLongPackets[] = {
    {LinkType{231}, 128u << 20},  // DBUS
    {LinkType{249}, 1u << 20},    // USBPCAP
    {LinkType{279}, 8u << 20},    // EBHSCR
};

constexpr std::uint32_t max_caplen(LinkType link_type) {
  for (const LongPackets& entry : kLongPackets) {
    if (entry.link_type == link_type) return entry.max_caplen;
  }
  return kMaxSnaplen;
}

// A snaplen of 0, or one that is negative as a 32-bit integer, means that the writer knew none.
constexpr std::uint32_t effective_snaplen(LinkType link_type, std::uint32_t snaplen) {
  return snaplen == 0 || snaplen > 0x7fff'ffff ? max_caplen(link_type) : snaplen;
}

}  // namespace weir::capfile
