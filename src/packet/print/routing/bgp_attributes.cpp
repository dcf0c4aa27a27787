// Path attributes of BGP (RFC 4271, RFC 1997, RFC 4456, RFC 6514, RFC 6793, RFC 7311, RFC 8092).
#include <algorithm>

#include "packet/print/named.h"
#include "packet/print/pieces.h"
#include "packet/print/routing/bgp_parts.h"

namespace weir::packet::bgp {
namespace attributes {
namespace {

constexpr Field kType{.name = "bgp.update.path_attribute.type_code"};
constexpr Field kLength{.name = "bgp.update.path_attribute.length"};
constexpr Field kOriginField{.name = "bgp.update.path_attribute.origin"};
constexpr Field kNextHopField{.name = "bgp.update.path_attribute.next_hop", .show = Show::kIp4};
constexpr Field kDiscriminator{.name = "bgp.update.path_attribute.multi_exit_disc"};

enum Type : std::uint8_t {
  kNextHop = 3,
  kExitDiscriminator = 4,
  kAs4Path = 17,
  kAttributeSet = 128,
};

constexpr Named kNames[] = {
    {1, "Origin"},
    {2, "AS Path"},
    {kAs4Path, "AS4 Path"},
    {kNextHop, "Next Hop"},
    {kExitDiscriminator, "Multi Exit Discriminator"},
    {5, "Local Preference"},
    {6, "Atomic Aggregate"},
    {7, "Aggregator"},
    {18, "Aggregator4"},
    {8, "Community"},
    {9, "Originator ID"},
    {10, "Cluster List"},
    {11, "DPA"},
    {12, "Advertisers"},
    {13, "RCID Path / Cluster ID"},
    {14, "Multi-Protocol Reach NLRI"},
    {15, "Multi-Protocol Unreach NLRI"},
    {16, "Extended Community"},
    {22, "PMSI Tunnel"},
    {23, "Tunnel Encapsulation"},
    {24, "Traffic Engineering"},
    {25, "IPv6 Extended Community"},
    {26, "Accumulated IGP Metric"},
    {27, "PE Distinguisher Label"},
    {28, "Entropy Label"},
    {32, "Large Community"},
    {kAttributeSet, "Attribute Set"},
    {255, "Reserved for development"},
};

bool has_length(Line& line, bool right) {
  if (!right) line.put("invalid len");
  return right;
}

// Values are as long as their views claim. Each returns false when it is cut short.

bool print_origin(Line& line, const View& value) {
  static constexpr Named kOrigins[] = {{0, "IGP"}, {1, "EGP"}, {2, "Incomplete"}};
  if (!has_length(line, value.length() == 1)) return true;
  line.field(kOriginField, value, 0, 1);
  line.put(name_of(kOrigins, value.u8(0), "Unknown Origin Typecode"));
  return true;
}

// Numbers of autonomous systems have two or four bytes, and nothing tells which: two, when the
// segments fit.
unsigned number_size(const View& path) {
  std::size_t at = 0;
  while (at < path.length() && path.has(at, 2)) {
    const std::uint8_t type = path.u8(at);
    if (type < 1 || type > 4) return 4;
    at += 2 + path.u8(at + 1) * 2u;
  }
  if (at < path.length()) path.need(at, 2);
  return at == path.length() ? 2 : 4;
}

bool print_path_segment(Line& line, const View& segment, unsigned size) {
  static constexpr Named kBegins[] = {{2, ""}, {1, "{ "}, {3, "( "}, {4, "({ "}};
  static constexpr Named kEnds[] = {{2, ""}, {1, "}"}, {3, ")"}, {4, "})"}};
  const std::uint8_t type = segment.u8(0);
  const bool known = type >= 1 && type <= 4;
  line.put(known ? name_of(kBegins, type) : "?");
  const unsigned count = segment.u8(1);
  for (unsigned i = 0; i < count; ++i) {
    const std::size_t at = 2 + i * size;
    if (!segment.has(at, size)) return false;
    line.print("{} ", size == 2 ? segment.u16(at) : segment.u32(at));
  }
  line.put(known ? name_of(kEnds, type) : "?");
  return true;
}

bool print_path_of(Line& line, const View& value, bool has_long_numbers) {
  if (!has_length(line, value.length() % 2 == 0)) return true;
  if (value.length() == 0) line.put("empty");
  const unsigned size = has_long_numbers ? 4 : number_size(value);
  for (View left = value; left.length() != 0 && !line.cut();
       left = left.from(2 + left.u8(1) * std::size_t{size})) {
    if (!print_path_segment(line, left, size)) return false;
  }
  return true;
}

bool print_path(Line& line, const View& value) { return print_path_of(line, value, false); }
bool print_as4_path(Line& line, const View& value) { return print_path_of(line, value, true); }

bool print_address(Line& line, const View& value) {
  if (!has_length(line, value.length() == 4)) return true;
  line.host4(value.u32(0));
  return true;
}

bool print_next_hop(Line& line, const View& value) {
  line.field(kNextHopField, value, 0, 4);
  return print_address(line, value);
}

bool print_number(Line& line, const View& value) {
  if (!has_length(line, value.length() == 4)) return true;
  line.print("{}", value.u32(0));
  return true;
}

bool print_discriminator(Line& line, const View& value) {
  line.field(kDiscriminator, value, 0, 4);
  return print_number(line, value);
}

bool print_atomic(Line& line, const View& value) {
  has_length(line, value.length() == 0);
  return true;
}

bool print_aggregator(Line& line, const View& value) {
  const std::size_t length = value.length();
  if (!has_length(line, length == 6 || length == 8)) return true;
  if (!value.has(0, length)) return false;
  line.print(" AS #{}, origin ", length == 6 ? value.u16(0) : value.u32(0));
  line.host4(value.u32(length - 4));
  return true;
}

bool print_aggregator4(Line& line, const View& value) {
  if (!has_length(line, value.length() == 8)) return true;
  line.print(" AS #{}, origin {}", value.u32(0), line.host4_text(value.u32(4)));
  return true;
}

bool print_communities(Line& line, const View& value) {
  static constexpr Named kWellKnown[] = {
      {0xffffff01, " NO_EXPORT"},
      {0xffffff02, " NO_ADVERTISE"},
      {0xffffff03, " NO_EXPORT_SUBCONFED"},
  };
  if (!has_length(line, value.length() % 4 == 0)) return true;
  for (View left = value; left.length() != 0; left = left.from(4)) {
    if (!left.has(0, 4)) return false;
    const std::uint32_t community = left.u32(0);
    const std::string_view name = name_of(kWellKnown, community);
    if (!name.empty()) {
      line.put(name);
    } else {
      line.print("{}:{}{}", community >> 16, community & 0xffff, left.length() > 4 ? ", " : "");
    }
  }
  return true;
}

bool print_cluster_list(Line& line, const View& value) {
  if (!has_length(line, value.length() % 4 == 0)) return true;
  for (View left = value; left.length() != 0 && left.need(0, 4); left = left.from(4)) {
    line.host4(left.u32(0));
    if (left.length() > 4) line.put(", ");
  }
  return true;
}

bool print_extended_communities(Line& line, const View& value) {
  if (!has_length(line, value.length() % 8 == 0)) return true;
  for (View left = value; left.length() != 0 && !line.cut(); left = left.from(8)) {
    if (!left.has(0, 2)) return false;
    print_extended_community(line, left);
    if (!left.has(0, 8)) return false;
  }
  return true;
}

struct Tunnel {
  std::uint8_t type;
  std::string_view name;
  std::string_view first;   // before an address
  std::string_view second;  // before another; or before a number when it ends with "0x"
};
constexpr Tunnel kTunnels[] = {
    {1, "RSVP-TE P2MP LSP", "Extended-Tunnel-ID ", ", P2MP-ID 0x"},
    {2, "LDP P2MP LSP", "Root-Node ", ", LSP-ID 0x"},
    {3, "PIM-SSM Tree", "Root-Node ", ", P-Group "},
    {4, "PIM-SM Tree", "Sender ", ", P-Group "},
    {5, "PIM-Bidir Tree", "Sender ", ", P-Group "},
    {6, "Ingress Replication", "Tunnel-Endpoint ", ""},
    {7, "LDP MP2MP LSP", "Root-Node ", ", LSP-ID 0x"},
};

void print_tunnel_ends(Line& line, const View& ends, const Tunnel& tunnel) {
  const std::string first = line.host4_text(ends.u32(0));
  const std::uint32_t second = tunnel.second.empty() ? 0 : ends.u32(4);
  line.print("\n\t      {}{}{}", tunnel.first, first, tunnel.second);
  if (tunnel.second.ends_with("0x")) {
    line.print("{:08x}", second);
  } else if (!tunnel.second.empty()) {
    line.host4(second);
  }
}

bool print_tunnel(Line& line, const View& value) {
  constexpr std::size_t kFixed = 5;
  if (!value.has(0, kFixed) || value.length() < kFixed) return false;
  const std::uint8_t type = value.u8(1);
  const auto found = std::ranges::find(kTunnels, type, &Tunnel::type);
  const bool known = found != std::ranges::end(kTunnels);
  line.print("\n\t    Tunnel-type {} ({}), Flags [{}], MPLS Label {}",
             known ? found->name : "Unknown", type,
             (value.u8(0) & 1) != 0 ? "Leaf Information required" : "none", value.u24(2) >> 4);
  const View ends = value.from(kFixed);
  if (known) {
    print_tunnel_ends(line, ends, *found);
  } else if (!line.verbose(2)) {
    put_unknown(line, ends, 0, ends.length(), "\n\t      ");
  }
  return true;
}

bool print_accumulated_metric(Line& line, const View& value) {
  constexpr std::size_t kHeader = 3, kMetric = 8;
  View left = value;
  while (left.length() >= kHeader && !line.cut()) {
    const std::uint8_t type = left.u8(0);
    const std::size_t length = left.u16(1);
    line.print("\n\t    {} TLV ({}), length {}", type == 1 ? "AIGP" : "Unknown", type, length);
    if (length < kHeader || length > left.length()) return false;
    if (type == 1 && length < kHeader + kMetric) return false;
    if (type == 1) {
      line.print(", metric {}", left.u64(kHeader));
    } else if (!line.verbose(2)) {
      put_unknown(line, left, kHeader, length - kHeader, "\n\t      ");
    }
    left = left.from(length);
  }
  return true;
}

bool print_large_communities(Line& line, const View& value) {
  constexpr std::size_t kSize = 12;
  if (!has_length(line, value.length() != 0 && value.length() % kSize == 0)) return true;
  line.put("\n\t    ");
  for (View left = value; left.length() != 0 && !line.cut(); left = left.from(kSize)) {
    line.print("{}:{}:{}{}", left.u32(0), left.u32(4), left.u32(8),
               left.length() > kSize ? ", " : "");
  }
  return true;
}

struct Attribute {
  std::uint8_t type;
  bool (*print)(Line&, const View&);
};
constexpr std::uint8_t kLargeCommunity = 32;
constexpr Attribute kAttributes[] = {
    {1, print_origin},
    {2, print_path},
    {kNextHop, print_next_hop},
    {kExitDiscriminator, print_discriminator},
    {5, print_number},
    {6, print_atomic},
    {7, print_aggregator},
    {8, print_communities},
    {9, print_address},
    {10, print_cluster_list},
    {14, print_reachable},
    {15, print_unreachable},
    {16, print_extended_communities},
    {kAs4Path, print_as4_path},
    {18, print_aggregator4},
    {22, print_tunnel},
    {26, print_accumulated_metric},
    {kLargeCommunity, print_large_communities},
};

bool print_unknown(Line& line, std::uint8_t type, const View& value) {
  if (!value.has(0, value.length())) return false;
  line.print("\n\t    no Attribute {} decoder", type);
  if (!line.verbose(2)) put_unknown(line, value, 0, value.length(), "\n\t    ");
  return true;
}

// Returns how long the attribute within a set is, or nothing when nothing can follow.
std::optional<std::size_t> print_inner(Line& line, const View& left, int level, bool& good) {
  const std::size_t length_size = (left.u8(0) & 0x10) != 0 ? 2 : 1;
  if (left.length() < 2 + length_size) {
    line.put(" [path attr too short]");
    return {};
  }
  const std::size_t length = length_size == 2 ? left.u16(2) : left.u8(2);
  const std::size_t header = 2 + length_size;
  print_attribute_title(line, left.u8(0), left.u8(1), length, "\n\t      ");
  line.put(": ");
  if (left.length() - header < length) {
    line.put(" [path attr too short]");
    return {};
  }
  constexpr int kMaxLevel = 10;
  if (level == kMaxLevel) {
    line.put("(too many nested levels, not recursing)");
  } else {
    tell_attribute_header(line, left, length_size);
    good = print_attribute(line, left.u8(1), left.from(header).claiming(length), level + 1);
  }
  return header + length;
}

bool print_set(Line& line, const View& value, int level) {
  if (!value.has(0, 4) || value.length() < 4) return false;
  line.print("\n\t    Origin AS: {}", value.u32(0));
  bool good = true;
  View left = value.from(4);
  while (left.length() != 0 && good && !line.cut()) {
    if (!left.has(0, 2)) return false;
    const auto length = print_inner(line, left, level, good);
    if (!length) return true;
    left = left.from(*length);
  }
  return good;
}

bool print_value(Line& line, std::uint8_t type, const View& value, int level) {
  if (type == kAttributeSet) return print_set(line, value, level);
  const auto found = std::ranges::find(kAttributes, type, &Attribute::type);
  if (found == std::ranges::end(kAttributes)) return print_unknown(line, type, value);
  return found->print(line, value);
}

}  // namespace
}  // namespace attributes

void print_attribute_title(Line& line, std::uint8_t flags, std::uint8_t type, std::size_t length,
                           std::string_view indent) {
  line.print("{}{} ({}), length: {}", indent,
             name_of(attributes::kNames, type, "Unknown Attribute"), type, length);
  if (flags == 0) return;
  line.print(", Flags [{}{}{}{}", (flags & 0x80) != 0 ? "O" : "", (flags & 0x40) != 0 ? "T" : "",
             (flags & 0x20) != 0 ? "P" : "", (flags & 0x10) != 0 ? "E" : "");
  if ((flags & 0x0f) != 0) line.print("+{:x}", flags & 0x0f);
  line.put(']');
}

void tell_attribute_header(Line& line, const View& header, std::size_t length_size) {
  line.field(attributes::kType, header, 1, 1);
  line.field(attributes::kLength, header, 2, length_size);
}

bool print_attribute(Line& line, std::uint8_t type, const View& value, int level) {
  if (!attributes::print_value(line, type, value, level)) return false;
  const bool dumped = type != attributes::kAttributeSet && type != attributes::kLargeCommunity;
  if (!line.verbose(2) || value.length() == 0 || !dumped || line.cut()) return true;
  if (!value.has(0, value.length())) return false;
  put_unknown(line, value, 0, value.length(), "\n\t    ");
  return true;
}

}  // namespace weir::packet::bgp
