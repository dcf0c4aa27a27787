// Open Shortest Path First, version 3 (RFC 5340), with its trailers (RFC 5613, RFC 7166).
#include <algorithm>

#include "packet/print/named.h"
#include "packet/print/pieces.h"
#include "packet/print/printers.h"
#include "packet/print/routing/ospf6_lsa.h"
#include "packet/print/routing/ospf_hello.h"

namespace weir::packet::ospf6 {
namespace packets {
namespace {

constexpr Field kFields[] = {
    {.name = "ospf.version", .offset = 0, .size = 1},
    {.name = "ospf.msg", .offset = 1, .size = 1},
    {.name = "ospf.packet_length", .offset = 2, .size = 2},
    {.name = "ospf.srcrouter", .offset = 4, .size = 4, .show = Show::kIp4},
    {.name = "ospf.area_id", .offset = 8, .size = 4, .show = Show::kIp4},
    {.name = "ospf.checksum", .offset = 12, .size = 2, .show = Show::kHex},
    {.name = "ospf.instance_id", .offset = 14, .size = 1},
};
constexpr Protocol kOspf{.name = "ospf3", .fields = kFields};
constexpr Field kInterface{.name = "ospf.v3.hello.interface_id"};
constexpr Field kPriority{.name = "ospf.v3.hello.router_priority"};
constexpr Field kHelloInterval{.name = "ospf.v3.hello.hello_interval"};
constexpr Field kDeadInterval{.name = "ospf.v3.hello.router_dead_interval"};
constexpr Field kDesignated{.name = "ospf.v3.hello.designated_router", .show = Show::kIp4};
constexpr Field kBackup{.name = "ospf.v3.hello.backup_designated_router", .show = Show::kIp4};
constexpr Field kNeighbor{.name = "ospf.v3.hello.active_neighbor", .show = Show::kIp4};

constexpr std::size_t kHeader = 16;
constexpr std::uint32_t kLocalSignaling = 0x0200;

enum Type : std::uint8_t { kHello = 1, kDescription };

constexpr Named kDescriptionFlags[] = {
    {0x04, "Init"}, {0x02, "More"}, {0x01, "Master"}, {0x10, "IPv6 MTU"}};

void tell_hello(Line& line, const View& body) {
  line.field(kInterface, body, 0, 4);
  line.field(kPriority, body, 4, 1);
  line.field(kHelloInterval, body, 8, 2);
  line.field(kDeadInterval, body, 10, 2);
  line.field(kDesignated, body, 12, 4);
  line.field(kBackup, body, 16, 4);
}

void print_neighbors(Line& line, const View& list) {
  line.put("\n\t  Neighbor List:");
  for (View left = list; left.length() != 0 && left.need(0, 4); left = left.from(4))
    ospf::print_neighbor(line, left, kNeighbor);
}

// In each, `body` begins behind the header and claims what the packet's length leaves. False when
// it is cut short.

bool print_hello(Line& line, const View& body) {
  line.print("\n\tOptions [{}]", options_text(body.u32(4)));
  tell_hello(line, body);
  line.print("\n\t  Hello Timer {}s, Dead Timer {}s, Interface-ID {}, Priority {}", body.u16(8),
             body.u16(10), line.host4_text(body.u32(0)), body.u8(4));
  ospf::print_router(line, body, 12, "\n\t  Designated Router ");
  ospf::print_router(line, body, 16, ", Backup Designated Router ");
  if (line.verbose(2)) print_neighbors(line, body.from(20));
  return true;
}

bool print_headers(Line& line, const View& list) {
  for (View left = list; left.length() != 0 && !line.cut(); left = left.from(kAdvertisementHeader))
    if (!print_header(line, left)) return false;
  return true;
}

bool print_description(Line& line, const View& body) {
  line.print("\n\tOptions [{}]", options_text(body.u32(0)));
  line.print(", DD Flags [{}]", bit_names(kDescriptionFlags, body.u8(7), ", ", "none"));
  line.print(", MTU {}, DD-Sequence 0x{:08x}", body.u16(4), body.u32(8));
  return !line.verbose(2) || print_headers(line, body.from(12));
}

bool print_request(Line& line, const View& body) {
  constexpr std::size_t kSize = 12;
  if (!line.verbose(2)) return true;
  for (View left = body; left.length() != 0; left = left.from(kSize)) {
    if (!left.has(0, kSize)) return false;
    line.put("\n\t  Advertising Router ");
    line.host4(left.u32(8));
    print_identity(line, left.u16(2), left.u32(4));
  }
  return true;
}

bool print_update(Line& line, const View& body) {
  if (!line.verbose(2)) return true;
  std::uint32_t count = body.u32(0);
  View left = body.from(4);
  for (; left.length() != 0 && count != 0 && !line.cut(); --count) {
    const std::size_t length = print_advertisement(line, left);
    if (length == 0) return false;
    left = left.from(length);
  }
  return true;
}

bool print_acknowledgment(Line& line, const View& body) {
  return !line.verbose(2) || print_headers(line, body);
}

struct Message {
  std::uint8_t type;
  std::string_view name;
  bool (*print)(Line&, const View&);
};
constexpr Message kMessages[] = {
    {kHello, "Hello", print_hello},      {kDescription, "Database Description", print_description},
    {3, "LS-Request", print_request},    {4, "LS-Update", print_update},
    {5, "LS-Ack", print_acknowledgment},
};

bool has_signals(const View& view, std::uint8_t type) {
  if (type == kHello) return (view.u32(kHeader + 4) & kLocalSignaling) != 0;
  return type == kDescription && (view.u32(kHeader) & kLocalSignaling) != 0;
}

// Returns how long they are, or nothing when they are cut short.
std::optional<std::size_t> print_signals(Line& line, const View& trailer) {
  constexpr std::size_t kSignalsHeader = 4;
  if (trailer.length() == 0) return 0;
  if (trailer.length() < kSignalsHeader) return {};
  line.print("\n\tLLS Checksum 0x{:04x}", trailer.u16(0));
  const std::size_t length = trailer.u16(2);
  line.print(", Data Length {}", length);
  if (length < kSignalsHeader || length > trailer.length()) return {};
  if (!trailer.has(kSignalsHeader, length - kSignalsHeader)) return {};
  return length;
}

bool print_authentication(Line& line, const View& trailer) {
  constexpr std::size_t kFixed = 16;
  if (trailer.length() == 0) return true;
  if (trailer.length() < kFixed) return false;
  const std::uint16_t type = trailer.u16(0);
  line.print("\n\tAuthentication Type {}",
             type == 1 ? std::string("HMAC") : fmt::format("unknown (0x{:04x})", type));
  const std::size_t length = trailer.u16(2);
  line.print(", Length {}", length);
  if (length < kFixed || length > trailer.length()) return false;
  line.print(", SAID {}", trailer.u16(6));
  line.print(", CSN 0x{:08x}", trailer.u32(8));
  line.print(":{:08x}", trailer.u32(12));
  if (!trailer.has(kFixed, length - kFixed)) return false;
  if (line.verbose(2))
    put_unknown(line, trailer, kFixed, length - kFixed, "\n\tAuthentication Data ");
  return true;
}

// Signals may come first, then what authenticates the packet.
bool print_trailer(Line& line, const View& view, std::uint8_t type, const View& trailer) {
  if (!has_signals(view, type)) return print_authentication(line, trailer);
  const auto length = print_signals(line, trailer);
  return length && print_authentication(line, trailer.from(*length));
}

void print_area(Line& line, const View& view) {
  const std::uint32_t router = view.u32(4);
  line.put("\n\tRouter-ID ");
  line.host4(router);
  const std::uint32_t area = view.u32(8);
  if (area == 0) {
    line.put(", Backbone Area");
  } else {
    line.put(", Area ");
    line.host4(area);
  }
  if (const std::uint8_t instance = view.u8(14); instance != 0)
    line.print(", Instance {}", instance);
}

void print_details(Line& line, const View& view, const Message& message) {
  const std::size_t claimed = view.u16(2);
  if (claimed > view.length()) return line.print(" [len {}]", claimed);
  print_area(line, view);
  if (view.u8(0) != 3) return;
  if (!message.print(line, view.claiming(claimed).from(kHeader)) ||
      !print_trailer(line, view, message.type, view.from(claimed)))
    line.put_cut();
}

}  // namespace
}  // namespace packets

void print(Line& line, const View& view) {
  using namespace packets;
  line.begin_layer(kOspf, view);
  const std::uint8_t type = view.u8(1);
  const auto found = std::ranges::find(kMessages, type, &Message::type);
  const bool known = found != std::ranges::end(kMessages);
  const std::string name =
      known ? std::string(found->name) : fmt::format("unknown packet type ({})", type);
  line.print("OSPFv{}, {}, length {}", view.u8(0), name, view.length());
  if (known && line.verbose()) print_details(line, view, *found);
}

}  // namespace weir::packet::ospf6
