// EtherTypes: their names, and who prints what they announce.
#include <algorithm>

#include "packet/print/named.h"
#include "packet/print/printers.h"
#include "packet/protocol_names.h"

namespace weir::packet {
namespace {

// In the words of tcpdump.
constexpr Named kEtherTypeNames[] = {
    {0x0800, "IPv4"},
    {0x8847, "MPLS unicast"},
    {0x8848, "MPLS multicast"},
    {0x86dd, "IPv6"},
    {0x8100, "802.1Q"},
    {0x88a8, "802.1Q-QinQ"},
    {0x9100, "802.1Q-9100"},
    {0x9200, "802.1Q-9200"},
    {0x88e5, "802.1AE MACsec"},
    {0x8181, "VMAN"},
    {0x0200, "PUP"},
    {0x0806, "ARP"},
    {0x8035, "Reverse ARP"},
    {0x0600, "NS"},
    {0x0500, "Sprite"},
    {0x1000, "Trail"},
    {0x6001, "MOP DL"},
    {0x6002, "MOP RC"},
    {0x6003, "DN"},
    {0x6004, "LAT"},
    {0x6007, "SCA"},
    {0x6558, "TEB"},
    {0x8038, "Lanbridge"},
    {0x803c, "DEC DNS"},
    {0x803e, "DEC DTS"},
    {0x805b, "VEXP"},
    {0x805c, "VPROD"},
    {0x809b, "Appletalk"},
    {0x80f3, "Appletalk ARP"},
    {0x8137, "IPX"},
    {0x880b, "PPP"},
    {0x8808, "MPCP"},
    {0x8809, "Slow Protocols"},
    {0x8863, "PPPoE D"},
    {0x8864, "PPPoE S"},
    {0x888e, "EAPOL"},
    {0x8899, "Realtek protocols"},
    {0x886f, "MS NLB heartbeat"},
    {0x8870, "Jumbo"},
    {0x894f, "NSH"},
    {0x9000, "Loopback"},
    {0xfefe, "OSI"},
    {0x00fe, "GRE-OSI"},
    {0xabcd, "CFM (old)"},
    {0x8902, "CFM"},
    {0x893a, "IEEE1905.1"},
    {0x88cc, "LLDP"},
    {0x88ca, "TIPC"},
    {0x0707, "GeoNet (old)"},
    {0x8947, "GeoNet"},
    {0x1111, "CALM FAST"},
    {0x88a2, "AoE"},
    {0x88f7, "PTP"},
    {0xd28b, "Arista Vendor Specific Protocol"},
};

// Cisco puts a byte before it.
void print_osi(Line& line, const View& payload) {
  static constexpr Protocol kOsi{.name = "isoclns"};
  line.set_protocol(kOsi);
  if (payload.length() == 0 || payload.captured() == 0) return line.put_cut();
  isoclns::print(line, payload.from(1));
}

struct EtherTypePrinter {
  std::uint16_t type;
  Printer print;
};

void print_ipx(Line& line, const View& payload) {
  line.put("(NOV-ETHII) ");
  ipx::print(line, payload);
}

void print_ppp(Line& line, const View& payload) {
  if (payload.length() == 0) return;
  line.put(": ");
  ppp::print(line, payload);
}

// The most frequent first.
constexpr EtherTypePrinter kEtherTypePrinters[] = {
    {kEtherTypeIp4, ip4::print},
    {kEtherTypeIp6, ip6::print},
    {kEtherTypeArp, arp::print},
    {kEtherTypeRarp, arp::print},
    {kEtherTypePppoeDiscovery, pppoe::print},
    {kEtherTypePppoeSession, pppoe::print},
    {0x3c12, pppoe::print},
    {0x3c13, pppoe::print},
    {kEtherTypeMpls, mpls::print},
    {kEtherTypeMplsMulticast, mpls::print},
    {0x8137, print_ipx},
    {0x880b, print_ppp},
    {0x8809, slow::print},
    {0x888e, eapol::print},
    {0x88a2, aoe::print},
    {0x8902, cfm::print},
    {0xabcd, cfm::print},
    {0x9000, loopback::print},
    {0x88cc, lldp::print},
    {0x88f7, ptp::print},
    {0x8137, ipx::print},
    {0xfefe, print_osi},
};

}  // namespace

std::string_view ethertype_text(std::uint16_t type) {
  return name_of(kEtherTypeNames, type, "Unknown");
}

bool print_ethertype(Line& line, std::uint16_t type, const View& payload) {
  const auto found = std::ranges::find(kEtherTypePrinters, type, &EtherTypePrinter::type);
  if (found == std::ranges::end(kEtherTypePrinters)) return false;
  found->print(line, payload);
  return true;
}

}  // namespace weir::packet
