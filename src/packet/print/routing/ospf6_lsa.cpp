// Link state advertisements of OSPF version 3 (RFC 5340).
#include "packet/print/routing/ospf6_lsa.h"

#include <algorithm>
#include <array>

#include "packet/print/named.h"
#include "packet/print/pieces.h"
#include "packet/print/printers.h"
#include "packet/print/routing/ospf_lsa.h"

namespace weir::packet::ospf6 {
namespace advertisements {
namespace {

constexpr Field kAge{.name = "ospf.v3.lsa.do_not_age"};
constexpr Field kType{.name = "ospf.v3.lsa", .show = Show::kHex};
constexpr Field kId{.name = "ospf.lsa.id", .show = Show::kIp4};
constexpr Field kRouter{.name = "ospf.advrouter", .show = Show::kIp4};
constexpr Field kSequence{.name = "ospf.lsa.seqnum", .show = Show::kHex};
constexpr Field kLength{.name = "ospf.lsa.length"};

constexpr Named kOptions[] = {
    {0x01, "V6"},
    {0x02, "External"},
    {0x04, "Deprecated"},
    {0x08, "NSSA"},
    {0x10, "Router"},
    {0x20, "Demand Circuit"},
    {0x0100, "AFs Support"},
    {0x0200, "LLS"},
    {0x0400, "Authentication Trailer"},
};
constexpr Named kTypes[] = {
    {1, "Router"},
    {2, "Network"},
    {3, "Inter-Area Prefix"},
    {4, "Inter-Area Router"},
    {5, "External"},
    {6, "Deprecated"},
    {7, "NSSA"},
    {8, "Link"},
    {9, "Intra-Area Prefix"},
    {10, "Intra-Area TE"},
    {11, "Grace"},
    {12, "Router Information"},
    {13, "Inter-AS-TE"},
    {14, "Layer 1 VPN"},
};
constexpr Named kScopes[] = {
    {0x0000, "Link Local"}, {0x2000, "Area Local"}, {0x4000, "Domain Wide"}};
constexpr Named kRouterFlags[] = {
    {0x01, "ABR"},        {0x02, "External"},        {0x04, "Virtual-Link Endpoint"},
    {0x08, "Deprecated"}, {0x10, "NSSA Translator"},
};
constexpr std::uint32_t kForwarding = 0x02000000;
constexpr std::uint32_t kTag = 0x01000000;
constexpr Named kExternalFlags[] = {
    {0x80000000, "External Type 2"}, {kForwarding, "Forwarding"}, {kTag, "Tag"}};
constexpr Named kPrefixOptions[] = {
    {0x01, "No Unicast"}, {0x02, "Local address"}, {0x04, "Deprecated"},
    {0x08, "Propagate"},  {0x10, "Down"},          {0x20, "N-bit"},
};

// Returns its length, or 0 when it is cut short.
std::size_t print_prefix(Line& line, const View& left) {
  constexpr std::size_t kFixed = 4;
  if (left.length() < kFixed || !left.has(0, kFixed)) return 0;
  const unsigned bits = left.u8(0);
  const std::size_t size = (std::size_t{bits} + 31) / 32 * 4;
  if (size > 16) line.print(" bogus prefixlen /{}", bits);
  if (size > 16 || left.length() - kFixed < size) return 0;
  std::array<std::byte, 16> address{};
  std::ranges::copy(left.bytes(kFixed, size), address.begin());
  line.print("\n\t\t{}/{}", line.host6_text(address), bits);
  if (const std::uint8_t options = left.u8(1); options != 0)
    line.print(", Options [{}]", bit_names(kPrefixOptions, options, ", ", "none"));
  line.print(", metric {}", left.u16(2));
  return kFixed + size;
}

bool print_prefixes(Line& line, const View& list, std::uint32_t count) {
  View left = list;
  for (; count != 0 && !line.cut(); --count) {
    const std::size_t length = print_prefix(line, left);
    if (length == 0) return false;
    left = left.from(length);
  }
  return true;
}

// Bodies, which claim their length. Each returns false when it is cut short.

struct RouterLink {
  std::uint8_t type;
  std::string_view title;
};
constexpr RouterLink kRouterLinks[] = {
    {1, "Neighbor Router-ID "},
    {2, "Neighbor Network-ID "},
    {4, "Virtual Link: Neighbor Router-ID "},
};

bool print_router(Line& line, const View& body) {
  constexpr std::size_t kLink = 16;
  if (body.length() < 4) return false;
  line.print("\n\t      Options [{}]", options_text(body.u32(0)));
  line.print(", RLA-Flags [{}]", bit_names(kRouterFlags, body.u8(0), ", ", "none"));
  for (View left = body.from(4); left.length() != 0; left = left.from(kLink)) {
    if (left.length() < kLink || !left.has(0, kLink)) return false;
    const std::uint8_t type = left.u8(0);
    const auto found = std::ranges::find(kRouterLinks, type, &RouterLink::type);
    if (found == std::ranges::end(kRouterLinks)) {
      line.print("\n\t      Unknown Router Links Type 0x{:02x}", type);
      return true;
    }
    line.print("\n\t      {}{}\n\t      Neighbor Interface-ID {}, Interface {}", found->title,
               line.host4_text(left.u32(12)), line.host4_text(left.u32(8)),
               line.host4_text(left.u32(4)));
    line.print(", metric {}", left.u16(2));
  }
  return true;
}

bool print_network(Line& line, const View& body) {
  if (body.length() < 4) return false;
  line.print("\n\t      Options [{}]", options_text(body.u32(0)));
  line.put("\n\t      Connected Routers:");
  for (View left = body.from(4); left.length() != 0 && !line.cut(); left = left.from(4)) {
    if (left.length() < 4) return false;
    const std::uint32_t router = left.u32(0);
    line.put("\n\t\t");
    line.host4(router);
  }
  return true;
}

bool print_area_prefixes(Line& line, const View& body) {
  if (body.length() < 4) return false;
  line.print(", metric {}", body.u32(0) & 0xffffff);
  View left = body.from(4);
  while (left.length() != 0 && !line.cut()) {
    const std::size_t length = print_prefix(line, left);
    if (length == 0) return false;
    left = left.from(length);
  }
  return true;
}

// Something of 4 bytes that is written as an address.
bool print_number(Line& line, View& left, std::string_view title) {
  if (left.length() < 4) return false;
  const std::uint32_t number = left.u32(0);
  line.put(title);
  line.host4(number);
  left = left.from(4);
  return true;
}

bool print_external(Line& line, const View& body) {
  if (body.length() < 4) return false;
  const std::uint32_t flags = body.u32(0);
  line.print("\n\t     Flags [{}]", bit_names(kExternalFlags, flags, ", ", "none"));
  line.print(" metric {}", flags & 0xffffff);
  View left = body.from(4);
  const bool has_reference = left.has(2, 1) && left.u8(2) != 0;
  const std::size_t length = print_prefix(line, left);
  if (length == 0) return false;
  left = left.from(length);
  if ((flags & kForwarding) != 0) {
    if (left.length() < 16) return false;
    const auto address = left.bytes(0, 16);
    line.put(" forward ");
    line.host6(address);
    left = left.from(16);
  }
  if ((flags & kTag) != 0 && !print_number(line, left, " tag ")) return false;
  return !has_reference || print_number(line, left, " RefLSID: ");
}

bool print_link(Line& line, const View& body) {
  constexpr std::size_t kFixed = 24;
  if (body.length() < 4 || !body.has(0, 4)) return false;
  line.print("\n\t      Options [{}]", options_text(body.u32(0)));
  if (body.length() < kFixed) return false;
  const std::uint32_t count = body.u32(20);
  line.print("\n\t      Priority {}, Link-local address {}, Prefixes {}:", body.u8(0),
             line.host6_text(body.bytes(4, 16)), count);
  return print_prefixes(line, body.from(kFixed), count);
}

bool print_intra_area(Line& line, const View& body) {
  if (body.length() < 4 || !body.has(8, 4)) return false;
  print_identity(line, body.u16(2), body.u32(4));
  if (body.length() < 6) return false;
  const std::uint16_t count = body.u16(0);
  line.print("\n\t      Prefixes {}:", count);
  // tcpdump takes half of what stands before the prefixes for a part of them.
  return print_prefixes(line, body.from(12).claiming(body.length() - 6), count);
}

struct Body {
  std::uint16_t type;
  bool (*print)(Line&, const View&);
};
constexpr Body kBodies[] = {
    {0x2001, print_router},        {0x2002, print_network},
    {0x2003, print_area_prefixes}, {0x4005, print_external},
    {0x0008, print_link},          {0x2009, print_intra_area},
    {0x000b, ospf::print_restart}, {0x000a, ospf::print_traffic_engineering},
};

bool print_body(Line& line, std::uint16_t type, const View& body) {
  const auto found = std::ranges::find(kBodies, type, &Body::type);
  if (found != std::ranges::end(kBodies)) return found->print(line, body);
  put_unknown(line, body, 0, body.length(), "\n\t      ");
  return true;
}

void tell_header(Line& line, const View& view) {
  line.field(kAge, view, 0, 2);
  line.field(kType, view, 2, 2);
  line.field(kId, view, 4, 4);
  line.field(kRouter, view, 8, 4);
  line.field(kSequence, view, 12, 4);
  line.field(kLength, view, 18, 2);
}

}  // namespace
}  // namespace advertisements

std::string options_text(std::uint32_t options) {
  return bit_names(advertisements::kOptions, options, ", ", "none");
}

void print_identity(Line& line, std::uint16_t type, std::uint32_t id) {
  using namespace advertisements;
  line.print("\n\t    {} LSA ({}), {} Scope{}, LSA-ID {}",
             name_of(kTypes, type & 0x1fffu, "Unknown"), type & 0x1fff,
             name_of(kScopes, type & 0x6000u, "Unknown"),
             (type & 0x8000) != 0 ? ", transitive" : "", line.host4_text(id));
}

bool print_header(Line& line, const View& view) {
  if (view.length() < kAdvertisementHeader) return false;
  advertisements::tell_header(line, view);
  line.print("\n\t  Advertising Router {}, seq 0x{:08x}, age {}s, length {}",
             line.host4_text(view.u32(8)), view.u32(12), view.u16(0),
             std::size_t{view.u16(18)} - kAdvertisementHeader);
  print_identity(line, view.u16(2), view.u32(4));
  return true;
}

std::size_t print_advertisement(Line& line, const View& view) {
  if (!print_header(line, view)) return 0;
  const std::size_t length = view.u16(18);
  if (length < kAdvertisementHeader || length > view.length()) return 0;
  const View body = view.from(kAdvertisementHeader).claiming(length - kAdvertisementHeader);
  return advertisements::print_body(line, view.u16(2), body) ? length : 0;
}

}  // namespace weir::packet::ospf6
