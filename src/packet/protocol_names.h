// The names of protocol numbers that summaries show.
#pragma once

#include <cstdint>
#include <string_view>

namespace weir::packet {

// EtherTypes (IEEE registry).
inline constexpr std::uint16_t kEtherTypeIp4 = 0x0800;
inline constexpr std::uint16_t kEtherTypeArp = 0x0806;
inline constexpr std::uint16_t kEtherTypeRarp = 0x8035;
inline constexpr std::uint16_t kEtherTypeVlan = 0x8100;
inline constexpr std::uint16_t kEtherTypeIp6 = 0x86dd;
inline constexpr std::uint16_t kEtherTypeMpls = 0x8847;
inline constexpr std::uint16_t kEtherTypeMplsMulticast = 0x8848;
inline constexpr std::uint16_t kEtherTypePppoeDiscovery = 0x8863;
inline constexpr std::uint16_t kEtherTypePppoeSession = 0x8864;
inline constexpr std::uint16_t kEtherTypeQinq = 0x88a8;
inline constexpr std::uint16_t kEtherTypeQinqOld = 0x9100;
// Below this the field is a length, and an LLC header follows (IEEE 802.3).
inline constexpr std::uint16_t kFirstEtherType = 0x0600;

// IP protocols (IANA registry).
inline constexpr std::uint8_t kIpIcmp = 1;
inline constexpr std::uint8_t kIpTcp = 6;
inline constexpr std::uint8_t kIpUdp = 17;
inline constexpr std::uint8_t kIpIcmp6 = 58;
inline constexpr std::uint8_t kIpSctp = 132;

// Empty when there is no name.
std::string_view ethertype_name(std::uint16_t type);
std::string_view ip_protocol_name(std::uint8_t protocol);
std::string_view llc_sap_name(std::uint8_t sap);

}  // namespace weir::packet
