#include "packet/protocol_names.h"

#include <algorithm>
#include <array>
#include <span>

namespace weir::packet {
namespace {

template <typename Number>
struct Named {
  Number number;
  std::string_view name;
};

constexpr auto kEtherTypes = std::to_array<Named<std::uint16_t>>({
    {kEtherTypeIp4, "ip"},
    {kEtherTypeArp, "arp"},
    {0x0842, "wake-on-lan"},
    {0x2000, "cdp"},
    {0x6001, "mopdl"},
    {0x6002, "moprc"},
    {0x6003, "decnet"},
    {0x6004, "lat"},
    {0x6007, "sca"},
    {kEtherTypeRarp, "rarp"},
    {0x809b, "atalk"},
    {0x80f3, "aarp"},
    {kEtherTypeVlan, "vlan"},
    {0x8137, "ipx"},
    {kEtherTypeIp6, "ip6"},
    {0x8808, "flow control"},
    {0x8809, "slow protocols"},
    {kEtherTypeMpls, "mpls"},
    {kEtherTypeMplsMulticast, "mpls multicast"},
    {kEtherTypePppoeDiscovery, "pppoe discovery"},
    {kEtherTypePppoeSession, "pppoe session"},
    {0x888e, "eapol"},
    {0x88a2, "aoe"},
    {kEtherTypeQinq, "qinq"},
    {0x88cc, "lldp"},
    {0x88e5, "macsec"},
    {0x88f7, "ptp"},
    {0x8902, "cfm"},
    {0x8906, "fcoe"},
    {0x9000, "loopback"},
    {kEtherTypeQinqOld, "qinq"},
});

constexpr auto kIpProtocols = std::to_array<Named<std::uint8_t>>({
    {0, "hop-by-hop options"},
    {kIpIcmp, "icmp"},
    {2, "igmp"},
    {4, "ipip"},
    {kIpTcp, "tcp"},
    {8, "egp"},
    {9, "igrp"},
    {kIpUdp, "udp"},
    {33, "dccp"},
    {41, "ip6"},
    {43, "routing header"},
    {44, "fragment header"},
    {46, "rsvp"},
    {47, "gre"},
    {50, "esp"},
    {51, "ah"},
    {kIpIcmp6, "icmp6"},
    {59, "no next header"},
    {60, "destination options"},
    {88, "eigrp"},
    {89, "ospf"},
    {97, "etherip"},
    {103, "pim"},
    {108, "ipcomp"},
    {112, "vrrp"},
    {113, "pgm"},
    {115, "l2tp"},
    {kIpSctp, "sctp"},
    {135, "mobility header"},
    {136, "udplite"},
});

constexpr auto kLlcSaps = std::to_array<Named<std::uint8_t>>({
    {0x00, "null"},
    {0x06, "ip"},
    {0x42, "stp"},
    {0xaa, "snap"},
    {0xe0, "ipx"},
    {0xf0, "netbeui"},
    {0xfe, "iso"},
    {0xff, "global"},
});

template <typename Table>
constexpr bool is_sorted(const Table& table) {
  return std::ranges::is_sorted(table, {}, &Table::value_type::number);
}
static_assert(is_sorted(kEtherTypes) && is_sorted(kIpProtocols) && is_sorted(kLlcSaps));

template <typename Table, typename Number>
std::string_view find_name(const Table& table, Number number) {
  const auto found = std::ranges::lower_bound(table, number, {}, &Table::value_type::number);
  return found != table.end() && found->number == number ? found->name : std::string_view();
}

}  // namespace

std::string_view ethertype_name(std::uint16_t type) { return find_name(kEtherTypes, type); }
std::string_view ip_protocol_name(std::uint8_t protocol) {
  return find_name(kIpProtocols, protocol);
}
std::string_view llc_sap_name(std::uint8_t sap) { return find_name(kLlcSaps, sap); }

}  // namespace weir::packet
