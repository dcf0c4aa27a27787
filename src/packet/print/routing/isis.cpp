// IS-IS (ISO 10589, RFC 1195): its packets.
#include <algorithm>

#include "packet/print/named.h"
#include "packet/print/pieces.h"
#include "packet/print/printers.h"
#include "packet/print/routing/isis_elements.h"

namespace weir::packet::isis {
namespace packets {
namespace {

constexpr Field kFields[] = {
    {.name = "isis.irpd", .offset = 0, .size = 1, .show = Show::kHex},
    {.name = "isis.len", .offset = 1, .size = 1},
    {.name = "isis.version", .offset = 2, .size = 1},
    {.name = "isis.sysid_len", .offset = 3, .size = 1},
    {.name = "isis.type", .offset = 4, .size = 1, .mask = 0x1f},
    {.name = "isis.version2", .offset = 5, .size = 1},
    {.name = "isis.max_area_adr", .offset = 7, .size = 1},
};
constexpr Protocol kIsIs{.name = "isis", .fields = kFields};

constexpr std::size_t kHeader = 8;

// What is shown of each kind of packet, without -v and with it; `view` begins with the common
// header.

void print_short_lan_hello(Line& line, const View& view) {
  line.print(", src-id {}", id_text(view, 9, kSystemId));
  line.print(", lan-id {}, prio {}", id_text(view, 20, kNodeId), view.u8(19));
}

void print_short_hello(Line& line, const View& view) {
  line.print(", src-id {}", id_text(view, 9, kSystemId));
}

void print_short_link_state(Line& line, const View& view) {
  line.print(", lsp-id {}, seq 0x{:08x}, lifetime {:5}s", id_text(view, 12, kLinkStateId),
             view.u32(20), view.u16(10));
}

void print_short_numbers(Line& line, const View& view) {
  line.print(", src-id {}", id_text(view, 10, kNodeId));
}

std::string circuit_text(std::uint8_t type) {
  static constexpr Named kTypes[] = {
      {1, "Level 1 only"}, {2, "Level 2 only"}, {3, "Level 1, Level 2"}};
  return named(kTypes, type, "unknown circuit type 0x{:02x}");
}

void print_lan_hello(Line& line, const View& view) {
  line.print("\n\t  source-id: {},  holding time: {}s, Flags: [{}]", id_text(view, 9, kSystemId),
             view.u16(15), circuit_text(view.u8(8)));
  line.print("\n\t  lan-id:    {}, Priority: {}, PDU length: {}", id_text(view, 20, kNodeId),
             view.u8(19) & 0x7f, view.u16(17));
}

void print_hello(Line& line, const View& view) {
  line.print("\n\t  source-id: {}, holding time: {}s, Flags: [{}]", id_text(view, 9, kSystemId),
             view.u16(15), circuit_text(view.u8(8)));
  line.print("\n\t  circuit-id: 0x{:02x}, PDU length: {}", view.u8(19), view.u16(17));
}

void print_attachment(Line& line, std::uint8_t bits) {
  static constexpr Named kMetrics[] = {
      {0x08, "default "}, {0x10, "delay "}, {0x20, "expense "}, {0x40, "error "}};
  if ((bits & 0x78) != 0) line.print("{}ATT bit set, ", bit_names(kMetrics, bits, "", ""));
}

void print_link_state(Line& line, const View& view) {
  static constexpr std::string_view kTypes[] = {"Unused 0x0 (invalid)", "L1 IS",
                                                "Unused 0x2 (invalid)", "L2 IS"};
  const std::uint16_t checksum = view.u16(24);
  line.print("\n\t  lsp-id: {}, seq: 0x{:08x}, lifetime: {:5}s\n\t  chksum: 0x{:04x}",
             id_text(view, 12, kLinkStateId), view.u32(20), view.u16(10), checksum);
  line.put(checksum_text(view.from(12), 12, view.length() - 12, checksum));
  const std::uint8_t bits = view.u8(26);
  line.print(", PDU length: {}, Flags: [ {}", view.u16(8),
             (bits & 4) != 0 ? "Overload bit set, " : "");
  print_attachment(line, bits);
  line.print("{}{} ]", (bits & 0x80) != 0 ? "P bit set, " : "", kTypes[bits & 3]);
}

void print_partial_numbers(Line& line, const View& view) {
  line.print("\n\t  source-id:    {}, PDU length: {}", id_text(view, 10, kNodeId), view.u16(8));
}

void print_complete_numbers(Line& line, const View& view) {
  print_partial_numbers(line, view);
  line.print("\n\t  start lsp-id: {}", id_text(view, 17, kLinkStateId));
  line.print("\n\t  end lsp-id:   {}", id_text(view, 25, kLinkStateId));
}

struct Packet {
  std::uint8_t type;
  std::string_view name;
  std::size_t header;  // of the packet, with the common one
  std::size_t told;    // what tcpdump tells that it should be
  std::string_view complaint;
  std::size_t length_at;
  Printer print_short;
  Printer print;
};
constexpr std::string_view kComma = ", ";
constexpr Packet kPackets[] = {
    {15, "L1 Lan IIH", 27, 27, kComma, 17, print_short_lan_hello, print_lan_hello},
    {16, "L2 Lan IIH", 27, 27, kComma, 17, print_short_lan_hello, print_lan_hello},
    {17, "p2p IIH", 20, 20, kComma, 17, print_short_hello, print_hello},
    {18, "L1 LSP", 27, 19, kComma, 8, print_short_link_state, print_link_state},
    {20, "L2 LSP", 27, 19, kComma, 8, print_short_link_state, print_link_state},
    {24, "L1 CSNP", 33, 33, kComma, 8, print_short_numbers, print_complete_numbers},
    {25, "L2 CSNP", 33, 33, kComma, 8, print_short_numbers, print_complete_numbers},
    {26, "L1 PSNP", 17, 17, "- ", 8, print_short_numbers, print_partial_numbers},
    {27, "L2 PSNP", 17, 17, "- ", 8, print_short_numbers, print_partial_numbers},
};

bool is_good_header(Line& line, const View& view) {
  const std::uint8_t header = view.u8(1);
  const std::uint8_t version = view.u8(2);
  const std::uint8_t id_length = view.u8(3);
  const std::uint8_t version2 = view.u8(5);
  if (version != 1 || (id_length != kSystemId && id_length != 0) || version2 != 1) {
    if (version == 1 && id_length != kSystemId && id_length != 0) {
      line.print("system ID length of {} is not supported", id_length);
    } else {
      line.print("version {} packet not supported", version != 1 ? version : version2);
    }
    return false;
  }
  if (view.length() < header) {
    line.print("fixed header length {} > packet length {}", header, view.length());
  } else if (header < kHeader) {
    line.print("fixed header length {} < minimum header size {}", header, kHeader);
  } else if (view.u8(7) == 255) {
    line.put("bad packet -- 255 areas");
  } else {
    return true;
  }
  return false;
}

// The line of what all packets have; dumps it, too, from -vv on.
void print_common(Line& line, const View& view, const Packet* packet) {
  const std::uint8_t type = view.u8(4);
  const std::uint8_t areas = view.u8(7);
  line.print("{}length {}", line.options().link_header ? "" : ", ", view.length());
  line.print("\n\t{}, hlen: {}, v: {}, pdu-v: {}, sys-id-len: 6 ({}), max-area: {} ({})",
             packet != nullptr ? std::string(packet->name) : fmt::format("unknown, type {}", type),
             view.u8(1), view.u8(2), view.u8(5), view.u8(3), areas == 0 ? 3 : areas, areas);
  if (line.verbose(2)) put_unknown(line, view, 0, kHeader, "\n\t");
}

void print_details(Line& line, const View& view, const Packet& packet) {
  const View whole =
      view.claiming(std::min<std::size_t>(view.length(), view.u16(packet.length_at)));
  packet.print(line, whole);
  if (line.verbose(2)) put_unknown(line, view, kHeader, packet.header - kHeader, "\n\t  ");
  if (whole.length() < packet.header) {
    line.print(" [packet length {} < {}]", whole.length(), packet.header);
    return line.put_invalid();
  }
  print_elements(line, whole.from(packet.header));
}

// False when the header is wrong, and nothing more should be shown of it.
bool is_whole(Line& line, const View& view, const Packet& packet) {
  const std::uint8_t header = view.u8(1);
  if (header == packet.header) return true;
  line.print("{}bogus fixed header length {} should be {}", packet.complaint, header, packet.told);
  return false;
}

// False when it should be shown in hex.
bool print_packet(Line& line, const View& view) {
  if (!line.options().link_header) line.put("IS-IS");
  if (!is_good_header(line, view)) return false;
  const std::uint8_t type = view.u8(4);
  const auto found = std::ranges::find(kPackets, type, &Packet::type);
  const Packet* packet = found == std::ranges::end(kPackets) ? nullptr : found;
  if (line.verbose()) {
    print_common(line, view, packet);
  } else {
    line.print(
        "{}{}", line.options().link_header ? "" : ", ",
        packet != nullptr ? std::string(packet->name) : fmt::format("unknown PDU-Type {}", type));
  }
  if (packet != nullptr && !is_whole(line, view, *packet)) return false;
  if (packet == nullptr && line.verbose()) {
    put_unknown(line, view, kHeader, view.length(), "\n\t  ");
    return false;
  }
  if (packet != nullptr && !view.has(0, packet->header)) {
    line.put_cut();
  } else if (packet != nullptr && line.verbose()) {
    print_details(line, view, *packet);
  } else {
    if (packet != nullptr) packet->print_short(line, view);
    line.print(", length {}", view.length());
  }
  return true;
}

}  // namespace
}  // namespace packets

void print(Line& line, const View& view) {
  using namespace packets;
  line.begin_layer(kIsIs, view);
  if (!view.has(0, kHeader) || view.length() < kHeader) return line.put_cut();
  if (!print_packet(line, view)) put_unknown(line, view, 0, view.length(), "\n\t");
}

}  // namespace weir::packet::isis
