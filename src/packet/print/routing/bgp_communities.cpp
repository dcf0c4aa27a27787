// Extended communities of BGP (RFC 4360).
#include <algorithm>
#include <bit>

#include "packet/print/named.h"
#include "packet/print/routing/bgp_parts.h"

namespace weir::packet::bgp {
namespace communities {
namespace {

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
}  // namespace communities

void print_extended_community(Line& line, const View& view) {
  using namespace communities;
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
