// The network layer of OSI (ISO 9577): which protocol it is.
#include "packet/print/named.h"
#include "packet/print/pieces.h"
#include "packet/print/printers.h"

namespace weir::packet::isoclns {
namespace {

constexpr Protocol kOsi{.name = "isoclns"};

enum Protocols : std::uint8_t {
  kNull = 0x00,
  kIsIsId = 0x83,
  kIp4 = 0xcc,
  kIp6 = 0x8e,
  kPpp = 0xcf
};
constexpr Named kProtocols[] = {
    {kNull, "NULL"},  {0x08, "Q.933"},    {0x09, "LMI"},  {0x80, "SNAP"},      {0x81, "CLNP"},
    {0x82, "ES-IS"},  {kIsIsId, "IS-IS"}, {0x84, "CONS"}, {0x85, "IDRP"},      {0xc1, "ISIS_SPB"},
    {0xb1, "FRF.15"}, {kIp4, "IPv4"},     {kPpp, "PPP"},  {0x8a, "X25 ES-IS"}, {kIp6, "IPv6"},
};

void print_other(Line& line, const View& view, std::uint8_t protocol) {
  const bool told = line.options().link_header;
  if (!told && protocol != kNull) line.print("OSI NLPID 0x{:02x} unknown", protocol);
  line.print("{}length: {}", told ? "" : ", ", view.length());
  if (protocol != kNull && view.length() > 1) put_unknown(line, view, 0, view.length(), "\n\t");
}

}  // namespace

void print(Line& line, const View& view) {
  line.begin_layer(kOsi, view);
  const std::uint8_t protocol = view.u8(0);
  if (line.options().link_header) {
    line.print("OSI NLPID {} (0x{:02x}): ", name_of(kProtocols, protocol, "Unknown"), protocol);
  }
  const View payload = view.from(1);
  switch (protocol) {
    case kIsIsId:
      return isis::print(line, view);
    case kIp4:
      return ip4::print(line, payload);
    case kIp6:
      return ip6::print(line, payload);
    default:
      return print_other(line, view, protocol);
  }
}

}  // namespace weir::packet::isoclns
