// What UDP carries, by port.
#include "packet/print/port_table.h"
#include "packet/print/printers.h"

namespace weir::packet {
namespace {

using PayloadPrinter = void (*)(Line&, const View&, const IpContext&);

constexpr PortEntry<PayloadPrinter> kUdpPorts[] = {
    {1645, without_ip<radius::print>},
    {1646, without_ip<radius::print>},
    {1812, without_ip<radius::print>},
    {1813, without_ip<radius::print>},
    {1700, without_ip<radius::print>},
    {3799, without_ip<radius::print>},
    {646, without_ip<ldp::print>},
    {1985, without_ip<hsrp::print>, Side::kDestination},
    {6343, without_ip<sflow::print>},
    {12223, without_ip<lwapp::print_control_from_access_point>, Side::kDestination},
    {12223, without_ip<lwapp::print_control_to_access_point>, Side::kSource},
    {12222, without_ip<lwapp::print_data>},
    {5060, without_ip<text_protocols::print_sip>},
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
