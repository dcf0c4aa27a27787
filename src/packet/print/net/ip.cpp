// What IPv4 and IPv6 have in common: addresses, and the protocols that they carry.
#include <algorithm>

#include "packet/print/named.h"
#include "packet/print/printers.h"
#include "packet/protocol_names.h"

namespace weir::packet {
namespace {

// In the words of tcpdump.
constexpr Named kIpProtocolNames[] = {
    {0, "Options"},
    {1, "ICMP"},
    {2, "IGMP"},
    {4, "IPIP"},
    {6, "TCP"},
    {8, "EGP"},
    {9, "IGRP"},
    {17, "UDP"},
    {33, "DCCP"},
    {41, "IPv6"},
    {43, "Routing"},
    {44, "Fragment"},
    {46, "RSVP"},
    {47, "GRE"},
    {50, "ESP"},
    {51, "AH"},
    {55, "Mobile IP"},
    {58, "ICMPv6"},
    {62, "Mobile IP (old)"},
    {88, "EIGRP"},
    {89, "OSPF"},
    {103, "PIM"},
    {108, "Compressed IP"},
    {112, "VRRP"},
    {113, "PGM"},
    {132, "SCTP"},
    {135, "Mobility"},
    {143, "Ethernet"},
};

using IpPrinter = void (*)(Line&, const View&, const IpContext&);

struct ProtocolPrinter {
  std::uint8_t protocol;
  IpPrinter print;
  int version = 0;  // the only one that may carry it; 0: both may
};

void print_inner_ethernet(Line& line, const View& view, const IpContext&) {
  ethernet::print(line, view);
}

void print_ospf(Line& line, const View& view, const IpContext& ip) {
  if (ip.version == 6) return ospf6::print(line, view);
  ospf::print(line, view, ip);
}

// The most frequent first, then by number.
constexpr ProtocolPrinter kIpProtocolPrinters[] = {
    {.protocol = kIpTcp, .print = tcp::print},
    {.protocol = kIpUdp, .print = udp::print},
    {.protocol = 1, .print = icmp::print, .version = 4},
    {.protocol = 2, .print = without_ip<igmp::print>, .version = 4},
    {.protocol = 4, .print = without_ip<ip4::print>},
    {.protocol = 9, .print = without_ip<igrp::print>},
    {.protocol = 41, .print = without_ip<ip6::print>},
    {.protocol = 46, .print = without_ip<rsvp::print>},
    {.protocol = 47, .print = without_ip<gre::print>},
    {.protocol = 50, .print = esp::print},
    {.protocol = 51, .print = ah::print},
    {.protocol = 58, .print = icmp6::print, .version = 6},
    {.protocol = 59,
     .print = [](Line& line, const View&, const IpContext&) { line.put("no next header"); }},
    {.protocol = 77,
     .print = [](Line& line, const View& view,
                 const IpContext&) { line.print(" nd {}", view.length()); }},
    {.protocol = 88, .print = without_ip<eigrp::print>},
    {.protocol = 89, .print = print_ospf},
    {.protocol = 103, .print = pim::print},
    {.protocol = 112, .print = vrrp::print},
    {.protocol = 132, .print = sctp::print},
    {.protocol = 143, .print = print_inner_ethernet, .version = 6},
};

void print_no_printer(Line& line, std::uint8_t protocol, const View& payload) {
  const std::string_view name = line.ip_protocol_name(protocol);
  if (name.empty()) {
    line.print(" ip-proto-{} {}", protocol, payload.length());
  } else {
    line.print(" {} {}", name, payload.length());
  }
}

}  // namespace

std::string_view ip_protocol_text(std::uint8_t protocol) {
  return name_of(kIpProtocolNames, protocol, "unknown");
}

void put_ip_addresses(Line& line, const IpContext& ip) {
  if (ip.version == 4) {
    line.host4(ip.header.u32(12));
    line.put(" > ");
    line.host4(ip.header.u32(16));
  } else {
    line.host6(ip.header.bytes(8, 16));
    line.put(" > ");
    line.host6(ip.header.bytes(24, 16));
  }
}

void put_endpoints(Line& line, const IpContext& ip, PortKind kind, std::uint16_t source,
                   std::uint16_t destination) {
  const bool with_addresses = ip.first_protocol == (kind == PortKind::kTcp ? kIpTcp : kIpUdp);
  if (with_addresses && ip.version == 4 && !line.wants_names()) [[likely]]
    return line.put(Ip4Address{ip.header.u32(12)}, '.', source, " > ",
                    Ip4Address{ip.header.u32(16)}, '.', destination);
  if (with_addresses) {
    if (ip.version == 4) {
      line.host4(ip.header.u32(12));
    } else {
      line.host6(ip.header.bytes(8, 16));
    }
    line.put('.');
  }
  line.port(kind, source);
  line.put(" > ");
  if (with_addresses) {
    if (ip.version == 4) {
      line.host4(ip.header.u32(16));
    } else {
      line.host6(ip.header.bytes(24, 16));
    }
    line.put('.');
  }
  line.port(kind, destination);
}

void print_ip_payload(Line& line, std::uint8_t protocol, const View& payload, const IpContext& ip) {
  const auto found = std::ranges::find(kIpProtocolPrinters, protocol, &ProtocolPrinter::protocol);
  if (found == std::ranges::end(kIpProtocolPrinters))
    return print_no_printer(line, protocol, payload);
  if (found->version != 0 && found->version != ip.version) {
    line.print("[{} requires IPv{}]", ip_protocol_text(protocol), found->version);
    return line.put_invalid();
  }
  found->print(line, payload, ip);
}

namespace ip {

void print(Line& line, const View& view) {
  static constexpr Protocol kIpAny{.name = "ipn"};
  line.set_protocol(kIpAny);
  if (view.length() < 1) return line.print("truncated-ip {}", view.length());
  const int version = view.u8(0) >> 4;
  if (version == 4) return ip4::print(line, view);
  if (version == 6) return ip6::print(line, view);
  line.print("unknown ip {}", version);
}

}  // namespace ip

}  // namespace weir::packet
