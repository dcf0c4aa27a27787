// Link state advertisements of OSPF version 2 (RFC 2328, RFC 3101, RFC 5250).
#include "packet/print/routing/ospf_lsa.h"

#include <algorithm>

#include "packet/print/named.h"
#include "packet/print/pieces.h"
#include "packet/print/printers.h"

namespace weir::packet::ospf {
namespace advertisements {
namespace {

constexpr Field kAge{.name = "ospf.lsa.age"};
constexpr Field kType{.name = "ospf.lsa"};
constexpr Field kId{.name = "ospf.lsa.id", .show = Show::kIp4};
constexpr Field kRouter{.name = "ospf.advrouter", .show = Show::kIp4};
constexpr Field kSequence{.name = "ospf.lsa.seqnum", .show = Show::kHex};
constexpr Field kChecksum{.name = "ospf.lsa.chksum", .show = Show::kHex};
constexpr Field kLength{.name = "ospf.lsa.length"};

constexpr Named kTypes[] = {
    {1, "Router"},
    {2, "Network"},
    {3, "Summary"},
    {4, "ASBR Summary"},
    {5, "External"},
    {6, "Multicast Group"},
    {7, "NSSA"},
    {9, "Link Local Opaque"},
    {10, "Area Local Opaque"},
    {11, "Domain Wide Opaque"},
};
bool is_opaque(std::uint32_t type) { return type >= 9 && type <= 11; }

enum OpaqueType : std::uint8_t { kTrafficEngineering = 1, kRestart = 3, kRouterInformation = 4 };
constexpr Named kOpaqueTypes[] = {
    {kTrafficEngineering, "Traffic Engineering"},
    {kRestart, "Graceful restart"},
    {kRouterInformation, "Router Information"},
};

constexpr Named kOptions[] = {
    {0x01, "MultiTopology"}, {0x02, "External"},       {0x04, "Multicast"}, {0x08, "NSSA"},
    {0x10, "LLS"},           {0x20, "Demand Circuit"}, {0x40, "Opaque"},    {0x80, "Up/Down"},
};
constexpr Named kRouterFlags[] = {
    {0x01, "ABR"},      {0x02, "ASBR"}, {0x04, "Virtual"},
    {0x08, "Wildcard"}, {0x10, "Nt"},   {0x80, "Host"},
};
constexpr Named kTopologies[] = {{0, "default"}, {1, "multicast"}, {2, "management"}};
constexpr Named kCapabilities[] = {
    {1, "Reserved"},
    {2, "Reserved"},
    {4, "Reserved"},
    {8, "Reserved"},
    {16, "graceful restart capable"},
    {32, "graceful restart helper"},
    {64, "Stub router support"},
    {128, "Traffic engineering"},
    {256, "p2p over LAN"},
    {512, "path computation server"},
};

void put_address(Line& line, std::string_view title, std::uint32_t address) {
  line.put(title);
  line.host4(address);
}

// Bodies, which claim their length. Each returns false when nothing more should be shown of it.

void print_topologies(Line& line, const View& link) {
  const unsigned count = link.u8(9) + 1u;
  for (unsigned i = 0; i < count && !line.cut(); ++i) {
    const std::uint8_t topology = i == 0 ? std::uint8_t{0} : link.u8(8 + 4 * i);
    line.print("\n\t\ttopology {} ({}), metric {}", name_of(kTopologies, topology, "Unknown"),
               topology, link.u16(10 + 4 * i));
  }
}

struct RouterLink {
  std::uint8_t type;
  std::string_view id;
  std::string_view data;
};
constexpr RouterLink kRouterLinks[] = {
    {1, "\n\t      Neighbor Router-ID: ", ", Interface Address: "},
    {2, "\n\t      Neighbor Network-ID: ", ", Interface Address: "},
    {3, "\n\t      Stub Network: ", ", Mask: "},
    {4, "\n\t      Virtual Link: Neighbor Router-ID: ", ", Interface Address: "},
};

bool print_router(Line& line, const View& body) {
  constexpr std::size_t kLink = 12;
  line.print("\n\t    Router LSA Options: [{}]", bit_names(kRouterFlags, body.u8(0), ", ", "none"));
  const unsigned count = body.u16(2);
  View link = body.from(4);
  if (!link.need(0, kLink)) return false;
  for (unsigned i = 0; i < count && link.need(0, kLink) && !line.cut(); ++i) {
    const std::uint8_t type = link.u8(8);
    const auto found = std::ranges::find(kRouterLinks, type, &RouterLink::type);
    if (found == std::ranges::end(kRouterLinks)) {
      line.print("\n\t      Unknown Router Link Type ({})", type);
      return false;
    }
    put_address(line, found->id, link.u32(0));
    put_address(line, found->data, link.u32(4));
    print_topologies(line, link);
    link = link.from(kLink + std::size_t{4} * link.u8(9));
  }
  return true;
}

bool print_network(Line& line, const View& body) {
  const std::uint32_t mask = body.u32(0);
  put_address(line, "\n\t    Mask ", mask);
  line.put("\n\t    Connected Routers:");
  for (View left = body.from(4); left.length() != 0 && left.need(0, 4); left = left.from(4))
    put_address(line, "\n\t      ", left.u32(0));
  return true;
}

bool print_metrics(Line& line, const View& body) {
  if (!body.need(4, 4)) return false;
  for (View left = body.from(4); left.length() != 0 && !line.cut(); left = left.from(4)) {
    const std::uint32_t metric = left.u32(0);
    const std::uint32_t topology = metric >> 24 & 0x7f;
    line.print("\n\t\ttopology {} ({}) metric {}", name_of(kTopologies, topology, "Unknown"),
               topology, metric & 0xffffff);
  }
  return true;
}

bool print_summary(Line& line, const View& body) {
  if (!body.need(0, 4)) return false;
  put_address(line, "\n\t    Mask ", body.u32(0));
  return print_metrics(line, body);
}

void print_external_metric(Line& line, const View& left) {
  const std::uint32_t metric = left.u32(0);
  const std::uint32_t topology = metric >> 24 & 0x7f;
  line.print("\n\t\ttopology {} ({}), type {}, metric", name_of(kTopologies, topology, "Unknown"),
             topology, (metric & 0x80000000) != 0 ? 2 : 1);
  if ((metric & 0xffffff) == 0xffffff) {
    line.put(" infinite");
  } else {
    line.print(" {}", metric & 0xffffff);
  }
  if (const std::uint32_t forward = left.u32(4); forward != 0)
    put_address(line, ", forward ", forward);
  if (const std::uint32_t tag = left.u32(8); tag != 0) put_address(line, ", tag ", tag);
}

bool print_external(Line& line, const View& body) {
  if (!body.need(0, 4)) return false;
  put_address(line, "\n\t    Mask ", body.u32(0));
  if (!body.need(4, 4)) return false;
  for (View left = body.from(4); left.length() != 0 && !line.cut(); left = left.from(12))
    print_external_metric(line, left);
  return true;
}

bool print_group(Line& line, const View& body) {
  for (View left = body; left.length() != 0 && !line.cut(); left = left.from(8)) {
    const std::uint32_t type = left.u32(0);
    const std::uint32_t id = left.u32(4);
    if (type == 1) {
      put_address(line, "\n\t    Router Router-ID ", id);
    } else if (type == 2) {
      put_address(line, "\n\t    Network Designated Router ", id);
    } else {
      line.print("\n\t    unknown VertexType ({})", type);
    }
  }
  return true;
}

// Returns its length; 0 when it is broken.
std::size_t print_information_element(Line& line, const View& left) {
  if (!left.need(0, 4)) return 0;
  if (left.length() < 4) {
    line.print("\n\t    Remaining LS length {} < 4", left.length());
    return 0;
  }
  const std::uint16_t type = left.u16(0);
  const std::size_t length = left.u16(2);
  line.print("\n\t    {} TLV ({}), length: {}, value: ",
             type == 1 ? "Router Capabilities" : "unknown", type, length);
  if (length > left.length() - 4) {
    line.print("\n\t    Bogus length {} > remaining LS length {}", length, left.length() - 4);
    return 0;
  }
  if (!left.need(4, length)) return 0;
  if (type == 1 && length != 4) {
    line.print("\n\t    Bogus length {} != 4", length);
    return 0;
  }
  if (type == 1) {
    line.print("Capabilities: {}", bit_names(kCapabilities, left.u32(4), ", ", "Unknown"));
  } else if (!line.verbose(2)) {
    put_unknown(line, left, 4, length, "\n\t      ");
  }
  return 4 + length;
}

bool print_information(Line& line, const View& body) {
  View left = body;
  while (left.length() != 0 && !line.cut()) {
    const std::size_t length = print_information_element(line, left);
    if (length == 0) return false;
    left = left.from(length);
  }
  return true;
}

bool print_opaque(Line& line, const View& body, std::uint8_t type) {
  if (type == kRouterInformation) return print_information(line, body);
  if (type == kRestart) return print_restart(line, body);
  if (type == kTrafficEngineering) return print_traffic_engineering(line, body);
  if (!line.verbose(2)) put_unknown(line, body, 0, body.length(), "\n\t    ");
  return true;
}

struct Body {
  std::uint8_t type;
  bool (*print)(Line&, const View&);
};
constexpr Body kBodies[] = {
    {1, print_router},   {2, print_network}, {3, print_summary},  {4, print_metrics},
    {5, print_external}, {6, print_group},   {7, print_external},
};

bool print_body(Line& line, const View& view, const View& body) {
  const std::uint8_t type = view.u8(3);
  if (is_opaque(type)) return print_opaque(line, body, view.u8(4));
  const auto found = std::ranges::find(kBodies, type, &Body::type);
  return found == std::ranges::end(kBodies) || found->print(line, body);
}

void tell_header(Line& line, const View& view) {
  line.field(kAge, view, 0, 2);
  line.field(kType, view, 3, 1);
  line.field(kId, view, 4, 4);
  line.field(kRouter, view, 8, 4);
  line.field(kSequence, view, 12, 4);
  line.field(kChecksum, view, 16, 2);
  line.field(kLength, view, 18, 2);
}

}  // namespace
}  // namespace advertisements

void print_identity(Line& line, const View& view, std::size_t id_at, std::uint32_t type,
                    std::string_view colon) {
  using namespace advertisements;
  const std::uint32_t id = view.u32(id_at);
  line.print("{} LSA ({})", name_of(kTypes, type, "unknown"), type);
  if (!is_opaque(type)) return put_address(line, ", LSA-ID: ", id);
  line.print(", Opaque-Type{} {} LSA ({}), Opaque-ID{} {}", colon,
             name_of(kOpaqueTypes, id >> 24, "unknown"), id >> 24, colon, id & 0xffffff);
}

std::size_t print_header(Line& line, const View& view) {
  const std::size_t length = view.u16(18);
  if (length < kAdvertisementHeader) {
    line.print("\n\t    Bogus length {} < header ({})", length, kAdvertisementHeader);
    return 0;
  }
  advertisements::tell_header(line, view);
  line.print("\n\t  Advertising Router {}, seq 0x{:08x}, age {}s, length {}",
             line.host4_text(view.u32(8)), view.u32(12), view.u16(0),
             length - kAdvertisementHeader);
  line.put("\n\t    ");
  print_identity(line, view, 4, view.u8(3), "");
  line.print("\n\t    Options: [{}]",
             bit_names(advertisements::kOptions, view.u8(2), ", ", "none"));
  return length;
}

std::size_t print_advertisement(Line& line, const View& view) {
  const std::size_t length = print_header(line, view);
  if (length == 0 || line.cut()) return 0;
  const View body = view.from(kAdvertisementHeader).claiming(length - kAdvertisementHeader);
  if (advertisements::print_body(line, view, body) && line.verbose(2) && !line.cut())
    put_unknown(line, body, 0, body.length(), "\n\t    ");
  return length;
}

}  // namespace weir::packet::ospf
