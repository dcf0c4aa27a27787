// OpenFlow, versions 1.0 and 1.3: the heads of its messages.
#include <algorithm>

#include "packet/print/named.h"
#include "packet/print/printers.h"

namespace weir::packet::openflow {
namespace {

constexpr Protocol kOpenFlow{.name = "openflow"};
constexpr Field kVersion{.name = "openflow.version", .show = Show::kHex};
constexpr Field kType{.name = "openflow.type"};
constexpr Field kLength{.name = "openflow.length"};
constexpr Field kTransaction{.name = "openflow.xid", .show = Show::kHex};

constexpr std::size_t kHeader = 8;

constexpr Named kVersions[] = {{1, "1.0"}, {2, "1.1"}, {3, "1.2"},
                               {4, "1.3"}, {5, "1.4"}, {6, "1.5"}};

// How long a body has to be.
enum class Body : std::uint8_t { kAny, kExact, kAtLeast };
struct Message {
  std::string_view name;
  Body body;
  std::size_t size;
};

// By type, from 0 on.
constexpr Message kMessages10[] = {
    {"HELLO", Body::kAtLeast, 0},
    {"ERROR", Body::kAtLeast, 4},
    {"ECHO_REQUEST", Body::kAtLeast, 0},
    {"ECHO_REPLY", Body::kAtLeast, 0},
    {"VENDOR", Body::kAtLeast, 4},
    {"FEATURES_REQUEST", Body::kExact, 0},
    {"FEATURES_REPLY", Body::kAtLeast, 24},
    {"GET_CONFIG_REQUEST", Body::kExact, 0},
    {"GET_CONFIG_REPLY", Body::kExact, 4},
    {"SET_CONFIG", Body::kExact, 4},
    {"PACKET_IN", Body::kAtLeast, 12},
    {"FLOW_REMOVED", Body::kExact, 80},
    {"PORT_STATUS", Body::kExact, 56},
    {"PACKET_OUT", Body::kAtLeast, 8},
    {"FLOW_MOD", Body::kAtLeast, 64},
    {"PORT_MOD", Body::kExact, 24},
    {"STATS_REQUEST", Body::kAtLeast, 4},
    {"STATS_REPLY", Body::kAtLeast, 4},
    {"BARRIER_REQUEST", Body::kExact, 0},
    {"BARRIER_REPLY", Body::kExact, 0},
    {"QUEUE_GET_CONFIG_REQUEST", Body::kExact, 4},
    {"QUEUE_GET_CONFIG_REPLY", Body::kAtLeast, 8},
};
constexpr Message kMessages13[] = {
    {"HELLO", Body::kAtLeast, 0},
    {"ERROR", Body::kAtLeast, 4},
    {"ECHO_REQUEST", Body::kAtLeast, 0},
    {"ECHO_REPLY", Body::kAtLeast, 0},
    {"EXPERIMENTER", Body::kAtLeast, 8},
    {"FEATURES_REQUEST", Body::kExact, 0},
    {"FEATURES_REPLY", Body::kExact, 24},
    {"GET_CONFIG_REQUEST", Body::kExact, 0},
    {"GET_CONFIG_REPLY", Body::kExact, 4},
    {"SET_CONFIG", Body::kExact, 4},
    {"PACKET_IN", Body::kAny, 0},
    {"FLOW_REMOVED", Body::kAny, 0},
    {"PORT_STATUS", Body::kExact, 72},
    {"PACKET_OUT", Body::kAny, 0},
    {"FLOW_MOD", Body::kAny, 0},
    {"GROUP_MOD", Body::kAny, 0},
    {"PORT_MOD", Body::kExact, 32},
    {"TABLE_MOD", Body::kExact, 8},
    {"MULTIPART_REQUEST", Body::kAny, 0},
    {"MULTIPART_REPLY", Body::kAny, 0},
    {"BARRIER_REQUEST", Body::kExact, 0},
    {"BARRIER_REPLY", Body::kExact, 0},
    {"QUEUE_GET_CONFIG_REQUEST", Body::kExact, 8},
    {"QUEUE_GET_CONFIG_REPLY", Body::kAny, 0},
    {"ROLE_REQUEST", Body::kExact, 16},
    {"ROLE_REPLY", Body::kExact, 16},
    {"GET_ASYNC_REQUEST", Body::kExact, 0},
    {"GET_ASYNC_REPLY", Body::kExact, 24},
    {"SET_ASYNC", Body::kExact, 24},
    {"METER_MOD", Body::kAny, 0},
};

const Message* find_message(std::uint8_t version, std::uint8_t type) {
  if (version == 1 && type < std::size(kMessages10)) return &kMessages10[type];
  if (version == 4 && type < std::size(kMessages13)) return &kMessages13[type];
  return nullptr;
}

bool has_good_size(const Message& message, std::size_t size) {
  if (message.body == Body::kExact) return size == message.size;
  return message.body == Body::kAny || size >= message.size;
}

void tell(Line& line, const View& left) {
  line.field(kVersion, left, 0, 1);
  line.field(kType, left, 1, 1);
  line.field(kLength, left, 2, 2);
  line.field(kTransaction, left, 4, 4);
}

// The segment ends within the header, of which `at` bytes have been shown.
std::size_t end_of_segment(Line& line, const View& left, std::size_t at) {
  line.put(" (end of TCP payload)");
  left.need(at, left.length() - at);
  return 0;
}

// Returns its length; 0 when nothing can follow.
std::size_t print_message(Line& line, const View& left) {
  tell(line, left);
  const std::uint8_t version = left.u8(0);
  line.print("\n\tversion {}", named(kVersions, version, "unknown (0x{:02x})"));
  if (left.length() < 2) return end_of_segment(line, left, 1);
  const std::uint8_t type = left.u8(1);
  const Message* message = find_message(version, type);
  if (message != nullptr) line.print(", type {}", message->name);
  if (message == nullptr) line.print(", type unknown (0x{:02x})", type);
  if (left.length() < 4) return end_of_segment(line, left, 2);
  const std::size_t length = left.u16(2);
  line.print(", length {}{}", length, length < kHeader ? " (too short!)" : "");
  if (left.length() < kHeader) return end_of_segment(line, left, 4);
  line.print(", xid 0x{:08x}", left.u32(4));
  const bool good =
      length >= kHeader && (message == nullptr || has_good_size(*message, length - kHeader));
  if (!good) line.put_invalid();
  if (length < kHeader) {
    left.need(kHeader, left.length() - kHeader);
    return 0;
  }
  left.need(kHeader, length - kHeader);
  return length > left.length() ? 0 : length;
}

}  // namespace

void print(Line& line, const View& view) {
  line.begin_layer(kOpenFlow, view);
  line.put("OpenFlow");
  View left = view;
  while (left.length() != 0 && !line.cut()) {
    const std::size_t length = print_message(line, left);
    if (length == 0) return;
    left = left.from(length);
  }
}

}  // namespace weir::packet::openflow
