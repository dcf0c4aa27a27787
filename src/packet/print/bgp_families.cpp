// Multi-protocol attributes of BGP (RFC 4760), and extended communities (RFC 4360).
#include <algorithm>
#include <bit>

#include "packet/print/bgp_parts.h"
#include "packet/print/named.h"
#include "packet/print/pieces.h"
#include "packet/print/registries.h"

namespace weir::packet::bgp {
namespace families {
namespace {

constexpr Named kSubsequent[] = {
    {0, "Reserved"},
    {1, "Unicast"},
    {2, "Multicast"},
    {3, "Unicast+Multicast"},
    {4, "labeled Unicast"},
    {64, "Tunnel"},
    {65, "VPLS"},
    {66, "MDT"},
    {70, "EVPN"},
    {128, "labeled VPN Unicast"},
    {129, "labeled VPN Multicast"},
    {130, "labeled VPN Unicast+Multicast"},
    {132, "Route Target Routing Information"},
    {5, "Multicast VPN"},
};

constexpr std::size_t kDistinguisher = 8;

std::size_t next_hop_size(NextHop kind) {
  switch (kind) {
    case NextHop::kIp4:
      return 4;
    case NextHop::kDistinguishedIp4:
      return 4 + kDistinguisher;
    case NextHop::kIp6:
      return 16;
    case NextHop::kDistinguishedIp6:
      return 16 + kDistinguisher;
    case NextHop::kDistinguishedNsap:
      return 1 + kDistinguisher;
    case NextHop::kNsap:
      break;
  }
  return 0;
}

// IP addresses that are mapped into those of OSI (RFC 986, RFC 1888).
void print_mapped(Line& line, const View& address) {
  if (address.u32(0) == 0x47000601) {
    line.print(" = {}", line.host4_text(address.u32(4)));
  } else if (address.u24(0) == 0x350000) {
    line.print(" = {}", line.host6_text(address.bytes(3, 16)));
  }
}

void print_distinguisher(Line& line, const View& left) {
  line.print("RD: {}, ", distinguisher_text(line, left, 0));
}

// One of those in `left`. Returns its length.
std::size_t print_next_hop(Line& line, NextHop kind, const View& left) {
  const std::size_t size = next_hop_size(kind);
  if (left.length() < size) {
    line.put("invalid len");
    return left.length();
  }
  const bool is_nsap = kind == NextHop::kNsap || kind == NextHop::kDistinguishedNsap;
  const std::size_t taken = is_nsap ? left.length() : size;
  if (!left.need(0, taken)) return taken;
  if (kind == NextHop::kIp4) line.host4(left.u32(0));
  if (kind == NextHop::kIp6) line.host6(left.bytes(0, 16));
  if (kind == NextHop::kNsap) line.put(nsap_text(left.bytes(0, taken)));
  if (kind == NextHop::kIp4 || kind == NextHop::kIp6 || kind == NextHop::kNsap) return taken;
  print_distinguisher(line, left);
  const View address = left.from(kDistinguisher);
  if (kind == NextHop::kDistinguishedIp4) line.host4(address.u32(0));
  if (kind == NextHop::kDistinguishedIp6) line.host6(address.bytes(0, 16));
  if (kind != NextHop::kDistinguishedNsap) return taken;
  line.put(nsap_text(address.bytes(0, taken - kDistinguisher)));
  print_mapped(line, address);
  return taken;
}

void print_next_hops(Line& line, NextHop kind, const View& list) {
  line.put("\n\t    nexthop: ");
  for (View left = list; left.length() != 0 && !line.cut();) {
    left = left.from(print_next_hop(line, kind, left));
    if (left.length() != 0) line.put(", ");
  }
}

// Points of attachment to a subnetwork, which RFC 4760 has done away with. Moves `left` behind
// them.
bool print_attachments(Line& line, View& left) {
  if (left.length() < 1) return false;
  const unsigned count = left.u8(0);
  left = left.from(1);
  if (count == 0) line.put(", no SNPA");
  if (count != 0) line.print("\n\t    {} SNPA", count);
  for (unsigned i = 0; i < count; ++i) {
    if (left.length() < 1) return false;
    const std::size_t length = left.u8(0);
    line.print("\n\t      {} bytes", length);
    if (left.length() - 1 < length || !left.has(1, length)) return false;
    left = left.from(1 + length);
  }
  return true;
}

constexpr Named kCommunities[] = {
    {0x0002, "target"},
    {0x0102, "target"},
    {0x0202, "target"},
    {0x0003, "origin"},
    {0x0103, "origin"},
    {0x0203, "origin"},
    {0x4004, "link-BW"},
    {0x0005, "ospf-domain"},
    {0x0105, "ospf-domain"},
    {0x0205, "ospf-domain"},
    {0x8005, "ospf-domain"},
    {0x0306, "ospf-route-type"},
    {0x8000, "ospf-route-type"},
    {0x030c, "encapsulation"},
    {0x0107, "ospf-router-id"},
    {0x8001, "ospf-router-id"},
    {0x800a, "layer2-info"},
    {0x8800, "eigrp-general-route (flag, tag)"},
    {0x8801, "eigrp-route-metric (AS, delay)"},
    {0x8802, "eigrp-route-metric (reliability, nexthop, bandwidth)"},
    {0x8803, "eigrp-route-metric (load, MTU)"},
    {0x8804, "eigrp-external-route (remote-AS, remote-ID)"},
    {0x8805, "eigrp-external-route (remote-proto, remote-metric)"},
    {0x0009, "source-AS"},
    {0x010b, "vrf-route-import"},
    {0x000a, "l2vpn-id"},
    {0xf10a, "l2vpn-id"},
};
constexpr Named kCommunityFlags[] = {{0x8000, "vendor-specific"}, {0x4000, "non-transitive"}};

void print_as2(Line& line, const View& view) {
  line.print("{}:{} (= {})", view.u16(2), view.u32(4), line.host4_text(view.u32(4)));
}

void print_ip(Line& line, const View& view) {
  line.print("{}:{}", line.host4_text(view.u32(2)), view.u16(6));
}

void print_as4(Line& line, const View& view) { line.print("{}:{}", view.u32(2), view.u16(6)); }

void print_bandwidth(Line& line, const View& view) {
  line.print("bandwidth: {:.3f} Mbps", std::bit_cast<float>(view.u32(4)) * 8 / 1000000);
}

void print_router(Line& line, const View& view) { line.host4(view.u32(2)); }

void print_ospf_route(Line& line, const View& view) {
  static constexpr Named kTypes[] = {
      {1, "Router"},   {2, "Network"},       {3, "Summary"},
      {5, "External"}, {7, "NSSA External"}, {129, "MPLS-VPN Sham"},
  };
  const std::uint8_t type = view.u8(6);
  line.print("area:{}, router-type:{}, metric-type:{}{}", line.host4_text(view.u32(2)),
             named(kTypes, type, "unknown (0x{:02x})"), (view.u8(7) & 1) != 0 ? "E2" : "",
             type == 5 || type == 7 ? "E1" : "");
}

void print_layer2(Line& line, const View& view) {
  static constexpr Named kEncapsulations[] = {
      {0, "Reserved"},
      {1, "Frame Relay"},
      {2, "ATM AAL5 SDU VCC transport"},
      {3, "ATM transparent cell transport"},
      {4, "Ethernet (VLAN) Tagged Mode"},
      {5, "Ethernet Raw Mode"},
      {6, "Cisco HDLC"},
      {7, "PPP"},
      {8, "SONET/SDH Circuit Emulation Service over MPLS"},
      {9, "ATM n-to-one VCC cell transport"},
      {10, "ATM n-to-one VPC cell transport"},
      {11, "IP layer 2 transport"},
      {15, "Frame Relay Port mode"},
      {17, "Structure-agnostic E1 over packet"},
      {18, "Structure-agnostic T1 (DS1) over packet"},
      {19, "VPLS"},
      {20, "Structure-agnostic T3 (DS3) over packet"},
      {21, "Nx64kbit/s Basic Service using Structure-aware"},
      {25, "Frame Relay DLCI"},
      {40, "Structure-agnostic E3 over packet"},
      {41, "Octet-aligned playload for Structure-agnostic DS1 circuits"},
      {42, "E1 Nx64kbit/s with CAS using Structure-aware"},
      {43, "DS1 (ESF) Nx64kbit/s with CAS using Structure-aware"},
      {44, "DS1 (SF) Nx64kbit/s with CAS using Structure-aware"},
  };
  line.print("{} Control Flags [0x{:02x}]:MTU {}",
             name_of(kEncapsulations, view.u8(2), "unknown encaps"), view.u8(3), view.u16(4));
}

void print_source_as(Line& line, const View& view) { line.print("AS {}", view.u16(2)); }

void print_encapsulation(Line& line, const View& view) {
  static constexpr Named kTunnels[] = {
      {1, "L2TPv3 over IP"},
      {2, "GRE"},
      {3, "Transmit Tunnel"},
      {4, "IPsec"},
      {5, "IP in IP with IPsec"},
      {6, "MPLS in IP with IPsec"},
      {7, "IP in IP"},
      {8, "VXLAN"},
      {9, "NVGRE"},
      {10, "MPLS"},
      {11, "MPLS in GRE"},
      {12, "VXLAN GPE"},
      {13, "MPLS in UDP"},
      {14, "IPv6"},
      {15, "SR TE"},
      {16, "Bare"},
      {17, "SR"},
  };
  line.print("Tunnel type: {}", name_of(kTunnels, view.u16(6), "unknown encaps"));
}

struct Community {
  std::uint16_t type;
  void (*print)(Line&, const View&);
};
constexpr Community kCommunityPrinters[] = {
    {0x0002, print_as2},       {0x0003, print_as2},        {0x000a, print_as2},
    {0x0102, print_ip},        {0x0103, print_ip},         {0xf10a, print_ip},
    {0x010b, print_ip},        {0x0202, print_as4},        {0x0203, print_as4},
    {0x4004, print_bandwidth}, {0x0005, print_router},     {0x0105, print_router},
    {0x0205, print_router},    {0x8005, print_router},     {0x0107, print_router},
    {0x8001, print_router},    {0x0306, print_ospf_route}, {0x8000, print_ospf_route},
    {0x800a, print_layer2},    {0x0009, print_source_as},  {0x030c, print_encapsulation},
};

}  // namespace
}  // namespace families

std::string_view subsequent_family_text(std::uint8_t number) {
  return name_of(families::kSubsequent, number, "Unknown");
}

std::optional<Families> print_families(Line& line, const View& value) {
  const std::uint16_t family = value.u16(0);
  const std::uint8_t subsequent = value.u8(2);
  const std::string_view name = address_family_text(family);
  const std::string_view subsequent_name = name_of(families::kSubsequent, subsequent);
  line.print("\n\t    AFI: {} ({}), {}SAFI: {} ({})", name == "Unknown" ? "Unknown AFI" : name,
             family, subsequent > 128 ? "vendor specific " : "",
             subsequent_name.empty() ? "Unknown SAFI" : subsequent_name, subsequent);
  const Family* found = find_family(family, subsequent);
  if (found != nullptr) return Families{.family = found};
  if (!value.has(0, value.length())) return {};
  line.print("\n\t    no AFI {} / SAFI {} decoder", family, subsequent);
  if (!line.verbose(2)) put_unknown(line, value, 0, value.length(), "\n\t    ");
  return Families{.family = nullptr};
}

bool print_routes(Line& line, const Family& family, const View& value, std::size_t at) {
  View left = value.from(at);
  const bool add_path =
      family.max_bits != 0 && looks_like_add_path(left, left.length(), family.max_bits);
  while (left.length() != 0 && !line.cut()) {
    const int taken = family.print(line, left, value.length(), add_path);
    if (taken == Route::kCut) return false;
    if (taken < 0) return true;
    left = left.from(static_cast<std::size_t>(taken));
  }
  return true;
}

bool print_reachable(Line& line, const View& value) {
  if (!value.has(0, 3) || value.length() < 3) return false;
  const auto known = print_families(line, value);
  if (!known) return false;
  if (known->family == nullptr) return true;
  if (!value.has(3, 1) || value.length() < 4) return false;
  const std::size_t length = value.u8(3);
  View left = value.from(4);
  if (length != 0) {
    if (left.length() < length) return false;
    families::print_next_hops(line, known->family->next_hop, left.claiming(length));
    left = left.from(length);
  }
  line.print(", nh-length: {}", length);
  if (!families::print_attachments(line, left)) return false;
  return print_routes(line, *known->family, value, value.length() - left.length());
}

bool print_unreachable(Line& line, const View& value) {
  if (!value.has(0, 3)) return false;
  const auto known = print_families(line, value);
  if (!known) return false;
  if (known->family == nullptr) return true;
  if (value.length() == 3) line.put("\n\t      End-of-Rib Marker (empty NLRI)");
  return print_routes(line, *known->family, value, 3);
}

void print_extended_community(Line& line, const View& view) {
  using namespace families;
  const std::uint16_t type = view.u16(0);
  line.print("\n\t    {} (0x{:04x}), Flags [{}]",
             name_of(kCommunities, type, "unknown extd community typecode"), type,
             bit_names(kCommunityFlags, type, ", ", "none"));
  if (!view.has(0, 8)) return;
  line.put(": ");
  const auto found = std::ranges::find(kCommunityPrinters, type, &Community::type);
  if (found != std::ranges::end(kCommunityPrinters)) return found->print(line, view);
  line.text().hex(view.bytes(2, 6));
}

}  // namespace weir::packet::bgp
