// What TCP carries, by port.
#include "packet/print/printers.h"
#include "packet/print/transport/port_table.h"

namespace weir::packet {
namespace {

template <Printer print>
void after_colon(Line& line, const View& payload) {
  line.put(": ");
  print(line, payload);
}

// The first that a port asks for; the order is tcpdump's.
constexpr PortEntry<Printer> kTcpPorts[] = {
    {23, telnet::print},
    {25, after_colon<text_protocols::print_smtp>},
    {179, after_colon<bgp::print>},
    {6379, resp::print},
    {22, ssh::print},
    {6633, after_colon<openflow::print>},
    {6653, after_colon<openflow::print>},
    {21, after_colon<text_protocols::print_ftp>},
    {80, after_colon<text_protocols::print_http>},
    {8080, after_colon<text_protocols::print_http>},
    {554, after_colon<text_protocols::print_rtsp>},
    {8554, after_colon<text_protocols::print_rtsp>},
    {53, dns::print_tcp},
    {639, after_colon<msdp::print>},
    {323, short_protocols::print_rpki},
    {646, ldp::print},
};
constexpr PortTable kTcpTable(kTcpPorts);

}  // namespace

bool has_tcp_payload_printer(std::uint16_t source, std::uint16_t destination) {
  return kTcpTable.find(source, destination) != nullptr;
}

bool print_tcp_payload(Line& line, const View& payload, std::uint16_t source,
                       std::uint16_t destination) {
  const Printer print = kTcpTable.find(source, destination);
  if (print != nullptr) {
    print(line, payload);
    return true;
  }
  if (line.options().http_any_port && text_protocols::looks_like_http(payload)) {
    after_colon<text_protocols::print_http>(line, payload);
    return true;
  }
  if (line.verbose()) tls::print(line, payload);
  return false;
}

}  // namespace weir::packet
