// Routes of BGP: prefixes of the families of addresses, some with labels (RFC 8277) and
// distinguishers (RFC 4364).
#include <algorithm>
#include <array>

#include "packet/print/named.h"
#include "packet/print/pieces.h"
#include "packet/print/routing/bgp_parts.h"

namespace weir::packet::bgp {
namespace routes {
namespace {

// What tcpdump has room for.
constexpr std::size_t kMaxText = 163;

constexpr unsigned kLabelBits = 24;
constexpr unsigned kDistinguisherBits = 64;

// The first `bits` bits, the others zero.
template <std::size_t kSize>
std::array<std::byte, kSize> read_address(const View& view, std::size_t at, unsigned bits) {
  std::array<std::byte, kSize> out{};
  const std::size_t size = (bits + 7) / 8;
  std::ranges::copy(view.bytes(at, size), out.begin());
  if (bits % 8 != 0) out[size - 1] &= static_cast<std::byte>(0xff00 >> (bits % 8) & 0xff);
  return out;
}

std::string prefix_text(Line& line, const View& view, std::size_t at, unsigned bits,
                        unsigned max_bits) {
  if (max_bits == 128) {
    return fmt::format("{}/{}", line.host6_text(read_address<16>(view, at, bits)), bits);
  }
  const auto address = read_address<4>(view, at, bits);
  return fmt::format("{}/{}",
                     line.host4_text(load<std::uint32_t>(address.data(), std::endian::big)), bits);
}

std::string label_text(const View& view) {
  return fmt::format("label:{} {}", view.u24(1) >> 4,
                     (view.u8(3) & 1) == 0 ? "(BOGUS: Bottom of Stack NOT set!)" : "(bottom)");
}

Route read_prefix(Line& line, const View& view, std::size_t length, unsigned max_bits) {
  if (length < 1) return {.taken = Route::kCut};
  const unsigned bits = view.u8(0);
  if (bits > max_bits) return {.taken = Route::kIllegal};
  const unsigned size = (bits + 7) / 8;
  if (length - 1 < size) return {.taken = Route::kCut};
  return {.taken = static_cast<int>(1 + size), .text = prefix_text(line, view, 1, bits, max_bits)};
}

Route read_labeled(Line& line, const View& view, std::size_t length, unsigned max_bits) {
  if (!view.has(0, 4)) return {.taken = Route::kCut};
  if (length < 4) return {.taken = Route::kStop};
  const unsigned all = view.u8(0);
  if (all < kLabelBits || all - kLabelBits > max_bits) return {.taken = Route::kIllegal};
  const unsigned bits = all - kLabelBits;
  const unsigned size = (bits + 7) / 8;
  if (max_bits == 32 && length - 4 < size) return {.taken = Route::kStop};
  const std::string prefix = prefix_text(line, view, 4, bits, max_bits);
  return {.taken = static_cast<int>(4 + size),
          .text = fmt::format("{}, {}", prefix, label_text(view))};
}

std::string clnp_text(const View& view, std::size_t at, unsigned bits) {
  const auto address = read_address<19>(view, at, bits);
  return fmt::format("{}/{}", nsap_text(std::span(address).first((bits + 7) / 8)), bits);
}

// With a label and a distinguisher.
template <unsigned kMaxBits>
Route read_vpn(Line& line, const View& view) {
  const unsigned all = view.u8(0);
  if (all < kLabelBits + kDistinguisherBits) return {.taken = Route::kIllegal};
  const unsigned bits = all - kLabelBits - kDistinguisherBits;
  if (bits > kMaxBits) return {.taken = Route::kIllegal};
  const std::string prefix =
      kMaxBits == 152 ? clnp_text(view, 12, bits) : prefix_text(line, view, 12, bits, kMaxBits);
  return {.taken = static_cast<int>(12 + (bits + 7) / 8),
          .text = fmt::format("RD: {}, {}, {}", distinguisher_text(line, view, 4), prefix,
                              label_text(view))};
}

Route read_clnp(Line&, const View& view) {
  const unsigned bits = view.u8(0);
  if (bits > 152) return {.taken = Route::kIllegal};
  return {.taken = static_cast<int>(1 + (bits + 7) / 8), .text = clnp_text(view, 4, bits)};
}

Route read_multicast_tree(Line& line, const View& view) {
  constexpr unsigned kSize = 16;
  if (view.u8(0) != kSize * 8) return {.taken = Route::kIllegal};
  if (!view.has(1, 8)) return {.taken = Route::kCut};
  return {.taken = kSize + 1,
          .text = fmt::format("RD: {}, VPN IP Address: {}, MC Group Address: {}",
                              distinguisher_text(line, view, 1), line.host4_text(view.u32(9)),
                              line.host4_text(view.u32(13)))};
}

std::string any_address_text(Line& line, const View& view, unsigned bits) {
  if (bits == 32) return line.host4_text(view.u32(0));
  if (bits == 128) return line.host6_text(view.bytes(0, 16));
  return fmt::format("bogus address length {}", bits);
}

// Source and group, each behind its length in bits. Returns how long they are.
std::size_t append_source_and_group(Line& line, const View& view, std::string& out) {
  std::size_t at = 0;
  for (const std::string_view title : {", Source ", ", Group "}) {
    const unsigned bits = view.u8(at);
    if (!view.has(at + 1, bits / 8)) return at;
    if (bits != 0) out.append(title).append(any_address_text(line, view.from(at + 1), bits));
    at += 1 + bits / 8;
  }
  return at;
}

enum MulticastType : std::uint8_t {
  kIntraAs = 1,
  kInterAs,
  kSelective,
  kLeaf,
  kSourceActive,
  kSharedTree,
  kSourceTree
};
constexpr Named kMulticastTypes[] = {
    {kIntraAs, "Intra-AS I-PMSI"},
    {kInterAs, "Inter-AS I-PMSI"},
    {kSelective, "S-PMSI"},
    {kLeaf, "Intra-AS Segment-Leaf"},
    {kSourceActive, "Source-Active"},
    {kSharedTree, "Shared Tree Join"},
    {kSourceTree, "Source Tree Join"},
};

// What follows the distinguisher, in the last of the types with the number of an autonomous system.
bool append_multicast(Line& line, const View& body, std::uint8_t type, std::size_t length,
                      std::string& out) {
  if (type == kLeaf || type < kIntraAs || type > kSourceTree) return true;
  const bool has_as = type == kInterAs || type == kSharedTree || type == kSourceTree;
  if (!body.has(0, has_as ? 12 : 8)) return false;
  out += ", RD: " + distinguisher_text(line, body, 0);
  View rest = body.from(has_as ? 12 : 8);
  if (has_as) out += fmt::format(", Source-AS {}", body.u32(8));
  if (type == kInterAs) return true;
  const auto claimed = static_cast<std::uint32_t>(length);
  if (type == kIntraAs) {
    out += ", Originator " + any_address_text(line, rest, (claimed - 8) << 3);
    return true;
  }
  const auto taken = static_cast<std::uint32_t>(append_source_and_group(line, rest, out));
  if (type != kSelective) return true;
  if (!rest.has(0, claimed - taken)) return false;
  out += ", Originator " + any_address_text(line, rest, (claimed - taken) << 3);
  return true;
}

Route read_multicast_vpn(Line& line, const View& view) {
  const std::uint8_t type = view.u8(0);
  const std::size_t length = view.u8(1);
  std::string text = fmt::format("Route-Type: {} ({}), length: {}",
                                 name_of(kMulticastTypes, type, "Unknown"), type, length);
  if (!append_multicast(line, view.from(2), type, length, text)) return {.taken = Route::kCut};
  return {.taken = static_cast<int>(length + 2), .text = text.substr(0, kMaxText)};
}

// One element of a layer 2 VPN's block of labels. Returns how many bytes it takes of the `left`
// that remain, or nothing when nothing can follow.
std::optional<std::size_t> append_element(const View& view, std::size_t left, std::string& out) {
  if (left < 3) {
    out += "\n\t\tran past the end";
    return {};
  }
  const std::uint8_t type = view.u8(0);
  const std::size_t bits = view.u16(1);
  const std::size_t size = (bits + 7) / 8;
  if (type != 1) {
    out += fmt::format("\n\t\tunknown TLV #{}, length: {}", type, bits);
    if (left < size) out += " (ran past the end)";
    if (left < size) return {};
    return size;
  }
  out += fmt::format("\n\t\tcircuit status vector ({}) length: {}: 0x", type, bits);
  for (std::size_t i = 0; i < size && i < left; ++i) out += fmt::format("{:02x}", view.u8(3 + i));
  if (size <= left) return size;
  out += " (ran past the end)";
  return {};
}

Route read_layer2_vpn(Line& line, const View& view) {
  constexpr std::size_t kFixed = 15;
  const std::size_t length = view.u16(0);
  const View body = view.from(2);
  const int taken = static_cast<int>(length + 2);
  if (length == 12 && body.has(0, 12)) {
    return {.taken = taken,
            .text = fmt::format("RD: {}, BGPNH: {}", distinguisher_text(line, body, 0),
                                line.host4_text(body.u32(8)))};
  }
  if (length <= 17 || !body.has(0, kFixed)) return {.taken = Route::kCut};
  std::string text =
      fmt::format("RD: {}, CE-ID: {}, Label-Block Offset: {}, Label Base {}",
                  distinguisher_text(line, body, 0), body.u16(8), body.u16(10), body.u24(12) >> 4);
  View rest = body.from(kFixed);
  std::size_t left = length - kFixed;
  // tcpdump does not count the heads of elements, nor skip the values that it does not know.
  while (left != 0 && !line.cut()) {
    const bool known = rest.u8(0) == 1;
    const auto size = append_element(rest, left, text);
    if (!size) break;
    left -= *size;
    rest = rest.from(known ? 3 + *size : 3);
  }
  return {.taken = taken, .text = text.substr(0, kMaxText)};
}

constexpr std::string_view kIllegalLength = "\n\t    (illegal prefix length)";

int put_route(Line& line, const Route& route) {
  if (route.taken == Route::kIllegal) {
    line.put(kIllegalLength);
  } else if (route.taken >= 0) {
    line.print("\n\t      {}", route.text);
  }
  return route.taken;
}

template <unsigned kMaxBits>
int print_plain(Line& line, const View& view, std::size_t length, bool add_path) {
  const std::uint32_t path = add_path ? view.u32(0) : 0;
  const int taken =
      put_route(line, read_prefix(line, view.from(add_path ? 4 : 0), length, kMaxBits));
  if (!add_path || taken == Route::kCut) return taken;
  line.print("   Path Id: {}", path);
  return taken + 4;
}

template <unsigned kMaxBits>
int print_labeled(Line& line, const View& view, std::size_t length, bool) {
  return put_route(line, read_labeled(line, view, length, kMaxBits));
}

template <Route (*read)(Line&, const View&)>
int print_with(Line& line, const View& view, std::size_t, bool) {
  return put_route(line, read(line, view));
}

// A constraint on route targets (RFC 4684), of which `bits` are told.
std::string target_text(const std::array<std::byte, 8>& target, unsigned bits) {
  if (bits == 0) return "route-target: 0:0/0";
  std::string hex;
  const std::size_t size = (bits + 7) / 8;
  for (std::size_t i = 0; i < size; ++i) {
    hex += fmt::format("{:02x}{}", std::to_integer<unsigned>(target[i]),
                       i % 2 == 1 && i + 1 < size ? " " : "");
  }
  if (bits < 16) return fmt::format("route-target: partial-type: ({}/{})", hex, bits);
  const auto at16 = [&](std::size_t at) {
    return load<std::uint16_t>(target.data() + at, std::endian::big);
  };
  const auto at32 = [&](std::size_t at) {
    return load<std::uint32_t>(target.data() + at, std::endian::big);
  };
  const auto byte = [&](std::size_t at) { return std::to_integer<unsigned>(target[at]); };
  switch (at16(0)) {
    case 0x0002:
      return fmt::format("route-target: {}:{}/{} ({})", at16(2), at32(4), bits, hex);
    case 0x0102:
      return fmt::format("route-target: {}.{}.{}.{}:{}/{} ({})", byte(2), byte(3), byte(4), byte(5),
                         at16(6), bits, hex);
    case 0x0202:
      return fmt::format("route-target: {}:{}/{} ({})", at32(2), at16(6), bits, hex);
    default:
      return fmt::format("route target: unknown-type({:04x}) ({}/{})", at16(0), hex, bits);
  }
}

int print_target(Line& line, const View& view, std::size_t, bool) {
  const unsigned all = view.u8(0);
  if (all == 0) {
    line.put("\n\t      default route target");
    return 1;
  }
  if (all < 32 || all - 32 > 64) {
    line.put("\n\t      (illegal prefix length)");
    return Route::kIllegal;
  }
  const unsigned bits = all - 32;
  const std::uint32_t origin = view.u32(1);
  line.print("\n\t      origin AS: {}, {}", origin,
             target_text(read_address<8>(view, 5, bits), bits));
  return static_cast<int>(5 + (bits + 7) / 8);
}

constexpr auto kVpn4 = print_with<read_vpn<32>>;
constexpr auto kVpn6 = print_with<read_vpn<128>>;
constexpr auto kVpnClnp = print_with<read_vpn<152>>;
constexpr auto kClnp = print_with<read_clnp>;
constexpr auto kLayer2 = print_with<read_layer2_vpn>;

constexpr std::uint16_t kIp4 = 1, kIp6 = 2, kNsap = 3, kVpls = 25, kL2Vpn = 196;

constexpr Family kFamilies[] = {
    {kIp4, 1, NextHop::kIp4, print_plain<32>, 32},
    {kIp4, 2, NextHop::kIp4, print_plain<32>, 32},
    {kIp4, 3, NextHop::kIp4, print_plain<32>, 32},
    {kIp4, 4, NextHop::kIp4, print_labeled<32>},
    {kIp4, 132, NextHop::kIp4, print_target},
    {kIp4, 128, NextHop::kDistinguishedIp4, kVpn4},
    {kIp4, 129, NextHop::kDistinguishedIp4, kVpn4},
    {kIp4, 130, NextHop::kDistinguishedIp4, kVpn4},
    {kIp4, 5, NextHop::kIp4, print_with<read_multicast_vpn>},
    {kIp4, 66, NextHop::kIp4, print_with<read_multicast_tree>},
    {kIp6, 1, NextHop::kIp6, print_plain<128>, 128},
    {kIp6, 2, NextHop::kIp6, print_plain<128>, 128},
    {kIp6, 3, NextHop::kIp6, print_plain<128>, 128},
    {kIp6, 4, NextHop::kIp6, print_labeled<128>},
    {kIp6, 128, NextHop::kDistinguishedIp6, kVpn6},
    {kIp6, 129, NextHop::kDistinguishedIp6, kVpn6},
    {kIp6, 130, NextHop::kDistinguishedIp6, kVpn6},
    {kNsap, 1, NextHop::kNsap, kClnp},
    {kNsap, 2, NextHop::kNsap, kClnp},
    {kNsap, 3, NextHop::kNsap, kClnp},
    {kNsap, 128, NextHop::kDistinguishedNsap, kVpnClnp},
    {kNsap, 129, NextHop::kDistinguishedNsap, kVpnClnp},
    {kNsap, 130, NextHop::kDistinguishedNsap, kVpnClnp},
    {kL2Vpn, 128, NextHop::kIp4, kLayer2},
    {kL2Vpn, 129, NextHop::kIp4, kLayer2},
    {kL2Vpn, 130, NextHop::kIp4, kLayer2},
    {kVpls, 65, NextHop::kIp4, kLayer2},
};

}  // namespace
}  // namespace routes

Route read_prefix4(Line& line, const View& view, std::size_t length) {
  return routes::read_prefix(line, view, length, 32);
}

Route read_prefix6(Line& line, const View& view, std::size_t length) {
  return routes::read_prefix(line, view, length, 128);
}

const Family* find_family(std::uint16_t family, std::uint8_t subsequent) {
  const auto found = std::ranges::find_if(routes::kFamilies, [&](const Family& entry) {
    return entry.family == family && entry.subsequent == subsequent;
  });
  return found == std::ranges::end(routes::kFamilies) ? nullptr : found;
}

bool looks_like_add_path(const View& list, std::size_t length, unsigned max_bits) {
  if (length < 5) return false;
  std::size_t at = 0;
  while (at < length) {
    at += 4;
    if (!list.has(at, 1)) break;
    const unsigned bits = list.u8(at);
    if (bits > max_bits) return false;
    at += 1 + (bits + 7) / 8;
  }
  if (at > length) return false;
  // They would do; but they may do without, too.
  at = 0;
  while (at < length && list.has(at, 1)) {
    const unsigned bits = list.u8(at);
    if (bits < 1 || bits > max_bits) return true;
    at += 1 + (bits + 7) / 8;
  }
  return at > length;
}

std::string distinguisher_text(Line&, const View& view, std::size_t at) {
  const auto byte = [&](std::size_t i) { return view.u8(at + i); };
  switch (view.u16(at)) {
    case 0:
      return fmt::format("{}:{} (= {}.{}.{}.{})", view.u16(at + 2), view.u32(at + 4), byte(4),
                         byte(5), byte(6), byte(7));
    case 1:
      return fmt::format("{}.{}.{}.{}:{}", byte(2), byte(3), byte(4), byte(5), view.u16(at + 6));
    case 2:
      return fmt::format("{}:{} ({}.{}.{}.{}:{})", view.u32(at + 2), view.u16(at + 6), byte(2),
                         byte(3), byte(4), byte(5), view.u16(at + 6));
    default:
      return "unknown RD format";
  }
}

}  // namespace weir::packet::bgp
