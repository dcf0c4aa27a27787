// Novell's IPX, with its routing (RIP) and service (SAP) announcements.
#include <algorithm>

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
constexpr std::size_t kNetwork = 4, kNode = 6;
constexpr std::size_t kDestination = 6, kSource = 18;  // network, node, and socket

void put_address(Line& line, const View& view, std::size_t at) {
  const std::uint32_t network = view.u32(at);
  const auto node = view.bytes(at + kNetwork, kNode);
  line.print("{:08x}.", network);
  line.text().mac(node);
}

void put_socket(Line& line, const View& view, std::size_t at) {
  const std::uint16_t socket = view.u16(at + kNetwork + kNode);
  put_address(line, view, at);
  line.print(".{:04x}", socket);
}

// One announced service; false when the list does not hold it.
bool print_service(Line& line, const View& entry) {
  constexpr std::size_t kName = 2, kNameSize = 48, kAddress = kName + kNameSize, kSize = 64;
  if (entry.length() < kName) return false;
  line.print(" {:04x} '", entry.u16(0));
  if (entry.length() >= kAddress) line.zero_padded(entry, kName, kNameSize);
  line.put('\'');
  if (entry.length() < kAddress + kNetwork + kNode) return false;
  if (!entry.need(kAddress, kNetwork + kNode)) return true;
  line.put(" addr ");
  put_address(line, entry, kAddress);
  return entry.length() >= kSize && entry.need(0, kSize);
}

void print_sap(Line& line, const View& view) {
  constexpr std::uint16_t kRequest = 1, kResponse = 2, kNearestRequest = 3, kNearestResponse = 4;
  constexpr std::size_t kEntry = 64, kMostEntries = 8;
  const std::uint16_t command = view.u16(0);
  if (view.length() < 2) return line.put_invalid();
  View rest = view.from(2);
  if (command == kRequest || command == kNearestRequest) {
    line.print("ipx-sap-{}req {:04x}", command == kRequest ? "" : "nearest-", rest.u16(0));
  } else if (command == kResponse || command == kNearestResponse) {
    line.print("ipx-sap-{}resp", command == kResponse ? "" : "nearest-");
    for (std::size_t i = 0; i < kMostEntries && rest.length() != 0 && !line.cut(); ++i) {
      if (!print_service(line, rest)) return line.put_invalid();
      rest = rest.from(kEntry);
    }
  } else {
    line.print("ipx-sap-?{:x}", command);
  }
}

void print_rip(Line& line, const View& view) {
  constexpr std::uint16_t kRequest = 1, kResponse = 2;
  constexpr std::size_t kEntry = 8, kMostEntries = 50;
  const std::uint16_t command = view.u16(0);
  if (view.length() < 2) return line.put_invalid();
  if (command != kRequest && command != kResponse) return line.print("ipx-rip-?{:x}", command);
  line.put(command == kRequest ? "ipx-rip-req" : "ipx-rip-resp");
  View rest = view.from(2);
  const std::size_t most = command == kRequest ? 1 : kMostEntries;
  for (std::size_t i = 0; i < most && rest.length() != 0 && !line.cut(); ++i) {
    if (rest.length() < kEntry) return line.put_invalid();
    line.print(" {:08x}/{}.{}", rest.u32(0), rest.u16(4), rest.u16(6));
    rest = rest.from(kEntry);
  }
}

constexpr std::uint16_t kSap = 0x0452, kRip = 0x0453;
constexpr Named kSockets[] = {
    {0x0451, "ncp"}, {0x0455, "netbios"}, {0x0456, "diags"}, {0x0553, "nwlink-dgm"}};

void print_payload(Line& line, std::uint16_t socket, const View& payload) {
  if (socket == kSap) return print_sap(line, payload);
  if (socket == kRip) return print_rip(line, payload);
  line.print("ipx-{} {}", named(kSockets, socket, "#{:x}"), payload.length());
}

}  // namespace

void print(Line& line, const View& view) {
  line.begin_layer(kIpx, view);
  if (!line.options().link_header) line.put("IPX ");
  put_socket(line, view, kSource);
  line.put(" > ");
  put_socket(line, view, kDestination);
  line.put(": ");
  const std::size_t length = view.u16(2);
  if (line.cut()) return;
  if (length < kHeader) {
    line.print("[length {} < {}]", length, kHeader);
    return line.put_invalid();
  }
  print_payload(line, view.u16(kDestination + kNetwork + kNode),
                view.from(kHeader).claiming(length - kHeader));
}

}  // namespace weir::packet::ipx
