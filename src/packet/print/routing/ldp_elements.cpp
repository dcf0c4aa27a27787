// Elements of messages of LDP (RFC 5036, RFC 3479, RFC 3988, RFC 5561).
#include "packet/print/routing/ldp_elements.h"

#include <algorithm>

#include "packet/print/named.h"
#include "packet/print/pieces.h"
#include "packet/print/registries.h"

namespace weir::packet::ldp {
namespace elements {
namespace {

// Values are as long as their views claim.

void print_hello(Line& line, const View& value) {
  if (!has_length(line, value, 4)) return;
  const std::uint16_t flags = value.u16(2);
  line.print("\n\t      Hold Time: {}s, Flags: [{} Hello{}]", value.u16(0),
             (flags & 0x8000) != 0 ? "Targeted" : "Link",
             (flags & 0x4000) != 0 ? ", Request for targeted Hellos" : "");
}

void print_address4(Line& line, const View& value) {
  if (!has_length(line, value, 4)) return;
  line.print("\n\t      IPv4 Transport Address: {}", line.host4_text(value.u32(0)));
}

void print_address6(Line& line, const View& value) {
  if (!has_length(line, value, 16)) return;
  line.print("\n\t      IPv6 Transport Address: {}", line.host6_text(value.bytes(0, 16)));
}

void print_sequence(Line& line, const View& value) {
  if (!has_length(line, value, 4)) return;
  line.print("\n\t      Sequence Number: {}", value.u32(0));
}

void print_addresses(Line& line, const View& value) {
  if (!has_length(line, value, 2)) return;
  const std::uint16_t family = value.u16(0);
  const std::string_view name = address_family_text(family);
  line.print("\n\t      Address Family: {}, addresses",
             name == "Unknown" ? fmt::format("Unknown ({})", family) : std::string(name));
  const std::size_t size = family == 1 ? 4 : family == 2 ? 16 : 0;
  if (size == 0) return;
  for (View left = value.from(2); left.length() >= size && left.need(0, size);
       left = left.from(size)) {
    line.put(' ');
    if (size == 4) {
      line.host4(left.u32(0));
    } else {
      line.host6(left.bytes(0, 16));
    }
  }
}

void print_session(Line& line, const View& value) {
  if (!has_length(line, value, 8)) return;
  const std::uint16_t flags = value.u16(6);
  line.print("\n\t      Version: {}, Keepalive: {}s, Flags: [Downstream {}, Loop Detection {}]",
             value.u16(0), value.u16(2), (flags & 0x8000) != 0 ? "On Demand" : "Unsolicited",
             (flags & 0x4000) != 0 ? "Enabled" : "Disabled");
}

void print_label(Line& line, const View& value) {
  if (!has_length(line, value, 4)) return;
  line.print("\n\t      Label: {}", value.u32(0) & 0xfffff);
}

void print_status(Line& line, const View& value) {
  if (!has_length(line, value, 8)) return;
  const std::uint32_t status = value.u32(0);
  line.print("\n\t      Status: 0x{:02x}, Flags: [{} and {} forward]", status & 0x3fffffff,
             (status & 0x80000000) != 0 ? "Fatal error" : "Advisory Notification",
             (status & 0x40000000) != 0 ? "do" : "don't");
  if (const std::uint32_t message = value.u32(4); message != 0)
    line.print(", causing Message ID: 0x{:08x}", message);
}

void print_fault_tolerance(Line& line, const View& value) {
  if (!has_length(line, value, 12)) return;
  const std::uint16_t flags = value.u16(0);
  line.print(
      "\n\t      Flags: [{}Reconnect, {}Save State, {}All-Label Protection, {} Checkpoint, "
      "{}Re-Learn State]",
      (flags & 0x8000) != 0 ? "" : "No ", (flags & 8) != 0 ? "" : "Don't ",
      (flags & 4) != 0 ? "" : "No ", (flags & 2) != 0 ? "Sequence Numbered Label" : "All Labels",
      (flags & 1) != 0 ? "" : "Don't ");
  if (const std::uint32_t time = value.u32(4); time != 0)
    line.print(", Reconnect Timeout: {}ms", time);
  if (const std::uint32_t time = value.u32(8); time != 0) line.print(", Recovery Time: {}ms", time);
}

void print_size(Line& line, const View& value) {
  if (!has_length(line, value, 2)) return;
  line.print("\n\t      MTU: {}", value.u16(0));
}

struct Element {
  std::uint16_t type;
  std::string_view name;
  void (*print)(Line&, const View&) = nullptr;
};
constexpr Element kElements[] = {
    {0x0100, "FEC", print_forwarding_class},
    {0x0101, "Address List", print_addresses},
    {0x0103, "Hop Count"},
    {0x0104, "Path Vector"},
    {0x0200, "Generic Label", print_label},
    {0x0201, "ATM Label"},
    {0x0202, "Frame-Relay Label"},
    {0x0300, "Status", print_status},
    {0x0301, "Extended Status"},
    {0x0302, "Returned PDU"},
    {0x0303, "Returned Message"},
    {0x0400, "Common Hello Parameters", print_hello},
    {0x0401, "IPv4 Transport Address", print_address4},
    {0x0402, "Configuration Sequence Number", print_sequence},
    {0x0403, "IPv6 Transport Address", print_address6},
    {0x0500, "Common Session Parameters", print_session},
    {0x0501, "ATM Session Parameters"},
    {0x0502, "Frame-Relay Session Parameters"},
    {0x0503, "Fault-Tolerant Session Parameters", print_fault_tolerance},
    {0x0600, "Label Request Message ID"},
    {0x0601, "MTU", print_size},
};

}  // namespace
}  // namespace elements

bool has_length(Line& line, const View& left, std::size_t length) {
  if (left.length() >= length) return true;
  line.print(" [tlv length {} < {}]", left.length(), length);
  line.put_invalid();
  return false;
}

std::size_t print_element(Line& line, const View& left) {
  using namespace elements;
  constexpr std::size_t kHeader = 4;
  if (!left.need(0, kHeader)) return 0;
  const std::size_t length = left.u16(2);
  if (length + kHeader > left.length()) {
    line.put("\n\t\t TLV contents go past end of message");
    return 0;
  }
  const std::uint16_t head = left.u16(0);
  const std::uint16_t type = head & 0x3fff;
  const auto found = std::ranges::find(kElements, type, &Element::type);
  const bool known = found != std::ranges::end(kElements);
  line.print("\n\t    {} TLV (0x{:04x}), length: {}, Flags: [{} and {} forward if unknown]",
             known ? found->name : "Unknown", type, length,
             (head & 0x8000) != 0 ? "continue processing" : "ignore",
             (head & 0x4000) != 0 ? "do" : "don't");
  const View value = left.from(kHeader).claiming(length);
  if (known && found->print != nullptr) {
    found->print(line, value);
  } else if (!line.verbose(2)) {
    put_unknown(line, value, 0, length, "\n\t      ");
  }
  return length + kHeader;
}

}  // namespace weir::packet::ldp
