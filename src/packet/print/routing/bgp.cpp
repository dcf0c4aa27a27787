// Border Gateway Protocol (RFC 4271, RFC 2918, RFC 9003): its messages.
#include <algorithm>

#include "packet/print/named.h"
#include "packet/print/pieces.h"
#include "packet/print/printers.h"
#include "packet/print/routing/bgp_parts.h"

namespace weir::packet::bgp {
namespace messages {
namespace {

constexpr Protocol kBgp{.name = "bgp"};
constexpr Field kLength{.name = "bgp.length"};
constexpr Field kType{.name = "bgp.type"};

constexpr std::size_t kMarker = 16;
constexpr std::size_t kHeader = 19;

// Prefixes of IPv4, of which `list` claims how long they are together. False when they are cut
// short.
bool print_prefixes(Line& line, const View& list, bool cut_without_path) {
  const bool add_path = looks_like_add_path(list, list.length(), 32);
  View left = list;
  while (left.length() != 0 && !line.cut()) {
    if (add_path && left.length() < 4) return !cut_without_path;
    const std::uint32_t path = add_path ? left.u32(0) : 0;
    if (add_path) left = left.from(4);
    const Route route = read_prefix4(line, left, left.length());
    if (route.taken == Route::kIllegal) line.put("\n\t    (illegal prefix length)");
    if (route.taken < 0) return route.taken == Route::kIllegal;
    line.print("\n\t    {}", route.text);
    if (add_path) line.print("   Path Id: {}", path);
    left = left.from(static_cast<std::size_t>(route.taken));
  }
  return true;
}

// One of those in the `claimed` bytes of `left`, which claims what the message has. Returns how
// long it is, 0 when nothing can follow, or nothing when it is cut short.
std::optional<std::size_t> print_path_attribute(Line& line, const View& left, std::size_t claimed) {
  if (!left.has(0, 2) || left.length() < 2) return {};
  const std::uint8_t flags = left.u8(0);
  const std::size_t length_size = (flags & 0x10) != 0 ? 2 : 1;
  const std::size_t header = 2 + length_size;
  if (claimed >= 2 && (!left.has(2, length_size) || left.length() < header)) return {};
  if (claimed < header) {
    line.put("\n\t  [path attrs too short]");
    return 0;
  }
  const std::size_t length = length_size == 2 ? left.u16(2) : left.u8(2);
  const std::uint8_t type = left.u8(1);
  print_attribute_title(line, flags, type, length, "\n\t  ");
  if (flags != 0) line.put(": ");
  if (claimed - header < length) {
    line.put(" [path attrs too short]");
    return 0;
  }
  if (left.length() - header < length) return {};
  tell_attribute_header(line, left, length_size);
  if (!print_attribute(line, type, left.from(header).claiming(length), 0)) return {};
  return header + length;
}

bool print_path_attributes(Line& line, const View& rest, std::size_t length) {
  if (rest.length() < length) return false;
  for (std::size_t at = 0; at < length && !line.cut();) {
    const auto taken = print_path_attribute(line, rest.from(at), length - at);
    if (!taken) return false;
    if (*taken == 0) return true;
    at += *taken;
  }
  return true;
}

// False when it is cut short.
bool print_update_parts(Line& line, const View& message) {
  if (!message.has(0, kHeader) || message.length() < kHeader) return false;
  View left = message.from(kHeader);
  if (!left.has(0, 2) || left.length() < 2) return false;
  const std::size_t withdrawn = left.u16(0);
  left = left.from(2);
  if (!left.has(0, withdrawn) || left.length() < withdrawn) return false;
  if (withdrawn > 1) {
    line.put("\n\t  Withdrawn routes:");
    if (!print_prefixes(line, left.claiming(withdrawn), false)) return false;
  }
  left = left.from(withdrawn);
  if (!left.has(0, 2) || left.length() < 2) return false;
  const std::size_t length = left.u16(0);
  left = left.from(2);
  // What tcpdump takes for no withdrawn routes: also when it has counted all of them.
  if (withdrawn != 1 && length == 0 && left.length() == 0) {
    line.put("\n\t  End-of-Rib Marker (empty NLRI)");
    return true;
  }
  if (!print_path_attributes(line, left, length)) return false;
  left = left.from(length);
  if (left.length() == 0) return true;
  line.put("\n\t  Updated routes:");
  return print_prefixes(line, left, true);
}

void print_update(Line& line, const View& message) {
  if (!print_update_parts(line, message)) line.put_cut();
}

void print_refresh(Line& line, const View& message) {
  constexpr std::size_t kSize = 23;
  if (!message.has(0, kSize)) return line.put_cut();
  if (message.length() < kSize) return;
  line.print("\n\t  {}", families_text(message, 19, 22));
  if (!line.verbose(2)) return;
  if (!message.has(0, message.length())) return line.put_cut();
  put_unknown(line, message, 0, message.length(), "\n\t  ");
}

void print_nothing(Line&, const View&) {}

struct Message {
  std::uint8_t type;
  std::string_view name;
  Printer print;
};
constexpr Message kMessages[] = {
    {1, "Open", print_open},
    {2, "Update", print_update},
    {3, "Notification", print_notification},
    {4, "Keepalive", print_nothing},
    {5, "Route Refresh", print_refresh},
};

const Message* find_message(std::uint8_t type) {
  const auto found = std::ranges::find(kMessages, type, &Message::type);
  return found == std::ranges::end(kMessages) ? nullptr : found;
}

void print_message(Line& line, const View& message) {
  const std::uint8_t type = message.u8(18);
  const Message* known = find_message(type);
  line.field(kLength, message, kMarker, 2);
  line.field(kType, message, 18, 1);
  line.print("\n\t{} Message ({}), length: {}", known != nullptr ? known->name : "Unknown", type,
             message.length());
  if (known != nullptr) return known->print(line, message);
  line.print("\n\t  no Message {} decoder", type);
  put_unknown(line, message, 0, message.length(), "\n\t  ");
}

bool is_marker(const View& view) {
  return view.has(0, kMarker) && std::ranges::all_of(view.bytes(0, kMarker), [](std::byte b) {
           return b == std::byte{0xff};
         });
}

// The message at the begin of `left`; returns its length, or 0 when nothing can follow.
std::size_t print_next(Line& line, const View& left, bool follows_other) {
  if (!left.has(0, kHeader)) line.put_cut();
  if (!left.has(0, kHeader)) return 0;
  if (follows_other) line.put_cut();
  const std::size_t length = left.u16(kMarker);
  if (length < kHeader) {
    line.print("\nmessage length {} < {}", length, kHeader);
    line.put_invalid();
    return 0;
  }
  if (left.has(0, length)) {
    print_message(line, left.claiming(length));
    return length;
  }
  const Message* known = find_message(left.u8(18));
  line.print("\n[|BGP {}]", known != nullptr ? known->name : "Unknown Message Type");
  return 0;
}

}  // namespace
}  // namespace messages

// Segments may begin in the midst of a message: the next one is found by its marker.
void print(Line& line, const View& view) {
  using namespace messages;
  line.begin_layer(kBgp, view);
  line.put("BGP");
  if (!line.verbose()) return;
  View left = view;
  bool follows_other = false;
  while (left.captured() != 0 && !line.cut()) {
    if (is_marker(left)) {
      const std::size_t length = print_next(line, left, follows_other);
      if (length == 0) return;
      left = left.from(length);
      follows_other = false;
    } else {
      if (left.u8(0) == 0xff && !left.has(0, kMarker)) return;
      left = left.from(1);
      follows_other = true;
    }
  }
}

}  // namespace weir::packet::bgp
