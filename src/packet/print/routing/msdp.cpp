// Multicast Source Discovery Protocol (RFC 3618).
#include "packet/print/printers.h"

namespace weir::packet::msdp {
namespace {

constexpr Protocol kMsdp{.name = "msdp"};
constexpr Field kType{.name = "msdp.type"};
constexpr Field kLength{.name = "msdp.length"};

constexpr std::size_t kHeader = 3;
enum Type : std::uint8_t {
  kSourceActive = 1,
  kRequest,
  kResponse,
  kKeepalive,
  kNotification,
  kLastType = 7
};

void print_sources(Line& line, const View& body, std::size_t length) {
  const std::size_t count = body.u8(0);
  line.print(" {} entries", count);
  const std::size_t entries = count * 12 + 8;
  if (entries >= length) return;
  line.put(" [w/data]");
  if (!line.verbose(2) || !line.enter()) return;
  line.put(' ');
  ip4::print(line, body.from(entries - kHeader).claiming(length - entries));
  line.leave();
}

void print_element(Line& line, const View& body, std::uint8_t type, std::size_t length) {
  switch (type) {
    case kSourceActive:
    case kResponse:
      line.put(type == kSourceActive ? " SA" : " SA-Response");
      return print_sources(line, body, length);
    case kRequest:
      return line.print(" SA-Request for {}", line.host4_text(body.u32(1)));
    case kKeepalive:
      line.put(" Keepalive");
      if (length != kHeader) line.print("[len={}] ", length);
      return;
    case kNotification:
      return line.put(" Notification");
    default:
      return line.print(" [type={} len={}]", type, length);
  }
}

bool begins_element(const View& view) {
  const std::uint8_t type = view.u8(0);
  const std::uint16_t length = view.u16(1);
  return length <= 1500 && length >= kHeader && type != 0 && type <= kLastType;
}

}  // namespace

void print(Line& line, const View& view) {
  line.begin_layer(kMsdp, view);
  line.put("msdp");
  if (!begins_element(view)) return line.put_cut();
  View left = view;
  while (left.length() != 0 && !line.cut()) {
    const std::uint8_t type = left.u8(0);
    const std::size_t length = left.u16(1);
    line.field(kType, left, 0, 1);
    line.field(kLength, left, 1, 2);
    if (length > 1400 || line.verbose()) line.print(" [len {}]", length);
    if (length < kHeader || left.length() < length) return line.put_cut();
    print_element(line, left.from(kHeader), type, length);
    left = left.from(length);
  }
}

}  // namespace weir::packet::msdp
