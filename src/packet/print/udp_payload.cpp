// What UDP carries, by port.
#include "packet/print/port_table.h"
#include "packet/print/printers.h"

namespace weir::packet {
namespace {

using PayloadPrinter = void (*)(Line&, const View&, const IpContext&);

constexpr PortEntry<PayloadPrinter> kUdpPorts[] = {
    {53, without_ip<dns::print_udp>}, {5353, without_ip<dns::print_multicast>},
    {69, without_ip<tftp::print>},    {67, without_ip<dhcp::print>},
    {68, without_ip<dhcp::print>},    {161, without_ip<snmp::print>},
    {162, without_ip<snmp::print>},   {123, without_ip<ntp::print>},
    {546, without_ip<dhcp6::print>},  {547, without_ip<dhcp6::print>},
    {514, without_ip<syslog::print>}, {5060, without_ip<text_protocols::print_sip>},
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
