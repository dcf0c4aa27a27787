// How BGP opens a session (RFC 4271), and the capabilities that it advertises (RFC 5492).
#include <algorithm>

#include "packet/print/named.h"
#include "packet/print/pieces.h"
#include "packet/print/routing/bgp_parts.h"

namespace weir::packet::bgp {
namespace opens {
namespace {

constexpr Field kVersion{.name = "bgp.open.version"};
constexpr Field kAs{.name = "bgp.open.myas"};
constexpr Field kHoldTime{.name = "bgp.open.holdtime"};
constexpr Field kId{.name = "bgp.open.identifier", .show = Show::kIp4};
constexpr Field kCapability{.name = "bgp.cap.type"};

constexpr std::size_t kFixed = 29;
constexpr std::size_t kHeader = 2;

// Values of capabilities, which are as long as their views claim. Each returns false when nothing
// can follow.

bool is_long_enough(Line& line, const View& value, std::size_t length) {
  if (value.length() >= length) return true;
  line.print(" (too short, < {})", length);
  return false;
}

bool print_multi_protocol(Line& line, const View& value) {
  if (!is_long_enough(line, value, 4)) return false;
  line.print("\n\t\t{}", families_text(value, 0, 3));
  return true;
}

bool print_labels(Line& line, const View& value) {
  for (View left = value; left.length() >= 4 && !line.cut(); left = left.from(4))
    line.print("\n\t\t{}, Count: {}", families_text(left, 0, 2), left.u8(3));
  return true;
}

bool print_restart(Line& line, const View& value) {
  if (!is_long_enough(line, value, 2)) return false;
  line.print("\n\t\tRestart Flags: [{}], Restart Time {}s",
             (value.u8(0) & 0x80) != 0 ? "R" : "none", value.u16(0) & 0xfff);
  for (View left = value.from(2); left.length() >= 4 && !line.cut(); left = left.from(4)) {
    line.print("\n\t\t  {}, Forwarding state preserved: {}", families_text(left, 0, 2),
               (left.u8(3) & 0x80) != 0 ? "yes" : "no");
  }
  return true;
}

bool print_nothing(Line&, const View&) { return true; }

bool print_as4(Line& line, const View& value) {
  if (!is_long_enough(line, value, 4)) return false;
  line.print("\n\t\t 4 Byte AS {}", value.u32(0));
  return true;
}

bool print_paths(Line& line, const View& value) {
  static constexpr Named kDirections[] = {{1, "Receive"}, {2, "Send"}, {3, "Both"}};
  if (value.length() == 0) line.put(" (bogus)");
  for (View left = value; left.length() != 0 && !line.cut(); left = left.from(4)) {
    if (left.length() < 4) {
      line.put_invalid();
      return true;
    }
    line.print("\n\t\t{}, Send/Receive: {}", families_text(left, 0, 2),
               named(kDirections, left.u8(3), "Bogus (0x{:02x})"));
  }
  return true;
}

struct Capability {
  std::uint8_t code;
  std::string_view name;
  bool (*print)(Line&, const View&) = nullptr;
};
constexpr Capability kCapabilities[] = {
    {1, "Multiprotocol Extensions", print_multi_protocol},
    {2, "Route Refresh", print_nothing},
    {3, "Cooperative Route Filtering"},
    {4, "Multiple Routes to a Destination"},
    {5, "Extended Next Hop Encoding"},
    {8, "Multiple Labels", print_labels},
    {64, "Graceful Restart", print_restart},
    {65, "32-Bit AS Number", print_as4},
    {67, "Dynamic Capability"},
    {68, "Multisession BGP"},
    {69, "Multiple Paths", print_paths},
    {70, "Enhanced Route Refresh"},
    {71, "Long-lived Graceful Restart", print_nothing},
    {128, "Route Refresh (Cisco)", print_nothing},
};

bool print_value(Line& line, std::uint8_t code, const Capability* known, const View& value) {
  if (known != nullptr && known->print != nullptr) return known->print(line, value);
  line.print("\n\t\tno decoder for Capability {}", code);
  if (!line.verbose(2)) put_unknown(line, value, 0, value.length(), "\n\t\t");
  return true;
}

void print_capabilities(Line& line, const View& list) {
  View left = list;
  while (left.length() != 0 && !line.cut()) {
    if (!left.has(0, kHeader)) return line.put_cut();
    const std::uint8_t code = left.u8(0);
    const std::size_t length = left.u8(1);
    const auto found = std::ranges::find(kCapabilities, code, &Capability::code);
    const Capability* known = found == std::ranges::end(kCapabilities) ? nullptr : found;
    line.field(kCapability, left, 0, 1);
    line.print("\n\t      {} ({}), length: {}", known != nullptr ? known->name : "Unknown", code,
               length);
    if (!left.has(kHeader, length)) return line.put_cut();
    const View value = left.from(kHeader).claiming(length);
    if (!print_value(line, code, known, value)) return;
    if (line.verbose(2) && length != 0) put_unknown(line, value, 0, length, "\n\t\t");
    left = left.from(kHeader + length);
  }
}

// `left` claims what the optional parameters take. Returns its length; 0 when nothing can follow.
std::size_t print_option(Line& line, const View& left) {
  constexpr std::uint8_t kCapabilityList = 2;
  static constexpr Named kOptions[] = {{1, "Authentication Information"},
                                       {kCapabilityList, "Capabilities Advertisement"}};
  const std::uint8_t type = left.u8(0);
  const std::size_t length = left.u8(1);
  if (kHeader + length > left.length()) {
    line.print("\n\t     Option {}, length: {}, goes past the end of the options", type, length);
    return 0;
  }
  line.print("\n\t    Option {} ({}), length: {}", name_of(kOptions, type, "Unknown"), type,
             length);
  if (type == kCapabilityList) {
    print_capabilities(line, left.from(kHeader).claiming(length));
  } else {
    line.print("\n\t      no decoder for option {}", type);
  }
  return kHeader + length;
}

void tell(Line& line, const View& message) {
  line.field(kVersion, message, 19, 1);
  line.field(kAs, message, 20, 2);
  line.field(kHoldTime, message, 22, 2);
  line.field(kId, message, 24, 4);
}

}  // namespace
}  // namespace opens

void print_open(Line& line, const View& message) {
  using namespace opens;
  if (!message.has(0, kFixed) || message.length() < kFixed) return line.put_cut();
  tell(line, message);
  line.print("\n\t  Version {}, my AS {}, Holdtime {}s, ID {}", message.u8(19), message.u16(20),
             message.u16(22), line.host4_text(message.u32(24)));
  const std::size_t length = message.u8(28);
  line.print("\n\t  Optional parameters, length: {}", length);
  const std::size_t there = message.length() - kFixed;
  for (std::size_t at = 0; at < length && !line.cut();) {
    const View left = message.from(kFixed + at).claiming(length - at);
    if (!left.has(0, kHeader) || there < kHeader + at) return line.put_cut();
    const std::size_t taken = print_option(line, left);
    if (taken == 0) return;
    at += taken;
  }
}

}  // namespace weir::packet::bgp
