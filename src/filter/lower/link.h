// What a link layer says about its payload.
#pragma once

#include <cstdint>

#include "filter/lower/context.h"

namespace weir::filter::lower {

inline constexpr std::uint32_t kMaxLength = 1500;  // an Ethernet type field up to here is a length

inline constexpr std::uint32_t kEtherIp = 0x0800;
inline constexpr std::uint32_t kEtherArp = 0x0806;
inline constexpr std::uint32_t kEtherTransparent = 0x6558;
inline constexpr std::uint32_t kEtherNs = 0x0600;
inline constexpr std::uint32_t kEtherDecnet = 0x6003;
inline constexpr std::uint32_t kEtherRarp = 0x8035;
inline constexpr std::uint32_t kEtherAppletalk = 0x809b;
inline constexpr std::uint32_t kEtherAarp = 0x80f3;
inline constexpr std::uint32_t kEtherVlan = 0x8100;
inline constexpr std::uint32_t kEtherIpx = 0x8137;
inline constexpr std::uint32_t kEtherIp6 = 0x86dd;
inline constexpr std::uint32_t kEtherMpls = 0x8847;
inline constexpr std::uint32_t kEtherPppoeDiscovery = 0x8863;
inline constexpr std::uint32_t kEtherPppoeSession = 0x8864;
inline constexpr std::uint32_t kEtherProviderVlan = 0x88a8;
inline constexpr std::uint32_t kEtherOldProviderVlan = 0x9100;

inline constexpr std::uint32_t kSapIp = 0x06;
inline constexpr std::uint32_t kSapSpanningTree = 0x42;
inline constexpr std::uint32_t kSapSnap = 0xaa;
inline constexpr std::uint32_t kSapIpx = 0xe0;
inline constexpr std::uint32_t kSapNetbeui = 0xf0;
inline constexpr std::uint32_t kSapIso = 0xfe;

inline constexpr std::uint32_t kPppMpls = 0x0281;

// The payload is of `protocol`: an EtherType above kMaxLength, an LLC service access point up to
// it.
ConditionId link_protocol(Context& c, std::uint32_t protocol);

// A frame with data, not management or control. REQUIRES: an 802.11 link layer.
ConditionId wlan_data_frame(Context& c);

// The packet has the link-layer header that the layout speaks of; kTrue when it always has.
ConditionId has_link_header(Context& c);

}  // namespace weir::filter::lower
