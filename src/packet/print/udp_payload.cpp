// What UDP carries, by port.
#include "packet/print/port_table.h"
#include "packet/print/printers.h"

namespace weir::packet {
namespace {

using PayloadPrinter = void (*)(Line&, const View&, const IpContext&);

constexpr PortEntry<PayloadPrinter> kUdpPorts[] = {
    {500, isakmp::print},
    {4500, isakmp::print_nat_traversal},
    {7500, isakmp::print},
    {8500, isakmp::print},
    {5060, without_ip<text_protocols::print_sip>},
    {8472, without_ip<vxlan::print_otv>},
    {4789, without_ip<vxlan::print>},
    {6081, without_ip<geneve::print>},
    {4790, without_ip<vxlan::print_gpe>},
    {6635, without_ip<mpls::print>},
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
