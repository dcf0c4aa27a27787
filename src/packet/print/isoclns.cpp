// The network layer of OSI (ISO 9577): which protocol it is, and IS-IS (ISO 10589) in short.
#include <algorithm>

#include "packet/print/named.h"
#include "packet/print/pieces.h"
#include "packet/print/printers.h"

namespace weir::packet::isoclns {
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
constexpr Protocol kOsi{.name = "isoclns"};
constexpr Protocol kIsIs{.name = "isis", .fields = kFields};

constexpr std::size_t kHeader = 8;
constexpr std::size_t kSystemId = 6;
constexpr std::size_t kNodeId = 7;
constexpr std::size_t kLinkStateId = 8;

// "1921.6800.1001.00-00", as much of it as there is.
std::string id_text(const View& view, std::size_t at, std::size_t size) {
  std::string out;
  for (std::size_t i = 0; i < size; ++i) {
    const std::string_view separator = i == 7 ? "-" : i == 6 || i == 2 || i == 4 ? "." : "";
    out += fmt::format("{}{:02x}", separator, view.u8(at + i));
  }
  return out;
}

// What is shown of each kind of packet; `view` begins with the common header.

void print_lan_hello(Line& line, const View& view) {
  line.print(", src-id {}", id_text(view, 9, kSystemId));
  line.print(", lan-id {}, prio {}", id_text(view, 20, kNodeId), view.u8(19));
}

void print_hello(Line& line, const View& view) {
  line.print(", src-id {}", id_text(view, 9, kSystemId));
}

void print_link_state(Line& line, const View& view) {
  line.print(", lsp-id {}, seq 0x{:08x}, lifetime {:5}s", id_text(view, 12, kLinkStateId),
             view.u32(20), view.u16(10));
}

void print_sequence_numbers(Line& line, const View& view) {
  line.print(", src-id {}", id_text(view, 10, kNodeId));
}

struct Packet {
  std::uint8_t type;
  std::string_view name;
  std::size_t header;  // of the packet, with the common one
  std::size_t told;    // what tcpdump tells that it should be
  std::string_view complaint;
  Printer print;
};
constexpr std::string_view kComma = ", ";
constexpr Packet kPackets[] = {
    {15, "L1 Lan IIH", 27, 27, kComma, print_lan_hello},
    {16, "L2 Lan IIH", 27, 27, kComma, print_lan_hello},
    {17, "p2p IIH", 20, 20, kComma, print_hello},
    {18, "L1 LSP", 27, 19, kComma, print_link_state},
    {20, "L2 LSP", 27, 19, kComma, print_link_state},
    {24, "L1 CSNP", 33, 33, kComma, print_sequence_numbers},
    {25, "L2 CSNP", 33, 33, kComma, print_sequence_numbers},
    {26, "L1 PSNP", 17, 17, "- ", print_sequence_numbers},
    {27, "L2 PSNP", 17, 17, "- ", print_sequence_numbers},
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

// False when nothing is known of it, and it should be shown in hex.
bool print_known_packet(Line& line, const View& view) {
  if (!line.options().link_header) line.put("IS-IS");
  if (!is_good_header(line, view)) return false;
  const std::uint8_t type = view.u8(4);
  const auto found = std::ranges::find(kPackets, type, &Packet::type);
  const bool known = found != std::ranges::end(kPackets);
  line.print("{}{}", line.options().link_header ? "" : ", ",
             known ? std::string(found->name) : fmt::format("unknown PDU-Type {}", type));
  if (known) {
    const std::uint8_t header = view.u8(1);
    if (header != found->header) {
      line.print("{}bogus fixed header length {} should be {}", found->complaint, header,
                 found->told);
      return false;
    }
    if (!view.has(0, found->header)) {
      line.put_cut();
      return true;
    }
    found->print(line, view);
  }
  line.print(", length {}", view.length());
  return true;
}

void print_isis(Line& line, const View& view) {
  line.begin_layer(kIsIs, view);
  if (!view.has(0, kHeader) || view.length() < kHeader) return line.put_cut();
  if (!print_known_packet(line, view)) put_unknown(line, view, 0, view.length(), "\n\t");
}

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
      return print_isis(line, view);
    case kIp4:
      return ip4::print(line, payload);
    case kIp6:
      return ip6::print(line, payload);
    default:
      return print_other(line, view, protocol);
  }
}

}  // namespace weir::packet::isoclns
