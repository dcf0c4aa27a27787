// What IEEE 802.1 defines for LLDP (IEEE 802.1Q annex D, 802.1Qbg).
#include "packet/print/link/lldp_organizations.h"
#include "packet/print/link/lldp_subtypes.h"
#include "packet/print/named.h"

namespace weir::packet::lldp {
namespace bridging {
namespace {

// In each, `value` begins with the organization, and the first byte of interest is the fifth.

void print_port_vlan(Line& line, const View& value) {
  if (value.length() < 6) return;
  line.print("\n\t    port vlan id (PVID): {}", value.u16(4));
}

void print_protocol_vlan(Line& line, const View& value) {
  static constexpr Named kFlags[] = {{2, "supported"}, {4, "enabled"}};
  if (value.length() < 7) return;
  const std::uint8_t flags = value.u8(4);
  line.print("\n\t    port and protocol vlan id (PPVID): {}, flags [{}] (0x{:02x})", value.u16(5),
             bit_names(kFlags, flags, ", ", "none"), flags);
}

void print_vlan_name(Line& line, const View& value) {
  if (value.length() < 6) return;
  line.print("\n\t    vlan id (VID): {}", value.u16(4));
  if (value.length() < 7) return;
  const std::size_t length = value.u8(6);
  if (value.length() < 7 + length) return;
  line.put("\n\t    vlan name: ");
  line.zero_padded(value, 7, length);
}

void print_protocol(Line& line, const View& value) {
  if (value.length() < 5) return;
  const std::size_t length = value.u8(4);
  if (value.length() < 5 + length) return;
  line.put("\n\t    protocol identity: ");
  line.zero_padded(value, 5, length);
}

void print_aggregation(Line& line, const View& value) {
  static constexpr Named kStatus[] = {{1, "supported"}, {2, "enabled"}};
  if (value.length() < 9) return;
  line.print("\n\t    aggregation status [{}], aggregation port ID {}",
             bit_names(kStatus, value.u8(4), ", ", "none"), value.u32(5));
}

// A bit for each priority.
void print_priorities(Line& line, std::uint8_t bits) {
  line.put("\n\t     Priority : 0  1  2  3  4  5  6  7\n\t     Value    : ");
  for (int i = 0; i < 8; ++i) line.print("{:<2} ", bits >> i & 1);
}

void print_congestion(Line& line, const View& value) {
  if (value.length() < 6) return;
  line.put("\n\t    Pre-Priority CNPV Indicator");
  print_priorities(line, value.u8(4));
  line.put("\n\t    Pre-Priority Ready Indicator");
  print_priorities(line, value.u8(5));
}

void print_eight(Line& line, const View& value, std::size_t at) {
  for (std::size_t i = 0; i < 8; ++i) line.print("{}{:<3}", i == 0 ? "" : " ", value.u8(at + i));
}

// Which class of traffic each priority has, and what each class gets.
void print_transmission_tables(Line& line, const View& value) {
  line.put("\n\t    Priority Assignment Table");
  line.put("\n\t     Priority : 0   1   2   3   4   5   6   7");
  line.put("\n\t     Value    : ");
  for (std::size_t i = 0; i < 8; ++i) {
    const int shift = i % 2 == 0 ? 4 : 0;
    line.print("{}{:<3}", i == 0 ? "" : " ", value.u8(5 + i / 2) >> shift & 0x0f);
  }
  line.put("\n\t    TC Bandwidth Table");
  line.put("\n\t     TC%   : 0   1   2   3   4   5   6   7");
  line.put("\n\t     Value : ");
  print_eight(line, value, 9);
  line.put("\n\t    TSA Assignment Table");
  line.put("\n\t     Traffic Class: 0   1   2   3   4   5   6   7");
  line.put("\n\t     Value        : ");
  print_eight(line, value, 17);
}

void print_transmission_configuration(Line& line, const View& value) {
  if (value.length() < 25) return;
  const unsigned bits = value.u8(4);
  line.print("\n\t    Willing:{}, CBS:{}, RES:{}, Max TCs:{}", bits >> 7, bits >> 6 & 2,
             bits >> 3 & 7, bits & 7);
  print_transmission_tables(line, value);
}

void print_transmission_recommendation(Line& line, const View& value) {
  if (value.length() < 25) return;
  line.print("\n\t    RES: {}", value.u8(4));
  print_transmission_tables(line, value);
}

void print_flow_control(Line& line, const View& value) {
  if (value.length() < 6) return;
  const unsigned bits = value.u8(4);
  line.print("\n\t    Willing: {}, MBC: {}, RES: {}, PFC cap:{} ", bits >> 7, bits >> 6 & 1,
             bits >> 4 & 3, bits & 0x0f);
  line.put("\n\t    PFC Enable");
  print_priorities(line, value.u8(5));
}

void print_application_priority(Line& line, const View& value) {
  constexpr std::size_t kFixed = 5, kEntry = 3;
  if (value.length() < kFixed) return;
  line.print("\n\t    RES: {}", value.u8(4));
  if (value.length() == kFixed || (value.length() - kFixed) % kEntry != 0) return;
  line.put("\n\t    Application Priority Table");
  for (View left = value.from(kFixed); left.length() != 0 && !line.cut();
       left = left.from(kEntry)) {
    const unsigned bits = left.u8(0);
    line.print("\n\t      Priority: {}, RES: {}, Sel: {}, Protocol ID: {}", bits >> 5,
               bits >> 3 & 3, bits & 7, left.u16(1));
  }
}

void print_edge(Line& line, const View& value) {
  static constexpr std::string_view kModes[] = {"Not Supported", "EVB Bridge", "EVB Station",
                                                "Reserved for future Standardization"};
  if (value.length() < 9) return;
  const unsigned bridge = value.u8(4);
  line.print("\n\t    EVB Bridge Status\n\t      RES: {}, BGID: {}, RRCAP: {}, RRCTR: {}",
             bridge >> 3, bridge >> 2 & 1, bridge >> 1 & 1, bridge & 1);
  const unsigned station = value.u8(5);
  line.print("\n\t    EVB Station Status\n\t      RES: {}, SGID: {}, RRREQ: {},RRSTAT: {}",
             station >> 4, station >> 3 & 1, station >> 2 & 1, station & 3);
  const unsigned retries = value.u8(6);
  line.print("\n\t    R: {}, RTE: {}, ", retries >> 5, retries & 0x1f);
  const unsigned mode = value.u8(7);
  line.print("EVB Mode: {} [{}]\n\t    ROL: {}, RWD: {}, ", kModes[mode >> 6], mode >> 6,
             mode >> 5 & 1, mode & 0x1f);
  const unsigned keep = value.u8(8);
  line.print("RES: {}, ROL: {}, RKA: {}", keep >> 6, keep >> 5 & 1, keep & 0x1f);
}

void print_channels(Line& line, const View& value) {
  constexpr std::size_t kFixed = 8, kEntry = 3;
  if (value.length() < kFixed) return;
  const unsigned bits = value.u8(4);
  line.print("\n\t    Role: {}, RES: {}, Scomp: {} ", bits >> 7, bits >> 4 & 7, bits >> 3 & 1);
  line.print("ChnCap: {}", value.u16(6) & 0x0fff);
  if ((value.length() - kFixed) % kEntry != 0) return;
  for (View left = value.from(kFixed); left.length() != 0 && !line.cut();
       left = left.from(kEntry)) {
    line.print("\n\t    SCID: {}, SVID: {}", left.u24(0) >> 12, left.u24(0) & 0xfff);
  }
}

constexpr KnownSubtype kSubtypes[] = {
    {1, "Port VLAN Id", print_port_vlan},
    {2, "Port and Protocol VLAN ID", print_protocol_vlan},
    {3, "VLAN name", print_vlan_name},
    {4, "Protocol Identity", print_protocol},
    {7, "Link aggregation", print_aggregation},
    {8, "Congestion Notification", print_congestion},
    {9, "ETS Configuration", print_transmission_configuration},
    {10, "ETS Recommendation", print_transmission_recommendation},
    {11, "Priority Flow Control Configuration", print_flow_control},
    {12, "Application Priority", print_application_priority},
    {13, "EVB", print_edge},
    {14, "CDCP", print_channels},
};

}  // namespace
}  // namespace bridging

bool print_8021(Line& line, const View& value) {
  return print_subtype(line, value, bridging::kSubtypes);
}

}  // namespace weir::packet::lldp
