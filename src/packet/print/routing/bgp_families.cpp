// Multi-protocol attributes of BGP (RFC 4760).

#include "packet/print/named.h"
#include "packet/print/pieces.h"
#include "packet/print/registries.h"
#include "packet/print/routing/bgp_parts.h"

namespace weir::packet::bgp {
namespace families {
namespace {

constexpr Named kSubsequent[] = {
    {0, "Reserved"},
    {1, "Unicast"},
    {2, "Multicast"},
    {3, "Unicast+Multicast"},
    {4, "labeled Unicast"},
    {64, "Tunnel"},
    {65, "VPLS"},
    {66, "MDT"},
    {70, "EVPN"},
    {128, "labeled VPN Unicast"},
    {129, "labeled VPN Multicast"},
    {130, "labeled VPN Unicast+Multicast"},
    {132, "Route Target Routing Information"},
    {5, "Multicast VPN"},
};

constexpr std::size_t kDistinguisher = 8;

std::size_t next_hop_size(NextHop kind) {
  switch (kind) {
    case NextHop::kIp4:
      return 4;
    case NextHop::kDistinguishedIp4:
      return 4 + kDistinguisher;
    case NextHop::kIp6:
      return 16;
    case NextHop::kDistinguishedIp6:
      return 16 + kDistinguisher;
    case NextHop::kDistinguishedNsap:
      return 1 + kDistinguisher;
    case NextHop::kNsap:
      break;
  }
  return 0;
}

// IP addresses that are mapped into those of OSI (RFC 986, RFC 1888).
void print_mapped(Line& line, const View& address) {
  if (address.u32(0) == 0x47000601) {
    line.print(" = {}", line.host4_text(address.u32(4)));
  } else if (address.u24(0) == 0x350000) {
    line.print(" = {}", line.host6_text(address.bytes(3, 16)));
  }
}

void print_distinguisher(Line& line, const View& left) {
  line.print("RD: {}, ", distinguisher_text(line, left, 0));
}

// One of those in `left`. Returns its length.
std::size_t print_next_hop(Line& line, NextHop kind, const View& left) {
  const std::size_t size = next_hop_size(kind);
  if (left.length() < size) {
    line.put("invalid len");
    return left.length();
  }
  const bool is_nsap = kind == NextHop::kNsap || kind == NextHop::kDistinguishedNsap;
  const std::size_t taken = is_nsap ? left.length() : size;
  if (!left.need(0, taken)) return taken;
  if (kind == NextHop::kIp4) line.host4(left.u32(0));
  if (kind == NextHop::kIp6) line.host6(left.bytes(0, 16));
  if (kind == NextHop::kNsap) line.put(nsap_text(left.bytes(0, taken)));
  if (kind == NextHop::kIp4 || kind == NextHop::kIp6 || kind == NextHop::kNsap) return taken;
  print_distinguisher(line, left);
  const View address = left.from(kDistinguisher);
  if (kind == NextHop::kDistinguishedIp4) line.host4(address.u32(0));
  if (kind == NextHop::kDistinguishedIp6) line.host6(address.bytes(0, 16));
  if (kind != NextHop::kDistinguishedNsap) return taken;
  line.put(nsap_text(address.bytes(0, taken - kDistinguisher)));
  print_mapped(line, address);
  return taken;
}

void print_next_hops(Line& line, NextHop kind, const View& list) {
  line.put("\n\t    nexthop: ");
  for (View left = list; left.length() != 0 && !line.cut();) {
    left = left.from(print_next_hop(line, kind, left));
    if (left.length() != 0) line.put(", ");
  }
}

// Points of attachment to a subnetwork, which RFC 4760 has done away with. Moves `left` behind
// them.
bool print_attachments(Line& line, View& left) {
  if (left.length() < 1) return false;
  const unsigned count = left.u8(0);
  left = left.from(1);
  if (count == 0) line.put(", no SNPA");
  if (count != 0) line.print("\n\t    {} SNPA", count);
  for (unsigned i = 0; i < count; ++i) {
    if (left.length() < 1) return false;
    const std::size_t length = left.u8(0);
    line.print("\n\t      {} bytes", length);
    if (left.length() - 1 < length || !left.has(1, length)) return false;
    left = left.from(1 + length);
  }
  return true;
}

}  // namespace
}  // namespace families

std::string_view subsequent_family_text(std::uint8_t number) {
  return name_of(families::kSubsequent, number, "Unknown");
}

std::string families_text(const View& view, std::size_t at, std::size_t subsequent_at) {
  const std::uint16_t family = view.u16(at);
  const std::uint8_t subsequent = view.u8(subsequent_at);
  return fmt::format("AFI {} ({}), SAFI {} ({})", address_family_text(family), family,
                     subsequent_family_text(subsequent), subsequent);
}

std::optional<Families> print_families(Line& line, const View& value) {
  const std::uint16_t family = value.u16(0);
  const std::uint8_t subsequent = value.u8(2);
  const std::string_view name = address_family_text(family);
  const std::string_view subsequent_name = name_of(families::kSubsequent, subsequent);
  line.print("\n\t    AFI: {} ({}), {}SAFI: {} ({})", name == "Unknown" ? "Unknown AFI" : name,
             family, subsequent > 128 ? "vendor specific " : "",
             subsequent_name.empty() ? "Unknown SAFI" : subsequent_name, subsequent);
  const Family* found = find_family(family, subsequent);
  if (found != nullptr) return Families{.family = found};
  if (!value.has(0, value.length())) return {};
  line.print("\n\t    no AFI {} / SAFI {} decoder", family, subsequent);
  if (!line.verbose(2)) put_unknown(line, value, 0, value.length(), "\n\t    ");
  return Families{.family = nullptr};
}

bool print_routes(Line& line, const Family& family, const View& value, std::size_t at) {
  View left = value.from(at);
  const bool add_path =
      family.max_bits != 0 && looks_like_add_path(left, left.length(), family.max_bits);
  while (left.length() != 0 && !line.cut()) {
    const int taken = family.print(line, left, value.length(), add_path);
    if (taken == Route::kCut) return false;
    if (taken < 0) return true;
    left = left.from(static_cast<std::size_t>(taken));
  }
  return true;
}

bool print_reachable(Line& line, const View& value) {
  if (!value.has(0, 3) || value.length() < 3) return false;
  const auto known = print_families(line, value);
  if (!known) return false;
  if (known->family == nullptr) return true;
  if (!value.has(3, 1) || value.length() < 4) return false;
  const std::size_t length = value.u8(3);
  View left = value.from(4);
  if (length != 0) {
    if (left.length() < length) return false;
    families::print_next_hops(line, known->family->next_hop, left.claiming(length));
    left = left.from(length);
  }
  line.print(", nh-length: {}", length);
  if (!families::print_attachments(line, left)) return false;
  return print_routes(line, *known->family, value, value.length() - left.length());
}

bool print_unreachable(Line& line, const View& value) {
  if (!value.has(0, 3)) return false;
  const auto known = print_families(line, value);
  if (!known) return false;
  if (known->family == nullptr) return true;
  if (value.length() == 3) line.put("\n\t      End-of-Rib Marker (empty NLRI)");
  return print_routes(line, *known->family, value, 3);
}

}  // namespace weir::packet::bgp
