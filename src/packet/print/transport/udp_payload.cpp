// What UDP carries, by port.
#include "packet/print/printers.h"
#include "packet/print/transport/port_table.h"

namespace weir::packet {
namespace {

using PayloadPrinter = void (*)(Line&, const View&, const IpContext&);

// The first that a port asks for; the order is tcpdump's.
constexpr PortEntry<PayloadPrinter> kUdpPorts[] = {
    {53, without_ip<dns::print_udp>},
    {5353, without_ip<dns::print_multicast>},
    {525, without_ip<timed::print>},
    {69, without_ip<tftp::print>},
    {67, without_ip<dhcp::print>},
    {68, without_ip<dhcp::print>},
    {520, without_ip<rip::print>},
    {500, isakmp::print},
    {4500, isakmp::print_nat_traversal},
    {7500, isakmp::print},
    {8500, isakmp::print},
    {161, without_ip<snmp::print>},
    {162, without_ip<snmp::print>},
    {123, without_ip<ntp::print>},
    {88, without_ip<kerberos::print>},
    {750, without_ip<kerberos::print>},
    {1701, without_ip<l2tp::print>},
    {3456, without_ip<short_protocols::print_vat>, Side::kDestination},
    {521, without_ip<ripng::print>},
    {547, without_ip<dhcp6::print>},
    {546, without_ip<dhcp6::print>},
    {6696, without_ip<babel::print>},
    {6697, without_ip<babel::print>},
    {8231, without_ip<short_protocols::print_hncp>},
    {496, without_ip<autorp::print>},
    {1645, without_ip<radius::print>},
    {1812, without_ip<radius::print>},
    {1646, without_ip<radius::print>},
    {1813, without_ip<radius::print>},
    {1700, without_ip<radius::print>},
    {3799, without_ip<radius::print>},
    {1985, without_ip<hsrp::print>, Side::kDestination},
    {646, without_ip<ldp::print>},
    {698, olsr::print},
    {3503, without_ip<short_protocols::print_lsp_ping>},
    {49152, without_ip<bcm_li::print>, Side::kSource},
    {3784, without_ip<bfd::print_control>, Side::kDestination},
    {4784, without_ip<bfd::print_multihop>, Side::kDestination},
    {6784, without_ip<bfd::print_lag>, Side::kDestination},
    {3785, without_ip<bfd::print_echo>, Side::kDestination},
    {701, without_ip<short_protocols::print_lmp>},
    {1589, without_ip<short_protocols::print_vqp>},
    {6343, without_ip<sflow::print>},
    {12223, without_ip<lwapp::print_control_from_access_point>, Side::kDestination},
    {12223, without_ip<lwapp::print_control_to_access_point>, Side::kSource},
    {12222, without_ip<lwapp::print_data>},
    {5060, without_ip<text_protocols::print_sip>},
    {514, without_ip<syslog::print>},
    {8472, without_ip<vxlan::print_otv>},
    {4789, without_ip<vxlan::print>},
    {6081, without_ip<geneve::print>},
    {4342, without_ip<lisp::print>},
    {4790, without_ip<vxlan::print_gpe>},
    {6635, without_ip<mpls::print>},
    {319, without_ip<ptp::print>},
    {320, without_ip<ptp::print>},
    {30490, without_ip<someip::print>},
};
constexpr PortTable kUdpTable(kUdpPorts);

}  // namespace

bool print_udp_payload(Line& line, const View& payload, std::uint16_t source,
                       std::uint16_t destination, const IpContext& ip) {
  const PayloadPrinter print = kUdpTable.find(source, destination);
  if (print == nullptr) return false;
  print(line, payload, ip);
  return true;
}

}  // namespace weir::packet
