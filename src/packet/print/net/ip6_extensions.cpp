// Extension headers of IPv6 that tell a packet's way: fragments (RFC 8200 section 4.5) and routing
// headers (RFC 8200 section 4.4, RFC 6275, RFC 8754).
#include "packet/print/printers.h"

namespace weir::packet::ip6_extensions {
namespace {

constexpr Field kFragmentFields[] = {
    {.name = "ipv6.fragment.nxt", .offset = 0, .size = 1},
    {.name = "ipv6.fragment.offset", .offset = 2, .size = 2, .mask = 0xfff8},  // units of 8 bytes
    {.name = "ipv6.fragment.more", .offset = 2, .size = 2, .show = Show::kFlag, .mask = 1},
    {.name = "ipv6.fragment.id", .offset = 4, .size = 4, .show = Show::kHex},
};
constexpr Protocol kFragment{.name = "frag6", .fields = kFragmentFields};
constexpr std::size_t kFragmentHeader = 8;

constexpr Field kRoutingFields[] = {
    {.name = "ipv6.routing.nxt", .offset = 0, .size = 1},
    {.name = "ipv6.routing.len", .offset = 1, .size = 1},  // units of 8 bytes, less one
    {.name = "ipv6.routing.type", .offset = 2, .size = 1},
    {.name = "ipv6.routing.segleft", .offset = 3, .size = 1},
};
constexpr Protocol kRouting{.name = "rt6", .fields = kRoutingFields};
constexpr Field kSourceReserved{.name = "ipv6.routing.src.reserved", .show = Show::kHex};
constexpr Field kSourceAddress{.name = "ipv6.routing.src.addr", .show = Show::kIp6};
constexpr Field kLastEntry{.name = "ipv6.routing.srh.last_entry"};
constexpr Field kSegmentFlags{.name = "ipv6.routing.srh.flags", .show = Show::kHex};
constexpr Field kSegmentTag{.name = "ipv6.routing.srh.tag", .show = Show::kHex};
constexpr Field kSegmentAddress{.name = "ipv6.routing.srh.addr", .show = Show::kIp6};

constexpr std::uint8_t kSourceRoute = 0, kHomeAddressRoute = 2, kSegmentRoute = 4;
constexpr std::size_t kRoutingHeader = 8;  // before the addresses
constexpr std::size_t kAddress = 16;

void print_source_route(Line& line, const View& header) {
  line.field(kSourceReserved, header, 4, 4);
  if (const std::uint32_t reserved = header.u32(4); reserved != 0 || line.verbose())
    line.print(", rsv=0x{:x}", reserved);
}

void print_segment_route(Line& line, const View& header) {
  line.field(kLastEntry, header, 4, 1);
  line.field(kSegmentFlags, header, 5, 1);
  line.field(kSegmentTag, header, 6, 2);
  line.print(", last-entry={}", header.u8(4));
  if (const std::uint8_t flags = header.u8(5); flags != 0 || line.verbose())
    line.print(", flags=0x{:x}", flags);
  line.print(", tag={:x}", header.u16(6));
}

void print_addresses(Line& line, const View& header, std::size_t count, const Field& field) {
  for (std::size_t i = 0; i < count && !line.cut(); ++i) {
    const std::size_t at = kRoutingHeader + i * kAddress;
    const auto address = header.bytes(at, kAddress);
    line.field(field, header, at, kAddress);
    line.print(", [{}]", i);
    line.host6(address);
  }
}

}  // namespace

// What is not a first fragment cannot be read on.
std::optional<std::size_t> print_fragment(Line& line, const View& header, Chain& chain) {
  line.begin_layer(kFragment, header);
  const std::uint32_t offset = header.u16(2) & 0xfff8u;
  const std::uint32_t id = header.u32(4);
  const auto before = static_cast<std::size_t>(header.data() - chain.packet.data());
  const std::size_t length = 40 + std::size_t{chain.packet.u16(4)} - before - kFragmentHeader;
  if (line.verbose()) {
    line.print("frag (0x{:08x}:{}|{})", id, offset, length);
  } else {
    line.print("frag ({}|{})", offset, length);
  }
  chain.fragmented = true;
  if (offset != 0) return {};
  line.put(' ');
  return kFragmentHeader;
}

std::optional<std::size_t> print_routing(Line& line, const View& header, Chain&) {
  if (!header.has(0, 1)) {
    line.put_cut();
    return {};
  }
  line.begin_layer(kRouting, header);
  line.put("RT6");
  const std::size_t words = header.u8(1);
  line.print(" (len={}", words);
  const std::uint8_t type = header.u8(2);
  line.print(", type={}{}", type, type == kSourceRoute ? " [Deprecated]" : "");
  line.print(", segleft={}", header.u8(3));
  const bool is_source_route = type == kSourceRoute || type == kHomeAddressRoute;
  if (is_source_route) {
    print_source_route(line, header);
  } else if (type == kSegmentRoute) {
    print_segment_route(line, header);
  } else {
    line.put(" (unknown type)");
    line.put_invalid();
    return {};
  }
  if (words % 2 != 0) {
    line.print(" (invalid length {})", words);
    line.put_invalid();
    return {};
  }
  print_addresses(line, header, words / 2, is_source_route ? kSourceAddress : kSegmentAddress);
  line.put(") ");
  return (words + 1) * 8;
}

}  // namespace weir::packet::ip6_extensions
