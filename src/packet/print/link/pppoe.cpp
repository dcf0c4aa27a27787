// PPP over Ethernet (RFC 2516, RFC 4638): discovery with its tags, and sessions.
#include <algorithm>

#include "packet/print/named.h"
#include "packet/print/printers.h"

namespace weir::packet::pppoe {
namespace {

constexpr Field kFields[] = {
    {.name = "pppoe.ver", .offset = 0, .size = 1, .mask = 0xf0},
    {.name = "pppoe.type", .offset = 0, .size = 1, .mask = 0x0f},
    {.name = "pppoe.code", .offset = 1, .size = 1, .show = Show::kHex},
    {.name = "pppoe.session_id", .offset = 2, .size = 2, .show = Show::kHex},
    {.name = "pppoe.payload_length", .offset = 4, .size = 2},
};
constexpr Protocol kPppoe{.name = "pppoe", .fields = kFields};
constexpr std::size_t kHeader = 6;

constexpr std::uint8_t kSession = 0x00, kInitiation = 0x09;
constexpr Named kCodes[] = {
    {kInitiation, "PADI"}, {0x07, "PADO"}, {0x19, "PADR"},
    {0x65, "PADS"},        {0xa7, "PADT"}, {kSession, ""},
};
// What an initiation may hold, so that relays have room to add a tag of theirs.
constexpr std::size_t kLongestInitiation = 1484 - kHeader;

struct Tag {
  std::uint16_t type;
  std::string_view name;
  Field field;
};
constexpr std::uint16_t kEndOfList = 0;
constexpr Tag kTags[] = {
    {kEndOfList, "EOL", {.name = "pppoed.tags.end", .show = Show::kBytes}},
    {0x0101, "Service-Name", {.name = "pppoed.tags.service_name", .show = Show::kText}},
    {0x0102, "AC-Name", {.name = "pppoed.tags.ac_name", .show = Show::kText}},
    {0x0103, "Host-Uniq", {.name = "pppoed.tags.host_uniq", .show = Show::kBytes}},
    {0x0104, "AC-Cookie", {.name = "pppoed.tags.ac_cookie", .show = Show::kBytes}},
    {0x0105, "Vendor-Specific", {.name = "pppoed.tags.vendor_spec", .show = Show::kBytes}},
    {0x0110, "Relay-Session-ID", {.name = "pppoed.tags.relay_session_id", .show = Show::kBytes}},
    {0x0120, "PPP-Max-Payload", {.name = "pppoed.tags.max_payload"}},
    {0x0201, "Service-Name-Error", {.name = "pppoed.tags.service_name_error", .show = Show::kText}},
    {0x0202, "AC-System-Error", {.name = "pppoed.tags.ac_system_error", .show = Show::kText}},
    {0x0203, "Generic-Error", {.name = "pppoed.tags.generic_error", .show = Show::kText}},
};

constexpr bool is_printable(std::byte byte) {
  return byte >= std::byte{32} && byte < std::byte{127};
}

// In quotes what is mostly text, of which the begin is enough; all else in hex.
void print_tag_value(Line& line, std::span<const std::byte> value) {
  constexpr std::size_t kShown = 79;
  const auto shown = value.first(std::min(value.size(), kShown));
  const auto printable = static_cast<std::size_t>(std::ranges::count_if(shown, is_printable));
  if (printable > shown.size() - printable) {
    line.put(" \"");
    for (const std::byte byte : shown)
      line.put(is_printable(byte) ? std::to_integer<char>(byte) : '.');
    line.put('"');
  } else if (!value.empty()) {
    line.put(" 0x");
    for (const std::byte byte : value) line.print("{:02X}", std::to_integer<unsigned>(byte));
  }
}

void print_tag(Line& line, std::uint16_t type, const View& view, std::size_t size) {
  const auto value = view.bytes(0, size);
  const auto tag = std::ranges::find(kTags, type, &Tag::type);
  const bool is_known = tag != std::ranges::end(kTags);
  if (is_known && size != 0) line.field(tag->field, view, 0, size);
  line.put(" [");
  if (is_known) {
    line.put(tag->name);
  } else {
    line.print("TAG-0x{:x}", type);
  }
  print_tag_value(line, value);
  line.put(']');
}

void print_tags(Line& line, View tags) {
  std::uint16_t type = 0;
  do {
    if (tags.length() == 0) return;
    type = tags.u16(0);
    const std::size_t size = tags.u16(2);
    if (line.cut()) return;
    tags = tags.from(4);
    print_tag(line, type, tags, size);
    tags = tags.from(size);
  } while (type != kEndOfList && !line.cut());
}

void print_version(Line& line, std::uint8_t byte) {
  if (const int version = byte >> 4; version != 1) line.print(" [ver {}]", version);
  if (const int type = byte & 0x0f; type != 1) line.print(" [type {}]", type);
}

}  // namespace

void print(Line& line, const View& view) {
  line.begin_layer(kPppoe, view);
  if (view.length() < kHeader) {
    line.print(" (length {} < {})", view.length(), kHeader);
    return line.put_invalid();
  }
  if (!view.need(0, kHeader)) return;
  print_version(line, view.u8(0));
  const std::uint8_t code = view.u8(1);
  if (name_of(kCodes, code, "?") == "?") {
    line.print("PPPoE PAD-{:x}", code);
  } else {
    line.print("PPPoE {}", name_of(kCodes, code));
  }
  const View payload = view.from(kHeader);
  std::size_t length = view.u16(4);
  if (code == kInitiation && length > kLongestInitiation) line.print(" [len {}!]", length);
  if (length > payload.length()) {
    line.print(" [len {} > {}!]", length, payload.length());
    length = payload.length();
  }
  if (const std::uint16_t session = view.u16(2); session != 0) line.print(" [ses 0x{:x}]", session);
  if (code != kSession) return print_tags(line, payload.claiming(length));
  line.put(' ');
  ppp::print(line, payload.claiming(length));
}

}  // namespace weir::packet::pppoe
