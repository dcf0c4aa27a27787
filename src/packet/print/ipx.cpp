// IPX of Novell, with its RIP and SAP.
#include "packet/print/named.h"
#include "packet/print/printers.h"

namespace weir::packet::ipx {
namespace {

constexpr Field kFields[] = {
    {.name = "ipx.checksum", .offset = 0, .size = 2, .show = Show::kHex},
    {.name = "ipx.len", .offset = 2, .size = 2},
    {.name = "ipx.hops", .offset = 4, .size = 1},
    {.name = "ipx.packet_type", .offset = 5, .size = 1},
    {.name = "ipx.dst.net", .offset = 6, .size = 4, .show = Show::kHex},
    {.name = "ipx.dst.node", .offset = 10, .size = 6, .show = Show::kMac},
    {.name = "ipx.dst.socket", .offset = 16, .size = 2, .show = Show::kHex},
    {.name = "ipx.src.net", .offset = 18, .size = 4, .show = Show::kHex},
    {.name = "ipx.src.node", .offset = 22, .size = 6, .show = Show::kMac},
    {.name = "ipx.src.socket", .offset = 28, .size = 2, .show = Show::kHex},
};
constexpr Protocol kIpx{.name = "ipx", .fields = kFields};

constexpr std::size_t kHeader = 30;
constexpr std::size_t kDestinationAt = 6;
constexpr std::size_t kSourceAt = 18;
constexpr std::size_t kAddress = 12;  // with the socket

void print_address(Line& line, const View& view, std::size_t at) {
  const std::uint32_t network = view.u32(at);
  const auto node = view.bytes(at + 4, 6);
  line.print("{:08x}.", network);
  line.text().mac(node);
}

bool put_invalid(Line& line) {
  line.put_invalid();
  return false;
}

// Returns false when there is not all of it.
bool print_service(Line& line, const View& left) {
  if (!left.need(0, 2)) return false;
  if (left.length() < 2) return put_invalid(line);
  line.print(" {:04x} '", left.u16(0));
  if (left.length() < 50) line.put('\'');
  if (left.length() < 50) return put_invalid(line);
  line.zero_padded(left, 2, 48);
  line.put('\'');
  if (!left.need(50, 10)) return false;
  if (left.length() < 60) return put_invalid(line);
  line.put(" addr ");
  print_address(line, left, 50);
  if (!left.need(60, 4)) return false;
  return left.length() >= 64 || put_invalid(line);
}

void print_services(Line& line, const View& body) {
  constexpr int kMaxServices = 8;
  const std::uint16_t command = body.u16(0);
  if (body.length() < 2) {
    line.print(" [length {} < 2]", body.length());
    return line.put_invalid();
  }
  View left = body.from(2);
  switch (command) {
    case 1:
    case 3:
      line.put(command == 1 ? "ipx-sap-req" : "ipx-sap-nearest-req");
      return line.print(" {:04x}", left.u16(0));
    case 2:
    case 4:
      line.put(command == 2 ? "ipx-sap-resp" : "ipx-sap-nearest-resp");
      for (int i = 0; i < kMaxServices && left.length() != 0; ++i, left = left.from(64))
        if (!print_service(line, left)) return;
      return;
    default:
      return line.print("ipx-sap-?{:x}", command);
  }
}

void print_routes(Line& line, const View& body) {
  constexpr std::size_t kRoute = 8;
  const std::uint16_t command = body.u16(0);
  if (body.length() < 2) {
    line.print(" [length {} < 2]", body.length());
    return line.put_invalid();
  }
  if (command != 1 && command != 2) return line.print("ipx-rip-?{:x}", command);
  line.put(command == 1 ? "ipx-rip-req" : "ipx-rip-resp");
  const int max_routes = command == 1 ? 1 : 50;
  View left = body.from(2);
  for (int i = 0; i < max_routes && left.length() != 0 && !line.cut(); ++i) {
    if (left.length() < kRoute) return line.put_invalid();
    line.print(" {:08x}/{}.{}", left.u32(0), left.u16(4), left.u16(6));
    left = left.from(kRoute);
  }
}

enum Socket : std::uint16_t { kServices = 0x0452, kRoutes = 0x0453, kEigrp = 0x85be };
constexpr Named kSockets[] = {
    {0x0451, "ipx-ncp"},
    {0x0455, "ipx-netbios"},
    {0x0456, "ipx-diags"},
    {0x0553, "ipx-nwlink-dgm"},
};

void print_body(Line& line, const View& body, std::uint16_t socket) {
  if (socket == kServices) return print_services(line, body);
  if (socket == kRoutes) return print_routes(line, body);
  if (socket == kEigrp) return eigrp::print(line, body);
  line.print("{} {}", named(kSockets, socket, "ipx-#{:x}"), body.length());
}

}  // namespace

void print(Line& line, const View& view) {
  line.begin_layer(kIpx, view);
  if (!line.options().link_header) line.put("IPX ");
  if (!view.need(kSourceAt, kAddress)) return;
  print_address(line, view, kSourceAt);
  line.print(".{:04x} > ", view.u16(kSourceAt + 10));
  print_address(line, view, kDestinationAt);
  const std::uint16_t socket = view.u16(kDestinationAt + 10);
  line.print(".{:04x}: ", socket);
  const std::size_t length = view.u16(2);
  if (length < kHeader) {
    line.print("[length {} < {}]", length, kHeader);
    return line.put_invalid();
  }
  print_body(line, view.claiming(length).from(kHeader), socket);
}

}  // namespace weir::packet::ipx
