// Open Shortest Path First, version 2 (RFC 2328), with link-local signaling (RFC 5613).
#include <algorithm>

#include "packet/print/named.h"
#include "packet/print/printers.h"
#include "packet/print/routing/ospf_hello.h"
#include "packet/print/routing/ospf_lsa.h"

namespace weir::packet::ospf {
namespace packets {
namespace {

constexpr Field kFields[] = {
    {.name = "ospf.version", .offset = 0, .size = 1},
    {.name = "ospf.msg", .offset = 1, .size = 1},
    {.name = "ospf.packet_length", .offset = 2, .size = 2},
    {.name = "ospf.srcrouter", .offset = 4, .size = 4, .show = Show::kIp4},
    {.name = "ospf.area_id", .offset = 8, .size = 4, .show = Show::kIp4},
    {.name = "ospf.checksum", .offset = 12, .size = 2, .show = Show::kHex},
    {.name = "ospf.auth.type", .offset = 14, .size = 2},
};
constexpr Protocol kOspf{.name = "ospf2", .fields = kFields};
constexpr Field kHelloInterval{.name = "ospf.hello.hello_interval"};
constexpr Field kDeadInterval{.name = "ospf.hello.router_dead_interval"};
constexpr Field kMask{.name = "ospf.hello.network_mask", .show = Show::kIp4};
constexpr Field kPriority{.name = "ospf.hello.router_priority"};
constexpr Field kDesignated{.name = "ospf.hello.designated_router", .show = Show::kIp4};
constexpr Field kBackup{.name = "ospf.hello.backup_designated_router", .show = Show::kIp4};
constexpr Field kNeighbor{.name = "ospf.hello.active_neighbor", .show = Show::kIp4};
constexpr Field kSequence{.name = "ospf.db.dd_sequence", .show = Show::kHex};

constexpr std::size_t kHeader = 24;
constexpr std::size_t kTrailer = 16;  // behind the packet, with MD5

enum Type : std::uint8_t { kHello = 1, kDescription };
constexpr std::uint8_t kLocalSignaling = 0x10;

constexpr Named kOptions[] = {
    {0x01, "MultiTopology"},  {0x02, "External"},       {0x04, "Multicast"}, {0x08, "NSSA"},
    {kLocalSignaling, "LLS"}, {0x20, "Demand Circuit"}, {0x40, "Opaque"},    {0x80, "Up/Down"},
};
constexpr Named kDescriptionFlags[] = {
    {0x04, "Init"}, {0x02, "More"}, {0x01, "Master"}, {0x08, "OOBResync"}};

enum Authentication : std::uint16_t { kNone, kSimple, kMd5 };
constexpr Named kAuthentications[] = {{kNone, "none"}, {kSimple, "simple"}, {kMd5, "MD5"}};

constexpr Named kSignals[] = {{1, "Extended Options"}, {2, "MD5 Authentication"}};
constexpr Named kExtendedOptions[] = {{1, "LSDB resync"}, {2, "Restart"}};

std::string options_text(std::uint8_t options) {
  return bit_names(kOptions, options, ", ", "none");
}

// In each, `body` begins behind the header and claims what the packet's length leaves.

void tell_hello(Line& line, const View& body) {
  line.field(kMask, body, 0, 4);
  line.field(kHelloInterval, body, 4, 2);
  line.field(kPriority, body, 7, 1);
  line.field(kDeadInterval, body, 8, 4);
  line.field(kDesignated, body, 12, 4);
  line.field(kBackup, body, 16, 4);
}

void print_neighbors(Line& line, const View& list) {
  if (list.length() != 0) line.put("\n\t  Neighbor List:");
  for (View left = list; left.length() != 0 && !line.cut(); left = left.from(4))
    print_neighbor(line, left, kNeighbor);
}

void print_hello(Line& line, const View& body) {
  line.print("\n\tOptions [{}]", options_text(body.u8(6)));
  tell_hello(line, body);
  line.print("\n\t  Hello Timer {}s, Dead Timer {}s, Mask {}, Priority {}", body.u16(4),
             body.u32(8), line.host4_text(body.u32(0)), body.u8(7));
  print_router(line, body, 12, "\n\t  Designated Router ");
  print_router(line, body, 16, ", Backup Designated Router ");
  print_neighbors(line, body.from(20));
}

void print_description(Line& line, const View& body) {
  line.print("\n\tOptions [{}]", options_text(body.u8(2)));
  line.print(", DD Flags [{}]", bit_names(kDescriptionFlags, body.u8(3), ", ", "none"));
  if (const std::uint16_t mtu = body.u16(0); mtu != 0) line.print(", MTU: {}", mtu);
  line.field(kSequence, body, 4, 4);
  line.print(", Sequence: 0x{:08x}", body.u32(4));
  View left = body.from(8);
  while (left.length() != 0 && !line.cut() && print_header(line, left) != 0)
    left = left.from(kAdvertisementHeader);
}

void print_request(Line& line, const View& body) {
  constexpr std::size_t kSize = 12;
  for (View left = body; left.length() != 0 && left.need(0, kSize); left = left.from(kSize)) {
    line.put("\n\t  Advertising Router: ");
    line.host4(left.u32(8));
    line.put(", ");
    print_identity(line, left, 4, left.u32(0), ":");
  }
}

void print_update(Line& line, const View& body) {
  const std::uint32_t count = body.u32(0);
  line.print(", {} LSA{}", count, count == 1 ? "" : "s");
  View left = body.from(4);
  for (std::uint32_t i = 1; i <= count && !line.cut(); ++i) {
    line.print("\n\t  LSA #{}", i);
    const std::size_t length = print_advertisement(line, left);
    if (length == 0) return body.mark().set();
    left = left.from(length);
    if (i == 0xffffffff) return;
  }
}

// Whatever length the packet claims: until one is cut short or broken.
void print_acknowledgment(Line& line, const View& body) {
  View left = body;
  while (!line.cut() && print_header(line, left) != 0) left = left.from(kAdvertisementHeader);
}

struct Message {
  std::uint8_t type;
  std::string_view name;
  Printer print;
};
constexpr Message kMessages[] = {
    {kHello, "Hello", print_hello},      {kDescription, "Database Description", print_description},
    {3, "LS-Request", print_request},    {4, "LS-Update", print_update},
    {5, "LS-Ack", print_acknowledgment},
};

// False when nothing should follow.
bool print_authentication(Line& line, const View& view) {
  if (!view.need(16, 8)) return false;
  const std::uint16_t type = view.u16(14);
  line.print(", Authentication Type: {} ({})", name_of(kAuthentications, type, "unknown"), type);
  if (type == kSimple) {
    line.put("\n\tSimple text password: ");
    line.zero_padded(view, 16, 8);
  } else if (type == kMd5) {
    line.print("\n\tKey-ID: {}, Auth-Length: {}, Crypto Sequence Number: 0x{:08x}", view.u8(18),
               view.u8(19), view.u32(20));
  }
  return type <= kMd5;
}

// Returns its length.
std::size_t print_signal(Line& line, const View& left) {
  const std::uint16_t type = left.u16(0);
  line.print("\n\t    {} ({})", name_of(kSignals, type, "Unknown TLV"), type);
  std::size_t length = left.u16(2);
  line.print(", length: {}", length);
  const std::size_t wanted = type == 1 ? 4 : type == 2 ? 20 : length;
  if (length != wanted) {
    line.print(" [should be {}]", wanted);
    length = wanted;
  }
  if (type == 1) {
    const std::uint32_t options = left.u32(4);
    line.print("\n\t      Options: 0x{:08x} [{}]", options,
               bit_names(kExtendedOptions, options, ", ", "?"));
  } else if (type == 2) {
    line.print("\n\t      Sequence number: 0x{:08x}", left.u32(4));
  }
  return 4 + length;
}

bool has_signals(const View& view, std::uint8_t type) {
  if (type == kHello) return (view.u8(kHeader + 6) & kLocalSignaling) != 0;
  return type == kDescription && (view.u8(kHeader + 2) & kLocalSignaling) != 0;
}

// `view` claims all that IP carried.
void print_signals(Line& line, const View& view, std::size_t packet_length) {
  std::size_t begin = packet_length;
  if (view.u16(14) == kMd5) begin += view.u8(19);
  if (begin >= view.length()) return line.put("\n\t[LLS truncated]");
  View left = view.from(begin);
  line.print("\n\t  LLS: checksum: 0x{:04x}", left.u16(0));
  line.print(", length: {}", left.u16(2));
  left = left.from(4);
  while (left.length() != 0 && !line.cut()) left = left.from(print_signal(line, left));
}

void print_area(Line& line, const View& view) {
  const std::uint32_t router = view.u32(4);
  line.put("\n\tRouter-ID ");
  line.host4(router);
  const std::uint32_t area = view.u32(8);
  if (area == 0) return line.put(", Backbone Area");
  line.put(", Area ");
  line.host4(area);
}

void print_details(Line& line, const View& view, const Message& message) {
  const std::size_t claimed = view.u16(2);
  if (view.length() != claimed) line.print(" [len {}]", claimed);
  print_area(line, view);
  if (!print_authentication(line, view)) return;
  const std::uint8_t version = view.u8(0);
  if (version != 2) return line.print(" ospf [version {}]", version);
  message.print(line, view.claiming(std::min(claimed, view.length())).from(kHeader));
  if (view.length() > claimed && has_signals(view, message.type))
    print_signals(line, view, claimed);
}

// Without what stands behind the packet.
View without_trailer(const View& view) {
  if (view.u16(14) != kMd5 || view.captured() < kTrailer) return view;
  const auto length = static_cast<std::uint32_t>(view.length()) - std::uint32_t{kTrailer};
  return view.limited_to(view.captured() - kTrailer).claiming(length);
}

}  // namespace
}  // namespace packets

void print(Line& line, const View& whole, const IpContext&) {
  line.begin_layer(packets::kOspf, whole);
  const View view = packets::without_trailer(whole);
  const std::uint8_t type = view.u8(1);
  const auto found = std::ranges::find(packets::kMessages, type, &packets::Message::type);
  const bool known = found != std::ranges::end(packets::kMessages);
  const std::string name =
      known ? std::string(found->name) : fmt::format("unknown LS-type {}", type);
  line.print("OSPFv{}, {}, length {}", view.u8(0), name, view.length());
  if (known && line.verbose()) packets::print_details(line, view, *found);
}

}  // namespace weir::packet::ospf
