// Elements of IS-IS packets (ISO 10589, RFC 1195, RFC 5303, RFC 5306, RFC 6232, RFC 8202).
#include "packet/print/routing/isis_elements.h"

#include <algorithm>
#include <bit>

#include "packet/print/named.h"
#include "packet/print/pieces.h"
#include "packet/print/registries.h"

namespace weir::packet::isis {
namespace elements {
namespace {

// Values are as long as their views claim. What is left when one is too short is not shown.

void print_areas(Line& line, const View& value) {
  View left = value;
  while (left.length() != 0 && !line.cut()) {
    const std::size_t length = left.u8(0);
    if (left.length() - 1 < length || !left.need(1, length)) return;
    line.print("\n\t      Area address (length: {}): {}", length, nsap_text(left.bytes(1, length)));
    left = left.from(1 + length);
  }
}

// As many as there are of things of `size` bytes.
template <typename Print>
void print_each(const View& value, std::size_t size, Print print) {
  for (View left = value; left.length() >= size && left.need(0, size); left = left.from(size))
    print(left);
}

void print_neighbors(Line& line, const View& value) {
  print_each(value, kSystemId, [&](const View& left) {
    line.print("\n\t      SNPA: {}", id_text(left, 0, kSystemId));
  });
}

void print_partitions(Line& line, const View& value) {
  print_each(value, kSystemId,
             [&](const View& left) { line.print("\n\t      {}", id_text(left, 0, kSystemId)); });
}

std::string metric_text(std::uint8_t metric) {
  return fmt::format("{}, {}", metric & 0x3f, (metric & 0x40) != 0 ? "External" : "Internal");
}

// Those of delay, expense and error, of which the highest bit says that there is none.
void print_other_metrics(Line& line, const View& view, std::size_t at, std::string_view indent) {
  constexpr std::string_view kNames[] = {"Delay", "Expense", "Error"};
  for (std::size_t i = 0; i < std::size(kNames); ++i) {
    const std::uint8_t metric = view.u8(at + i);
    if ((metric & 0x80) == 0) line.print("{}{} Metric: {}", indent, kNames[i], metric_text(metric));
  }
}

void print_systems(Line& line, const View& value, std::string_view title, std::size_t id_size) {
  print_each(value, 4 + id_size, [&](const View& left) {
    line.print("\n\t      {} Neighbor: {}, Default Metric: {}", title, id_text(left, 4, id_size),
               metric_text(left.u8(0)));
    print_other_metrics(line, left, 1, "\n\t\t  ");
  });
}

void print_intermediate_systems(Line& line, const View& value) {
  static constexpr Named kKinds[] = {{0, "IsNotVirtual"}, {1, "IsVirtual"}};
  if (value.length() < 1) return;
  line.print("\n\t      {}", named(kKinds, value.u8(0), "bogus virtual flag 0x{:02x}"));
  print_systems(line, value.from(1), "IS", kNodeId);
}

void print_end_systems(Line& line, const View& value) {
  print_systems(line, value, "ES", kSystemId);
}

void print_instance(Line& line, const View& value) {
  if (value.length() < 4) return;
  const std::size_t count = (value.length() - 2) / 2;
  line.print("\n\t      Instance ID: {}, ITIDs({}){} ", value.u16(0), count, count != 0 ? ":" : "");
  for (std::size_t i = 0; i < count && !line.cut(); ++i)
    line.print("{}{}", i == 0 ? "" : ", ", value.u16(2 + 2 * i));
}

void print_nothing(Line&, const View&) {}

void print_link_states(Line& line, const View& value) {
  constexpr std::size_t kSize = 16;
  for (View left = value; left.length() >= kSize && left.need(2, kLinkStateId);
       left = left.from(kSize)) {
    line.print("\n\t      lsp-id: {}", id_text(left, 2, kLinkStateId));
    line.print(", seq: 0x{:08x}", left.u32(10));
    line.print(", lifetime: {:5}s", left.u16(0));
    line.print(", chksum: 0x{:04x}", left.u16(14));
  }
}

void print_hex(Line& line, const View& value, std::size_t at) {
  for (std::size_t i = at; i < value.length() && !line.cut(); ++i)
    line.print("{:02x}", value.u8(i));
}

void print_authentication(Line& line, const View& value) {
  enum Type : std::uint8_t { kSimple = 1, kGeneric = 3, kMd5 = 54 };
  static constexpr Named kTypes[] = {{kSimple, "simple text password"},
                                     {kGeneric, "Generic Crypto key-id"},
                                     {kMd5, "HMAC-MD5 password"},
                                     {255, "Routing Domain private password"}};
  constexpr std::size_t kMd5Length = 16;
  if (value.length() < 1) return;
  const std::uint8_t type = value.u8(0);
  line.print("\n\t      {}: ", named(kTypes, type, "unknown Authentication type 0x{:02x}"));
  if (type == kSimple) {
    line.zero_padded(value, 1, value.length() - 1);
  } else if (type == kMd5) {
    print_hex(line, value, 1);
    if (value.length() - 1 != kMd5Length) line.put(", (invalid subTLV) ");
    line.put(" (unchecked)");
  } else if (type != kGeneric) {
    put_unknown(line, value, 1, value.length() - 1, "\n\t\t  ");
  } else if (value.length() >= 3) {
    line.print("{}, password: ", value.u16(1));
    print_hex(line, value, 3);
  }
}

void print_purge(Line& line, const View& value) {
  if (value.length() < 1) return;
  const unsigned count = value.u8(0);
  if (count == 0) return line.put(" No system IDs supplied");
  if (value.length() < 1 + kSystemId || !value.need(1, kSystemId)) return;
  line.print("\n\t      Purge Originator System-ID: {}", id_text(value, 1, kSystemId));
  if (count == 1 || value.length() < 1 + 2 * kSystemId) return;
  if (!value.need(1 + kSystemId, 2 * kSystemId + 1)) return;
  line.print("\n\t      Received from System-ID: {}", id_text(value, 1 + kSystemId, kSystemId));
}

void print_buffer_size(Line& line, const View& value) {
  if (value.length() >= 2) line.print("\n\t      LSP Buffersize: {}", value.u16(0));
}

// As a prefix, when the bits of the mask stand together.
void print_ip_route(Line& line, const View& left) {
  constexpr std::string_view kIndent = "\n\t      ";
  const std::uint32_t mask = left.u32(8);
  const std::string prefix = line.host4_text(left.u32(4));
  if (std::countl_one(mask) + std::countr_zero(mask) >= 32) {
    line.print("{}IPv4 prefix: {:>15}/{}", kIndent, prefix, std::countl_one(mask));
  } else {
    line.print("{}IPv4 prefix: {} mask {}", kIndent, prefix, line.host4_text(mask));
  }
  const std::uint8_t metric = left.u8(0);
  line.print(", Distribution: {}, Metric: {}", (metric & 0x80) != 0 ? "down" : "up",
             metric_text(metric));
  print_other_metrics(line, left, 1, "\n\t        ");
}

// Nothing follows one that is cut short.
bool print_ip_routes(Line& line, const View& value) {
  constexpr std::size_t kRoute = 12;
  for (View left = value; left.length() != 0; left = left.from(kRoute)) {
    if (left.length() < kRoute)
      line.print("short IPv4 Reachability ({} vs {})", left.length(), kRoute);
    if (left.length() < kRoute || !left.has(0, kRoute)) return false;
    print_ip_route(line, left);
  }
  return true;
}

void print_protocols(Line& line, const View& value) {
  static constexpr Named kProtocols[] = {
      {0x00, "NULL"},   {0x08, "Q.933"}, {0x09, "LMI"},  {0x80, "SNAP"},      {0x81, "CLNP"},
      {0x82, "ES-IS"},  {0x83, "IS-IS"}, {0x84, "CONS"}, {0x85, "IDRP"},      {0xc1, "ISIS_SPB"},
      {0xb1, "FRF.15"}, {0xcc, "IPv4"},  {0xcf, "PPP"},  {0x8a, "X25 ES-IS"}, {0x8e, "IPv6"},
  };
  line.put("\n\t      NLPID(s): ");
  for (std::size_t i = 0; i < value.length() && !line.cut(); ++i) {
    const std::uint8_t protocol = value.u8(i);
    line.print("{} (0x{:02x}){}", name_of(kProtocols, protocol, "unknown"), protocol,
               i + 1 < value.length() ? ", " : "");
  }
}

void print_ip4_addresses(Line& line, const View& value) {
  print_each(value, 4, [&](const View& left) {
    line.print("\n\t      IPv4 interface address: {}", line.host4_text(left.u32(0)));
  });
}

void print_ip6_addresses(Line& line, const View& value) {
  print_each(value, 16, [&](const View& left) {
    line.print("\n\t      IPv6 interface address: {}", line.host6_text(left.bytes(0, 16)));
  });
}

void print_router_id(Line& line, const View& value) {
  if (value.length() < 4) return;
  line.print("\n\t      Traffic Engineering Router ID: {}", line.host4_text(value.u32(0)));
}

void print_host_name(Line& line, const View& value) {
  line.put("\n\t      Hostname: ");
  line.zero_padded(value, 0, value.length());
}

void print_restart(Line& line, const View& value) {
  static constexpr Named kFlags[] = {{1, "Restart Request"},
                                     {2, "Restart Acknowledgement"},
                                     {4, "Suppress adjacency advertisement"}};
  if (value.length() < 1 || !value.need(0, 1)) return;
  line.print("\n\t      Flags [{}]", bit_names(kFlags, value.u8(0), ", ", "none"));
  if (value.length() < 3) return;
  line.print(", Remaining holding time {}s", value.u16(1));
  if (value.length() != 3 + kSystemId || !value.need(3, kSystemId)) return;
  line.print(", for {}", id_text(value, 3, kSystemId));
}

void print_adjacency(Line& line, const View& value) {
  static constexpr Named kStates[] = {{0, "Up"}, {1, "Initializing"}, {2, "Down"}};
  std::size_t left = value.length();
  if (left >= 1) {
    line.print("\n\t      Adjacency State: {} ({})", name_of(kStates, value.u8(0), "unknown"),
               value.u8(0));
    --left;
  }
  if (left > 4) {
    line.print("\n\t      Extended Local circuit-ID: 0x{:08x}", value.u32(1));
    left -= 4;
  }
  if (left >= kSystemId) {
    if (!value.need(5, kSystemId)) return;
    line.print("\n\t      Neighbor System-ID: {}", id_text(value, 5, kSystemId));
    left -= kSystemId;
  }
  if (left >= 4)
    line.print("\n\t      Neighbor Extended Local circuit-ID: 0x{:08x}", value.u32(11));
}

void print_sequence(Line& line, const View& value) {
  if (value.length() >= 4) line.print("\n\t      Sequence number: {}", value.u32(0));
}

void print_vendor(Line& line, const View& value) {
  if (value.length() < 3) return;
  const std::uint32_t vendor = value.u24(0);
  line.print("\n\t      Vendor: {} ({})", organization_text(vendor), vendor);
  if (value.length() > 3) put_unknown(line, value, 3, value.length() - 3, "\n\t\t");
}

struct Element {
  std::uint8_t type;
  std::string_view name;
  void (*print)(Line&, const View&) = nullptr;
  // Instead: false when it is cut short, and whether that is to be said.
  bool (*print_checked)(Line&, const View&) = nullptr;
  bool tells_cut = true;
};
constexpr Element kElements[] = {
    {1, "Area address(es)", print_areas},
    {2, "IS Reachability", print_intermediate_systems},
    {3, "ES Neighbor(s)", print_end_systems},
    {4, "Partition DIS", print_partitions},
    {5, "Prefix Neighbors"},
    {6, "IS Neighbor(s)", print_neighbors},
    {7, "Instance Identifier", print_instance},
    {8, "Padding", print_nothing},
    {9, "LSP entries", print_link_states},
    {10, "Authentication", print_authentication},
    {12, "Checksum"},
    {13, "Purge Originator Identifier", print_purge},
    {14, "LSP Buffersize", print_buffer_size},
    {22, "Extended IS Reachability", nullptr, print_links},
    {24, "IS Alias ID"},
    {42, "DECnet Phase IV"},
    {66, "Lucent Proprietary"},
    {128, "IPv4 Internal Reachability", nullptr, print_ip_routes, false},
    {129, "Protocols supported", print_protocols},
    {130, "IPv4 External Reachability", nullptr, print_ip_routes, false},
    {131, "Inter-Domain Information Type"},
    {132, "IPv4 Interface address(es)", print_ip4_addresses},
    {133, "IPv4 authentication (deprecated)"},
    {134, "Traffic Engineering Router ID", print_router_id},
    {135, "Extended IPv4 Reachability", nullptr, print_ip4_routes},
    {137, "Hostname", print_host_name},
    {138, "Shared Risk Link Group"},
    {143, "Multi-Topology-Aware Port Capability"},
    {144, "Multi-Topology Capability"},
    {176, "Nortel Proprietary"},
    {177, "Nortel Proprietary"},
    {211, "Restart Signaling", print_restart},
    {222, "Multi Topology IS Reachability"},
    {229, "Multi Topology"},
    {232, "IPv6 Interface address(es)", print_ip6_addresses},
    {235, "Multi-Topology IPv4 Reachability"},
    {236, "IPv6 reachability", nullptr, print_ip6_routes},
    {237, "Multi-Topology IP6 Reachability"},
    {240, "Point-to-point Adjacency State", print_adjacency},
    {241, "Hello PDU Sequence Number", print_sequence},
    {242, "IS-IS Router Capability", print_capabilities},
    {250, "Vendor Private", print_vendor},
};

// Returns its length; 0 when nothing can follow.
std::size_t print_element(Line& line, const View& left) {
  constexpr std::size_t kHeader = 2;
  if (!left.has(0, kHeader) || left.length() < kHeader) {
    line.put_cut();
    return 0;
  }
  const std::uint8_t type = left.u8(0);
  const std::size_t length = left.u8(1);
  const auto found = std::ranges::find(kElements, type, &Element::type);
  const bool known = found != std::ranges::end(kElements);
  line.print("\n\t    {} TLV #{}, length: {}", known ? found->name : "unknown", type, length);
  if (left.length() - kHeader < length) {
    line.put_cut();
    return 0;
  }
  const View value = left.from(kHeader).claiming(length);
  if (known && found->print_checked != nullptr) {
    const bool good = found->print_checked(line, value);
    if (!good && found->tells_cut) line.put_cut();
    if (!good) return 0;
  } else if (known && found->print != nullptr) {
    found->print(line, value);
  } else if (!line.verbose(2)) {
    put_unknown(line, value, 0, length, "\n\t\t");
  }
  if (line.verbose(2)) put_unknown(line, value, 0, length, "\n\t      ");
  return kHeader + length;
}

// Fletcher's sum (ISO 8473), as if the checksum were zero; the checksum that makes it right.
std::uint16_t right_checksum(const View& view, std::size_t at, std::size_t length) {
  std::uint32_t c0 = 0, c1 = 0;
  for (std::size_t i = 0; i < length; ++i) {
    if (i != at && i != at + 1) c0 += view.u8(i);
    c1 += c0;
  }
  const auto first = static_cast<int>(c0 % 255);
  const auto second = static_cast<int>(c1 % 255);
  const int product = static_cast<int>(length - at) * first;
  // Modulo 255, where zero is written as 255.
  const auto folded = [](int value) {
    const int rest = ((value % 255) + 255) % 255;
    return static_cast<unsigned>(rest == 0 ? 255 : rest);
  };
  return static_cast<std::uint16_t>(folded(product - first - second) << 8 |
                                    folded(second - product));
}

}  // namespace
}  // namespace elements

std::string id_text(const View& view, std::size_t at, std::size_t size) {
  std::string out;
  for (std::size_t i = 0; i < size; ++i) {
    const std::string_view separator = i == 7 ? "-" : i == 6 || i == 2 || i == 4 ? "." : "";
    out += fmt::format("{}{:02x}", separator, view.u8(at + i));
  }
  return out;
}

std::string checksum_text(const View& view, std::size_t at, std::size_t length,
                          std::uint16_t checksum) {
  if (checksum == 0 || !view.has(at, 2) || at > length || !view.has(0, length))
    return " (unverified)";
  const std::uint16_t right = elements::right_checksum(view, at, length);
  if (right == checksum) return " (correct)";
  return fmt::format(" (incorrect should be 0x{:04x})", right);
}

void print_elements(Line& line, const View& list) {
  View left = list;
  while (left.length() != 0 && !line.cut()) {
    const std::size_t length = elements::print_element(line, left);
    if (length == 0) return;
    left = left.from(length);
  }
}

}  // namespace weir::packet::isis
