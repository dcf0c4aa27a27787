// Label Distribution Protocol (RFC 5036).
#include <algorithm>

#include "packet/print/named.h"
#include "packet/print/pieces.h"
#include "packet/print/printers.h"
#include "packet/print/routing/ldp_elements.h"

namespace weir::packet::ldp {
namespace messages {
namespace {

constexpr Field kFields[] = {
    {.name = "ldp.hdr.version", .offset = 0, .size = 2},
    {.name = "ldp.hdr.pdu_len", .offset = 2, .size = 2},
    {.name = "ldp.hdr.ldpid.lsr", .offset = 4, .size = 4, .show = Show::kIp4},
    {.name = "ldp.hdr.ldpid.lsid", .offset = 8, .size = 2},
};
constexpr Protocol kLdp{.name = "ldp", .fields = kFields};
constexpr Field kType{.name = "ldp.msg.type", .show = Show::kHex};
constexpr Field kId{.name = "ldp.msg.id", .show = Show::kHex};

constexpr std::size_t kHeader = 10;
constexpr std::size_t kMessageHeader = 8;
// Of both, the first two fields are not counted in the length that is the second.
constexpr std::size_t kUncounted = 4;

struct Message {
  std::uint16_t type;
  std::string_view name;
  bool has_shown_elements = true;
};
constexpr Message kMessages[] = {
    {0x0001, "Notification"},
    {0x0100, "Hello"},
    {0x0200, "Initialization"},
    {0x0201, "Keepalive"},
    {0x0300, "Address"},
    {0x0301, "Address Withdraw"},
    {0x0400, "Label Mapping"},
    {0x0401, "Label Request", false},
    {0x0402, "Label Withdraw"},
    {0x0403, "Label Release", false},
    {0x0404, "Label Abort Request", false},
};

void print_elements(Line& line, const View& body) {
  View left = body;
  while (left.length() >= 4 && !line.cut()) {
    const std::size_t length = print_element(line, left);
    if (length == 0) return;
    left = left.from(length);
  }
}

// Returns its length; 0 when nothing can follow.
std::size_t print_message(Line& line, const View& left) {
  if (!left.need(0, kMessageHeader)) return 0;
  const std::uint16_t head = left.u16(0);
  const std::uint16_t type = head & 0x7fff;
  const std::size_t length = left.u16(2);
  const auto found = std::ranges::find(kMessages, type, &Message::type);
  const bool known = found != std::ranges::end(kMessages);
  line.field(kType, left, 0, 2, std::uint64_t{type});
  line.field(kId, left, 4, 4);
  line.print("\n\t  {} Message (0x{:04x}), length: {}", known ? found->name : "Unknown", type,
             length);
  if (length < kMessageHeader - kUncounted) {
    line.print(" (too short, < {})", kMessageHeader - kUncounted);
    return 0;
  }
  line.print(", Message ID: 0x{:08x}, Flags: [{} if unknown]", left.u32(4),
             (head & 0x8000) != 0 ? "continue processing" : "ignore");
  if (!left.need(0, length)) return 0;
  const View body = left.from(kMessageHeader).claiming(length - (kMessageHeader - kUncounted));
  if (known && found->has_shown_elements) {
    print_elements(line, body);
  } else if (!line.verbose(2)) {
    put_unknown(line, body, 0, body.length(), "\n\t  ");
  }
  if (line.verbose(2)) put_unknown(line, left, kMessageHeader, length, "\n\t  ");
  return length + kUncounted;
}

void print_messages(Line& line, const View& list, std::size_t length) {
  auto left = static_cast<std::uint16_t>(length);
  View view = list;
  while (left != 0 && !line.cut()) {
    const std::size_t taken = print_message(line, view);
    if (taken == 0) return;
    left = static_cast<std::uint16_t>(left - taken);
    view = view.from(taken);
  }
}

// Returns its length; 0 when nothing can follow.
std::size_t print_unit(Line& line, const View& left) {
  if (!left.need(0, kHeader)) return 0;
  const std::string_view begin = line.verbose() ? "\n\t" : "";
  const std::uint16_t version = left.u16(0);
  if (version != 1) {
    line.print("{}LDP version {} packet not supported", begin, version);
    return 0;
  }
  const std::size_t length = left.u16(2);
  if (length < kHeader - kUncounted) {
    line.print("{}LDP, pdu-length: {} (too short, < {})", begin, length, kHeader - kUncounted);
    return 0;
  }
  line.print("{}LDP, Label-Space-ID: {}:{}, pdu-length: {}", begin, line.host4_text(left.u32(4)),
             left.u16(8), length);
  if (!line.verbose()) return 0;
  print_messages(line, left.from(kHeader), length - (kHeader - kUncounted));
  return length + kUncounted;
}

}  // namespace
}  // namespace messages

void print(Line& line, const View& view) {
  using namespace messages;
  line.begin_layer(kLdp, view);
  View left = view;
  while (left.length() > kHeader + kMessageHeader && !line.cut()) {
    const std::size_t taken = print_unit(line, left);
    if (taken == 0) return;
    if (left.length() < taken) {
      line.print(" [remaining length {} < {}]", left.length(), taken);
      return line.put_invalid();
    }
    left = left.from(taken);
  }
}

}  // namespace weir::packet::ldp
