// Spanning trees: STP (IEEE 802.1D), RSTP (802.1w), MSTP (802.1s), SPB (802.1aq).
#include "packet/print/named.h"
#include "packet/print/printers.h"

namespace weir::packet::stp {
namespace {

constexpr Field kFields[] = {
    {.name = "stp.protocol", .offset = 0, .size = 2, .show = Show::kHex},
    {.name = "stp.version", .offset = 2, .size = 1},
    {.name = "stp.type", .offset = 3, .size = 1, .show = Show::kHex},
    {.name = "stp.flags", .offset = 4, .size = 1, .show = Show::kHex},
    {.name = "stp.root.prio", .offset = 5, .size = 2, .mask = 0xf000},
    {.name = "stp.root.ext", .offset = 5, .size = 2, .mask = 0x0fff},
    {.name = "stp.root.hw", .offset = 7, .size = 6, .show = Show::kMac},
    {.name = "stp.root.cost", .offset = 13, .size = 4},
    {.name = "stp.bridge.prio", .offset = 17, .size = 2, .mask = 0xf000},
    {.name = "stp.bridge.ext", .offset = 17, .size = 2, .mask = 0x0fff},
    {.name = "stp.bridge.hw", .offset = 19, .size = 6, .show = Show::kMac},
    {.name = "stp.port", .offset = 25, .size = 2, .show = Show::kHex},
    {.name = "stp.msg_age", .offset = 27, .size = 2},
    {.name = "stp.max_age", .offset = 29, .size = 2},
    {.name = "stp.hello", .offset = 31, .size = 2},
    {.name = "stp.forward", .offset = 33, .size = 2},
};
constexpr Protocol kStp{.name = "stp", .fields = kFields};
constexpr Field kMstId{.name = "mstp.msti.root_ext"};

enum Version : std::uint8_t { kRegular = 0, kRapid = 2, kMultiple = 3, kShortestPath = 4 };
constexpr Named kVersions[] = {
    {kRegular, "802.1d"},
    {kRapid, "802.1w"},
    {kMultiple, "802.1s"},
    {kShortestPath, "802.1aq"},
};

enum Type : std::uint8_t { kConfiguration = 0x00, kRapidTree = 0x02 };
constexpr Named kTypes[] = {
    {kConfiguration, "Config"},
    {kRapidTree, "Rapid STP"},
    {0x80, "Topology Change"},
};

constexpr Named kFlags[] = {
    {0x01, "Topology change"}, {0x02, "Proposal"},  {0x10, "Learn"},
    {0x20, "Forward"},         {0x40, "Agreement"}, {0x80, "Topology change ACK"},
};

constexpr std::string_view kRoles[] = {"Unknown", "Alternate", "Root", "Designated"};

// Where things lie.
constexpr std::size_t kFlagsAt = 4;
constexpr std::size_t kRootAt = 5;
constexpr std::size_t kRootCostAt = 13;
constexpr std::size_t kBridgeAt = 17;
constexpr std::size_t kPortAt = 25;
constexpr std::size_t kTimesAt = 27;
constexpr std::size_t kConfigurationLength = 35;
constexpr std::size_t kVersion1LengthAt = 35;
constexpr std::size_t kVersion3LengthAt = 36;
constexpr std::size_t kRapidLength = 36;
constexpr std::size_t kMultipleLength = 102;
constexpr std::size_t kMultipleFixed = 64;  // of what the version 3 length counts
constexpr std::size_t kInstanceLength = 16;

std::string flags_text(std::uint8_t flags) { return bit_names(kFlags, flags, ", ", "none"); }

std::string_view role_text(std::uint8_t flags) { return kRoles[(flags & 0x0c) >> 2]; }

std::string bridge_text(const View& view, std::size_t at) {
  const std::uint16_t priority = view.u16(at);
  const auto address = view.bytes(at + 2, 6);
  if (address.empty()) return {};
  std::string out = fmt::format("{:04x}.", priority);
  for (const std::byte byte : address)
    fmt::format_to(std::back_inserter(out), "{:02x}:", std::to_integer<unsigned>(byte));
  out.pop_back();
  return out;
}

// In units of 1/256 s.
double seconds(const View& view, std::size_t at) { return view.u16(at) / 256.0; }

void print_times(Line& line, const View& view) {
  line.print(
      "\n\tmessage-age {:.2f}s, max-age {:.2f}s, hello-time {:.2f}s, forwarding-delay {:.2f}s",
      seconds(view, kTimesAt), seconds(view, kTimesAt + 2), seconds(view, kTimesAt + 4),
      seconds(view, kTimesAt + 6));
}

void print_configuration(Line& line, const View& view) {
  const std::uint8_t flags = view.u8(kFlagsAt);
  line.print(", Flags [{}]", flags_text(flags));
  const std::string bridge = bridge_text(view, kBridgeAt);
  line.print(", bridge-id {}.{:04x}, length {}", bridge, view.u16(kPortAt), view.length());
  if (!line.verbose()) return;
  print_times(line, view);
  const std::string root = bridge_text(view, kRootAt);
  line.print("\n\troot-id {}, root-pathcost {}", root, view.u32(kRootCostAt));
  if (view.u8(2) == kRapid) line.print(", port-role {}", role_text(flags));
}

std::string digest_text(const View& view, std::size_t at, std::size_t words) {
  std::string out;
  for (std::size_t i = 0; i < words; ++i)
    fmt::format_to(std::back_inserter(out), "{:08x}", view.u32(at + 4 * i));
  return out;
}

void print_common_tree(Line& line, const View& view, std::uint8_t flags) {
  line.print("\n\tport-role {}, ", role_text(flags));
  const std::string root = bridge_text(view, kRootAt);
  line.print("CIST root-id {}, CIST ext-pathcost {}", root, view.u32(kRootCostAt));
  const std::string regional = bridge_text(view, kBridgeAt);
  line.print("\n\tCIST regional-root-id {}, ", regional);
  line.print("CIST port-id {:04x},", view.u16(kPortAt));
  print_times(line, view);
}

void print_region(Line& line, const View& view) {
  line.print("\n\tv3len {}, ", view.u16(kVersion3LengthAt));
  line.put("MCID Name ");
  line.zero_padded(view, 39, 32);
  line.print(", rev {},\n\t\tdigest {}, ", view.u16(71), digest_text(view, 73, 4));
  line.print("CIST int-root-pathcost {},", view.u32(89));
  line.print("\n\tCIST bridge-id {}, ", bridge_text(view, 93));
  line.print("CIST remaining-hops {}", view.u8(101));
}

void print_instance(Line& line, const View& view) {
  const std::uint16_t number = view.u16(1) & 0x0fff;
  const std::uint8_t flags = view.u8(0);
  line.field(kMstId, view, 1, 2, std::uint64_t{number});
  line.print("\n\tMSTI {}, Flags [{}], port-role {}", number, flags_text(flags), role_text(flags));
  const std::string root = bridge_text(view, 1);
  line.print("\n\t\tMSTI regional-root-id {}, pathcost {}", root, view.u32(9));
  line.print("\n\t\tMSTI bridge-prio {}, port-prio {}, hops {}", view.u8(13) >> 4, view.u8(14) >> 4,
             view.u8(15));
}

void print_instances(Line& line, const View& view) {
  std::size_t left = view.u16(kVersion3LengthAt);
  if (left <= kMultipleFixed) return;
  left -= kMultipleFixed;
  View instance = view.from(kMultipleLength);
  for (; left >= kInstanceLength && !line.cut(); left -= kInstanceLength) {
    print_instance(line, instance);
    instance = instance.from(kInstanceLength);
  }
}

void print_multiple(Line& line, const View& view) {
  const std::uint8_t flags = view.u8(kFlagsAt);
  line.print(", CIST Flags [{}], length {}", flags_text(flags), view.length());
  if (!line.verbose()) return;
  print_common_tree(line, view, flags);
  print_region(line, view);
  print_instances(line, view);
}

void print_agreement(Line& line, const View& view) {
  const unsigned bits = view.u8(0);
  line.print(
      "\n\tAgreement num {}, Discarded Agreement num {}, Agreement valid-flag {},\n\t"
      "Restricted role-flag: {}, Format id {} cap {}, Convention id {} cap {},\n\t"
      "Edge count {}, Agreement digest {}",
      bits >> 6, bits >> 4 & 3, bits >> 3 & 1, bits >> 2 & 1, view.u8(2) >> 4, view.u8(2),
      view.u8(3) >> 4, view.u8(3), view.u16(4), digest_text(view, 14, 5));
}

void print_shortest_path(Line& line, const View& view) {
  if (!line.verbose()) return;
  line.print("\n\tv4len {}, ", view.u16(0));
  line.put("AUXMCID Name ");
  line.zero_padded(view, 3, 32);
  line.print(", Rev {},\n\t\tdigest {}", view.u16(35), digest_text(view, 37, 4));
  print_agreement(line, view.from(53));
}

// Each returns false when the lengths do not fit.
bool print_multiple_trees(Line& line, const View& view, std::uint8_t version) {
  constexpr std::size_t kMinShortestPath = 87;
  if (view.length() < kMultipleLength) return false;
  if (view.u8(kVersion1LengthAt) != 0) return false;
  const std::size_t end = kRapidLength + view.u16(kVersion3LengthAt) + 2u;
  if (view.length() < end) return false;
  print_multiple(line, view);
  if (version != kShortestPath) return true;
  const std::size_t length = view.u16(end) + 2u;
  if (view.length() < end + length || length < kMinShortestPath) return false;
  print_shortest_path(line, view.from(end));
  return true;
}

bool print_rapid(Line& line, const View& view, std::uint8_t version) {
  if (version == kMultiple || version == kShortestPath)
    return print_multiple_trees(line, view, version);
  if (version != kRapid) return true;
  if (view.length() < kRapidLength) return false;
  print_configuration(line, view);
  return true;
}

bool print_unit(Line& line, const View& view) {
  if (view.length() < 4) return false;
  if (view.u16(0) != 0) {
    line.print("unknown STP version, length {}", view.length());
    return true;
  }
  const std::uint8_t version = view.u8(2);
  line.print("STP {}", named(kVersions, version, "Unknown STP protocol (0x{:02x})"));
  if (name_of(kVersions, version).empty()) return true;
  const std::uint8_t type = view.u8(3);
  line.print(", {}", named(kTypes, type, "Unknown BPDU Type (0x{:02x})"));
  if (type == kRapidTree) return print_rapid(line, view, version);
  if (type != kConfiguration) return true;
  if (view.length() < kConfigurationLength) return false;
  print_configuration(line, view);
  return true;
}

}  // namespace

void print(Line& line, const View& view) {
  line.begin_layer(kStp, view);
  if (!print_unit(line, view)) line.put_invalid();
}

}  // namespace weir::packet::stp
