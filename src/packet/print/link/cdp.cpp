// Cisco Discovery Protocol.
#include <algorithm>

#include "packet/print/named.h"
#include "packet/print/pieces.h"
#include "packet/print/printers.h"

namespace weir::packet::cdp {
namespace {

constexpr Field kFields[] = {
    {.name = "cdp.version", .offset = 0, .size = 1},
    {.name = "cdp.ttl", .offset = 1, .size = 1},
    {.name = "cdp.checksum", .offset = 2, .size = 2, .show = Show::kHex},
};
constexpr Protocol kCdp{.name = "cdp", .fields = kFields};
constexpr Field kType{.name = "cdp.tlv.type"};
constexpr Field kLength{.name = "cdp.tlv.len"};
constexpr Field kDevice{.name = "cdp.deviceid", .show = Show::kText};

constexpr std::size_t kHeader = 4;
constexpr std::uint16_t kDeviceId = 0x01;

constexpr Named kCapabilities[] = {
    {0x01, "Router"},     {0x02, "Transparent Bridge"}, {0x04, "Source Route Bridge"},
    {0x08, "L2 Switch"},  {0x10, "L3 capable"},         {0x20, "IGMP snooping"},
    {0x40, "L1 capable"},
};

// A value is as long as its view claims.
void print_string(Line& line, const View& value) {
  line.put('\'');
  put_counted(line, value, 0, value.length());
  line.put('\'');
}

void print_version(Line& line, const View& value) {
  line.put("\n\t  ");
  for (std::size_t i = 0; i < value.length() && value.need(i, 1); ++i) {
    const std::byte c = value.data()[i];
    if (c == std::byte{'\n'}) {
      line.put("\n\t  ");
    } else {
      line.escaped(c);
    }
  }
}

void print_capability(Line& line, const View& value) {
  const std::uint32_t bits = value.u32(0);
  line.print("(0x{:08x}): {}", bits, bit_names(kCapabilities, bits, ", ", "none"));
}

void print_number(Line& line, const View& value) { line.print("{}", value.u16(0)); }

void print_duplex(Line& line, const View& value) {
  const bool full = value.u8(0) != 0;
  line.put(full ? "full" : "half");
}

// Two bytes of which nothing is known, or an application and its VLAN.
void print_phone_vlan(Line& line, const View& value) {
  if (value.length() == 2) {
    line.print("unknown 0x{:04x}", value.u16(0));
  } else {
    line.print("app {}, vlan {}", value.u8(0), value.u16(1));
  }
}

void print_power(Line& line, const View& value) {
  std::uint32_t milliwatts = 0;
  for (std::size_t i = 0; i < value.length(); ++i) milliwatts = milliwatts << 8 | value.u8(i);
  line.print("{:.2f}W", milliwatts / 1000.0);
}

void print_mtu(Line& line, const View& value) { line.print("{} bytes", value.u32(0)); }

void print_byte(Line& line, const View& value) { line.print("0x{:02x}", value.u8(0)); }

void print_location(Line& line, const View& value) {
  print_byte(line, value);
  if (value.length() <= 1) return;
  line.put('/');
  put_counted(line, value, 1, value.length() - 1);
}

void print_prefixes(Line& line, const View& value) {
  constexpr std::size_t kSize = 5;
  if (value.length() % kSize != 0) {
    line.print(" [length {} is not a multiple of 5]", value.length());
    value.need(0, value.length());
    return;
  }
  line.print(" IPv4 Prefixes ({}):", value.length() / kSize);
  for (std::size_t at = 0; at < value.length() && !line.cut(); at += kSize) {
    line.print(" {}.{}.{}.{}/{}", value.u8(at), value.u8(at + 1), value.u8(at + 2),
               value.u8(at + 3), value.u8(at + 4));
  }
}

// Addresses, each with the protocol that it is of.
class AddressList {
 public:
  AddressList(Line& line, const View& value) : line_(line), left_(value) {}

  void print() {
    if (!has(4, "num")) return;
    std::uint32_t count = left_.u32(0);
    left_ = left_.from(4);
    for (; count != 0 && !line_.cut(); --count) {
      if (!print_one(count)) return;
      if (count > 1) line_.put(' ');
    }
    if (left_.length() != 0) line_.print(" ({} bytes of stray data)", left_.length());
  }

 private:
  bool has(std::size_t size, std::string_view what) {
    if (left_.length() >= size) return true;
    line_.print(" (not enough space for {})", what);
    left_.need(0, left_.length());
    return false;
  }

  bool print_one(std::uint32_t number) {
    if (!has(2, "PT+PL")) return false;
    const std::uint8_t kind = left_.u8(0);
    const std::size_t protocol_length = left_.u8(1);
    left_ = left_.from(2);
    if (!has(protocol_length + 2, "P+AL")) return false;
    const std::size_t length = left_.u16(protocol_length);
    if (is_ip4(kind, protocol_length, length)) return print_ip(number, "IPv4", 3, length);
    if (is_ip6(kind, protocol_length, length)) return print_ip(number, "IPv6", 10, length);
    line_.print("pt=0x{:02x}, pl={}, pb=", kind, protocol_length);
    print_bytes(protocol_length);
    line_.print(", al={}, a=", length);
    left_ = left_.from(2);
    if (!has(length, "A")) return false;
    print_bytes(length);
    return true;
  }

  bool is_ip4(std::uint8_t kind, std::size_t protocol_length, std::size_t length) const {
    constexpr std::uint8_t kNlpid = 1, kNlpidIp = 0xcc;
    return kind == kNlpid && protocol_length == 1 && left_.u8(0) == kNlpidIp && length == 4;
  }
  // By a SNAP header.
  bool is_ip6(std::uint8_t kind, std::size_t protocol_length, std::size_t length) const {
    constexpr std::uint8_t kLlc = 2;
    constexpr std::uint64_t kSnapIp6 = 0xaaaa0300000086dd;
    return kind == kLlc && protocol_length == 8 && left_.u64(0) == kSnapIp6 && length == 16;
  }

  bool print_ip(std::uint32_t number, std::string_view name, std::size_t skip, std::size_t length) {
    left_ = left_.from(skip);
    if (!has(length, "A")) return false;
    if (!left_.need(0, length)) return false;
    line_.print("{} ({}) ", name, number);
    if (length == 4) {
      line_.host4(left_.u32(0));
    } else {
      line_.host6(left_.bytes(0, 16));
    }
    left_ = left_.from(length);
    return true;
  }

  void print_bytes(std::size_t count) {
    for (std::size_t i = 0; i < count && !line_.cut(); ++i) line_.print(" {:02x}", left_.u8(i));
    left_ = left_.from(count);
  }

  Line& line_;
  View left_;
};

void print_addresses(Line& line, const View& value) { AddressList(line, value).print(); }

void print_nothing(Line&, const View& value) { value.need(0, value.length()); }

struct Element {
  std::uint16_t type;
  std::string_view name;
  Printer print;
  std::size_t min = 0;
  std::size_t max = 0xffff;
};

constexpr Element kElements[] = {
    {kDeviceId, "Device-ID", print_string},
    {0x02, "Address", print_addresses},
    {0x03, "Port-ID", print_string},
    {0x04, "Capability", print_capability, 4, 4},
    {0x05, "Version String", print_version},
    {0x06, "Platform", print_string},
    {0x07, "Prefixes", print_prefixes},
    {0x08, "Protocol-Hello option", print_nothing},
    {0x09, "VTP Management Domain", print_string},
    {0x0a, "Native VLAN ID", print_number, 2, 2},
    {0x0b, "Duplex", print_duplex, 1, 1},
    {0x0e, "ATA-186 VoIP VLAN assignment", print_phone_vlan, 3, 3},
    {0x0f, "ATA-186 VoIP VLAN request", print_phone_vlan, 2, 3},
    {0x10, "power consumption", print_power, 1, 3},
    {0x11, "MTU", print_mtu, 4, 4},
    {0x12, "AVVID trust bitmap", print_byte, 1, 1},
    {0x13, "AVVID untrusted ports CoS", print_byte, 1, 1},
    {0x14, "System Name", print_string},
    {0x15, "System Object ID (not decoded)", print_nothing},
    {0x16, "Management Addresses", print_addresses, 4},
    {0x17, "Physical Location", print_location, 1},
};
// Types without an entry of their own below the last one are "unknown", but may have any length.
constexpr std::uint16_t kLastType = 0x17;

const Element* find_element(std::uint16_t type) {
  const auto found = std::ranges::find(kElements, type, &Element::type);
  return found == std::ranges::end(kElements) ? nullptr : found;
}

void print_value(Line& line, std::uint16_t type, const Element* element, const View& value) {
  const bool shown = line.verbose() || type == kDeviceId;
  if (element != nullptr && (value.length() < element->min || value.length() > element->max)) {
    line.put(" (malformed TLV)");
  } else if (shown && element != nullptr) {
    return element->print(line, value);
  } else if (shown && type <= kLastType) {
    return print_nothing(line, value);
  }
  if (!value.need(0, value.length())) return;
  put_unknown(line, value, 0, value.length(), "\n\t  ");
}

bool fits(Line& line, std::string_view name, std::uint16_t type, std::size_t length,
          std::size_t left) {
  if (length > left) {
    line.print(" (TLV length {} > {})", length, left);
    return false;
  }
  if (length >= kHeader) return true;
  if (line.verbose()) {
    line.print("\n\t{} (0x{:02x}), TLV length: {} byte{} (too short)", name, type, length,
               length == 1 ? "" : "s");
  } else {
    line.print(", {} TLV length {} too short", name, length);
  }
  return false;
}

// Returns how long it is; 0 when nothing can follow.
std::size_t print_element(Line& line, const View& left) {
  if (left.length() < kHeader) {
    line.print(" (remaining packet length {} < {})", left.length(), kHeader);
    return 0;
  }
  const std::uint16_t type = left.u16(0);
  const std::size_t length = left.u16(2);
  const Element* element = find_element(type);
  const std::string_view name = element != nullptr ? element->name : "unknown field type";
  line.field(kType, left, 0, 2);
  line.field(kLength, left, 2, 2);
  if (line.cut() || !fits(line, name, type, length, left.length())) return 0;
  const View value = left.from(kHeader).claiming(length - kHeader);
  if (line.verbose()) {
    line.print("\n\t{} (0x{:02x}), value length: {} byte{}: ", name, type, value.length(),
               value.length() == 1 ? "" : "s");
  } else if (type == kDeviceId) {
    line.put(", Device-ID ");
  }
  if (type == kDeviceId) line.field(kDevice, value, 0, value.length());
  print_value(line, type, element, value);
  return length;
}

void print_header(Line& line, const View& view) {
  line.print("CDPv{}, ttl: {}s", view.u8(0), view.u8(1));
  const std::uint16_t checksum = view.u16(2);
  if (line.verbose())
    line.print(", checksum: 0x{:04x} (unverified), length {}", checksum, view.length());
}

void put_invalid(Line& line, const View& left) {
  line.put_invalid();
  left.need(0, left.length());
}

}  // namespace

void print(Line& line, const View& view) {
  line.begin_layer(kCdp, view);
  if (view.length() < kHeader) {
    line.print(" (packet length {} < {})", view.length(), kHeader);
    return put_invalid(line, view);
  }
  print_header(line, view);
  View left = view.from(kHeader);
  while (left.length() != 0 && !line.cut()) {
    const std::size_t length = print_element(line, left);
    if (length == 0) return put_invalid(line, left);
    left = left.from(length);
  }
  if (!line.verbose()) line.print(", length {}", view.length());
}

}  // namespace weir::packet::cdp
