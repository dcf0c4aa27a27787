// How BGP ends a session (RFC 4271, RFC 4486, RFC 9003).
#include <algorithm>

#include "packet/print/named.h"
#include "packet/print/pieces.h"
#include "packet/print/routing/bgp_parts.h"

namespace weir::packet::bgp {
namespace notifications {
namespace {

constexpr Field kMajor{.name = "bgp.notify.major_error"};
constexpr Field kMinor{.name = "bgp.notify.minor_error"};

constexpr Named kHeaderErrors[] = {
    {1, "Connection Not Synchronized"}, {2, "Bad Message Length"}, {3, "Bad Message Type"}};
constexpr Named kOpenErrors[] = {
    {1, "Unsupported Version Number"}, {2, "Bad Peer AS"},
    {3, "Bad BGP Identifier"},         {4, "Unsupported Optional Parameter"},
    {5, "Authentication Failure"},     {6, "Unacceptable Hold Time"},
    {7, "Capability Message Error"},
};
constexpr Named kUpdateErrors[] = {
    {1, "Malformed Attribute List"},
    {2, "Unrecognized Well-known Attribute"},
    {3, "Missing Well-known Attribute"},
    {4, "Attribute Flags Error"},
    {5, "Attribute Length Error"},
    {6, "Invalid ORIGIN Attribute"},
    {7, "AS Routing Loop"},
    {8, "Invalid NEXT_HOP Attribute"},
    {9, "Optional Attribute Error"},
    {10, "Invalid Network Field"},
    {11, "Malformed AS_PATH"},
};
constexpr Named kStateErrors[] = {
    {0, "Unspecified Error"},
    {1, "In OpenSent State"},
    {2, "In OpenConfirm State"},
    {3, "In Established State"},
};
enum Cease : std::uint8_t { kMaxPrefixes = 1, kShutdown = 2, kReset = 4 };
constexpr Named kCeases[] = {
    {kMaxPrefixes, "Maximum Number of Prefixes Reached"},
    {kShutdown, "Administrative Shutdown"},
    {3, "Peer Unconfigured"},
    {kReset, "Administrative Reset"},
    {5, "Connection Rejected"},
    {6, "Other Configuration Change"},
    {7, "Connection Collision Resolution"},
};
constexpr Named kCapabilityErrors[] = {
    {1, "Invalid Action Value"},
    {2, "Invalid Capability Length"},
    {3, "Malformed Capability Value"},
    {4, "Unsupported Capability Code"},
};

struct Error {
  std::uint8_t major;
  std::string_view name;
  std::string_view separator = {};
  std::span<const Named> minors = {};
};
constexpr std::uint8_t kCease = 6;
constexpr Error kErrors[] = {
    {1, "Message Header Error", ", ", kHeaderErrors},
    {2, "OPEN Message Error", ", ", kOpenErrors},
    {3, "UPDATE Message Error", ", ", kUpdateErrors},
    {4, "Hold Timer Expired"},
    {5, "Finite State Machine Error", " ", kStateErrors},
    {kCease, "Cease", ", ", kCeases},
    {7, "Capability Message Error", " ", kCapabilityErrors},
};

constexpr std::size_t kNotification = 21;

// What the operator says (RFC 9003); returns how long it is.
std::size_t print_operator_text(Line& line, const View& data) {
  const std::size_t length = data.u8(0);
  if (length > data.length() - 1) {
    line.put(", invalid Shutdown Communication length");
    return 0;
  }
  if (length == 0) {
    line.put(", empty Shutdown Communication");
    return 1;
  }
  line.print(", Shutdown Communication (length: {}): \"", length);
  put_counted(line, data, 1, length);
  line.put('"');
  return 1 + length;
}

void print_cease(Line& line, const View& message, std::uint8_t minor) {
  const View data = message.from(kNotification);
  if (minor == kMaxPrefixes && data.length() >= 7) {
    line.print(", {}, Max Prefixes: {}", families_text(data, 0, 2), data.u32(3));
  }
  if ((minor != kShutdown && minor != kReset) || data.length() < 1) return;
  const View rest = data.from(print_operator_text(line, data));
  if (rest.length() == 0) return;
  line.print(", Data: (length: {})", rest.length());
  line.hex_lines(rest, "\n\t\t");
}

}  // namespace
}  // namespace notifications

void print_notification(Line& line, const View& message) {
  using namespace notifications;
  if (!message.has(0, kNotification)) return line.put_cut();
  if (message.length() < kNotification) return;
  const std::uint8_t major = message.u8(19);
  const std::uint8_t minor = message.u8(20);
  line.field(kMajor, message, 19, 1);
  line.field(kMinor, message, 20, 1);
  const auto found = std::ranges::find(kErrors, major, &Error::major);
  const bool known = found != std::ranges::end(kErrors);
  line.print(", {} ({})", known ? found->name : "Unknown Error", major);
  if (!known || found->minors.empty()) return;
  line.print("{}subcode {} ({})", found->separator, name_of(found->minors, minor, "Unknown"),
             minor);
  if (major == kCease) print_cease(line, message, minor);
}

}  // namespace weir::packet::bgp
