// Elements of IS-IS that tell routes (RFC 5305, RFC 5308, RFC 8667), and what routers can do
// (RFC 7981).
#include <algorithm>
#include <array>
#include <bit>

#include "packet/print/named.h"
#include "packet/print/pieces.h"
#include "packet/print/routing/isis_elements.h"

namespace weir::packet::isis {
namespace routes {
namespace {

// Elements within the elements. Each returns false when it is cut short; values are as long as
// their views claim.

bool print_tags(Line& line, const View& value) {
  for (View left = value; left.length() >= 4 && !line.cut(); left = left.from(4))
    line.print(", 0x{:08x} (={})", left.u32(0), left.u32(0));
  return true;
}

bool print_long_tags(Line& line, const View& value) {
  for (View left = value; left.length() >= 8 && !line.cut(); left = left.from(8))
    line.print(", 0x{:08x}{:08x}", left.u32(0), left.u32(4));
  return true;
}

bool print_segment(Line& line, const View& value) {
  static constexpr Named kFlags[] = {
      {0x80, "Readvertisement"}, {0x40, "Node"},  {0x20, "No-PHP"},
      {0x10, "Explicit NULL"},   {0x08, "Value"}, {0x04, "Local"},
  };
  static constexpr Named kAlgorithms[] = {{0, "SPF"}, {1, "strict-SPF"}};
  const std::uint8_t flags = value.u8(0);
  const std::uint8_t algorithm = value.u8(1);
  const bool is_label = (flags & 0x08) != 0;
  if (value.length() < (is_label ? 5 : 6)) return false;
  line.print(", Flags [{}], Algo {} ({}), {} {}", bit_names(kFlags, flags, ", ", "None"),
             name_of(kAlgorithms, algorithm, "Unknown"), algorithm, is_label ? "label" : "index",
             is_label ? value.u24(2) : value.u32(2));
  return true;
}

struct Inner {
  std::uint8_t type;
  std::string_view name;
  bool (*print)(Line&, const View&);
};
constexpr Inner kPrefixElements[] = {
    {1, "32-Bit Administrative tag", print_tags},
    {2, "64-Bit Administrative tag", print_long_tags},
    {3, "Prefix SID", print_segment},
    {117, "Management Prefix Color", print_tags},
};

bool print_prefix_element(Line& line, const View& left) {
  const std::uint8_t type = left.u8(0);
  const std::size_t length = left.u8(1);
  const auto found = std::ranges::find(kPrefixElements, type, &Inner::type);
  const bool known = found != std::ranges::end(kPrefixElements);
  line.print("\n\t        {} subTLV #{}, length: {}", known ? found->name : "unknown", type,
             length);
  const View value = left.from(2).claiming(length);
  bool good = value.has(0, length);
  if (good && known) good = found->print(line, value);
  if (!good) line.put_cut();
  if (good && !known) put_unknown(line, value, 0, length, "\n\t\t    ");
  return good;
}

// `size` is how many bytes they take together.
bool print_prefix_elements(Line& line, const View& list, std::size_t size) {
  View left = list;
  // As tcpdump counts: until nothing is left, or more than there was has been taken.
  auto remaining = static_cast<std::uint32_t>(size);
  while (remaining != 0 && !line.cut()) {
    if (!print_prefix_element(line, left)) return false;
    const std::uint32_t taken = left.u8(1) + 2u;
    remaining -= taken;
    left = left.from(taken);
  }
  return true;
}

template <std::size_t kSize>
std::array<std::byte, kSize> read_prefix(const View& view, std::size_t at, unsigned bits) {
  std::array<std::byte, kSize> out{};
  std::ranges::copy(view.bytes(at, (bits + 7) / 8), out.begin());
  return out;
}

// How a prefix begins.
struct Head {
  std::size_t size;
  unsigned bits;
  std::uint8_t flags;
  bool has_elements;
};

void print_prefix(Line& line, const View& left, const Head& head, int version) {
  if (version == 4) {
    const auto address = read_prefix<4>(left, head.size, head.bits);
    line.print("\n\t      IPv4 prefix: {:>15}/{}",
               line.host4_text(load<std::uint32_t>(address.data(), std::endian::big)), head.bits);
  } else {
    line.print("\n\t      IPv6 prefix: {}/{}",
               line.host6_text(read_prefix<16>(left, head.size, head.bits)), head.bits);
  }
  line.print(", Distribution: {}, Metric: {}", (head.flags & 0x80) != 0 ? "down" : "up",
             left.u32(0));
  if (version == 6) line.put((head.flags & 0x40) != 0 ? ", External" : ", Internal");
  if (head.has_elements) line.put(", sub-TLVs present");
}

// Returns how long the route is; 0 when it is broken.
std::size_t print_route(Line& line, const View& left, int version) {
  const std::uint8_t flags = left.u8(4);
  const Head head =
      version == 4
          ? Head{.size = 5,
                 .bits = flags & 0x3fu,
                 .flags = flags,
                 .has_elements = (flags & 0x40) != 0}
          : Head{
                .size = 6, .bits = left.u8(5), .flags = flags, .has_elements = (flags & 0x20) != 0};
  if (head.bits > (version == 4 ? 32 : 128)) {
    line.print("\n\t      IPv{} prefix: bad bit length {}", version, head.bits);
    return 0;
  }
  print_prefix(line, left, head, version);
  const std::size_t end = head.size + (head.bits + 7) / 8;
  if (!head.has_elements) return end;
  const std::size_t size = left.u8(end);
  line.print(" ({})", size);
  return print_prefix_elements(line, left.from(end + 1), size) ? end + 1 + size : 0;
}

// All things of which `print_one` returns the length.
template <typename PrintOne>
bool print_all(Line& line, const View& value, PrintOne print_one) {
  View left = value;
  while (left.length() != 0 && !line.cut()) {
    const std::size_t length = print_one(left);
    if (length == 0) return false;
    if (left.length() < length) {
      line.print(" [remaining tlv length {} < {}]", left.length(), length);
      line.put_invalid();
      return true;
    }
    left = left.from(length);
  }
  return true;
}

// What a router can do.

void print_segment_routing(Line& line, const View& value) {
  static constexpr Named kFlags[] = {{0x80, "ipv4"}, {0x40, "ipv6"}};
  line.print(", Flags [{}], Range {}", bit_names(kFlags, value.u8(0), ", ", "None"), value.u24(1));
  View left = value.from(4);
  while (left.length() >= 5 && !line.cut()) {
    const std::uint8_t type = left.u8(0);
    const std::size_t length = left.u8(1);
    if (length > left.length() - 2) return;
    if (type != 1) {
      put_unknown(line, left, 2, length, "\n\t\t  ");
    } else if (length == 3 || length == 4) {
      line.print(", SID value {}", length == 3 ? left.u24(2) : left.u32(2));
    } else {
      line.print(", Unknown SID length{}", length);
    }
    left = left.from(2 + length);
  }
}

// Returns its length; 0 when nothing can follow.
std::size_t print_capability(Line& line, const View& left) {
  constexpr std::uint8_t kSegmentRouting = 2;
  const std::uint8_t type = left.u8(0);
  const std::size_t length = left.u8(1);
  line.print("\n\t\t{} subTLV #{}, length: {}",
             type == kSegmentRouting ? "SR-Capabilities" : "unknown", type, length);
  if (length > left.length() - 2 || !left.has(2, length)) return 0;
  const View value = left.from(2).claiming(length);
  if (type == kSegmentRouting) {
    print_segment_routing(line, value);
  } else {
    put_unknown(line, value, 0, length, "\n\t\t");
  }
  return 2 + length;
}

}  // namespace
}  // namespace routes

bool print_ip4_routes(Line& line, const View& value) {
  return routes::print_all(line, value,
                           [&](const View& left) { return routes::print_route(line, left, 4); });
}

bool print_ip6_routes(Line& line, const View& value) {
  return routes::print_all(line, value,
                           [&](const View& left) { return routes::print_route(line, left, 6); });
}

void print_capabilities(Line& line, const View& value) {
  static constexpr Named kFlags[] = {{0x01, "S bit"}, {0x02, "D bit"}};
  if (value.length() < 5) {
    line.print(" [object length {} < 5]", value.length());
    return line.put_invalid();
  }
  line.print("\n\t      Router-ID {}", line.host4_text(value.u32(0)));
  line.print(", Flags [{}]", bit_names(kFlags, value.u8(4), ", ", "none"));
  View left = value.from(5);
  while (left.length() >= 2 && !line.cut()) {
    const std::size_t length = routes::print_capability(line, left);
    if (length == 0) return;
    left = left.from(length);
  }
}

}  // namespace weir::packet::isis
