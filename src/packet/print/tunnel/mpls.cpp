// Stacks of MPLS labels (RFC 3032, RFC 5462).
#include "packet/print/printers.h"

namespace weir::packet::mpls {
namespace {

constexpr Field kFields[] = {
    {.name = "mpls.label", .offset = 0, .size = 4, .mask = 0xfffff000},
    {.name = "mpls.exp", .offset = 0, .size = 4, .mask = 0x00000e00},
    {.name = "mpls.bottom", .offset = 0, .size = 4, .show = Show::kFlag, .mask = 0x00000100},
    {.name = "mpls.ttl", .offset = 0, .size = 4, .mask = 0x000000ff},
};
constexpr Protocol kMpls{.name = "mpls", .fields = kFields};

constexpr std::size_t kEntry = 4;

// The labels that mean something by themselves.
constexpr std::uint32_t kIp4Null = 0, kIp6Null = 2, kImplicitNull = 3;
constexpr std::uint32_t kFirstFreeLabel = 16;
constexpr std::string_view kReservedLabels[] = {"IPv4 explicit NULL", "router alert",
                                                "IPv6 explicit NULL", "implicit NULL"};

std::string_view reserved_name(std::uint32_t label) {
  return label < std::size(kReservedLabels) ? kReservedLabels[label] : "rsvd";
}

constexpr std::uint32_t label_of(std::uint32_t entry) { return entry >> 12; }
constexpr bool is_bottom(std::uint32_t entry) { return (entry & 0x100) != 0; }

void print_entry(Line& line, std::uint32_t entry, bool is_first) {
  const std::uint32_t label = label_of(entry);
  line.print("{}(label {}", !is_first && line.verbose() ? "\n\t" : " ", label);
  if (line.verbose() && label < kFirstFreeLabel) line.print(" ({})", reserved_name(label));
  line.print(", tc {}{}, ttl {})", entry >> 9 & 7, is_bottom(entry) ? ", [S]" : "", entry & 0xff);
}

// 4 or 6 for IP, as the label says, or else the first byte; 0 when it is something else.
int ip_version(std::uint32_t label, const View& payload) {
  if (label == kIp4Null || label == kImplicitNull) return 4;
  if (label == kIp6Null) return 6;
  const std::uint8_t first = payload.u8(0);
  if (first >= 0x45 && first <= 0x4f) return 4;
  return first >> 4 == 6 ? 6 : 0;
}

void print_payload(Line& line, std::uint32_t label, const View& payload) {
  const bool says_type = label == kIp4Null || label == kImplicitNull || label == kIp6Null;
  if (!says_type && payload.length() == 0) return;
  const int version = ip_version(label, payload);
  if (line.cut()) return;
  if (version == 0) return line.unknown_payload(payload);
  line.put(line.verbose() ? "\n\t" : " ");
  if (version == 4) {
    ip4::print(line, payload);
  } else {
    ip6::print(line, payload);
  }
}

}  // namespace

void print(Line& line, const View& view) {
  line.put("MPLS");
  View rest = view;
  std::uint32_t entry = 0;
  do {
    line.begin_layer(kMpls, rest);
    if (rest.length() < kEntry) {
      line.put_invalid();
      rest.need(0, rest.length());
      return;
    }
    entry = rest.u32(0);
    print_entry(line, entry, rest.data() == view.data());
    rest = rest.from(kEntry);
  } while (!is_bottom(entry) && !line.cut());
  if (!line.cut()) print_payload(line, label_of(entry), rest);
}

}  // namespace weir::packet::mpls
