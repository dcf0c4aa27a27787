// Virtual Router Redundancy Protocol, versions 2 and 3 (RFC 3768, RFC 5798).
#include <algorithm>

#include "packet/print/checksum.h"
#include "packet/print/named.h"
#include "packet/print/printers.h"

namespace weir::packet::vrrp {
namespace {

constexpr Field kFields[] = {
    {.name = "vrrp.version", .offset = 0, .size = 1, .mask = 0xf0},
    {.name = "vrrp.type", .offset = 0, .size = 1, .mask = 0x0f},
    {.name = "vrrp.virt_rtr_id", .offset = 1, .size = 1},
    {.name = "vrrp.prio", .offset = 2, .size = 1},
    {.name = "vrrp.addr_count", .offset = 3, .size = 1},
    {.name = "vrrp.checksum", .offset = 6, .size = 2, .show = Show::kHex},
};
constexpr Protocol kVrrp{.name = "vrrp", .fields = kFields};
constexpr Field kIp4{.name = "vrrp.ip_addr", .show = Show::kIp4};
constexpr Field kIp6{.name = "vrrp.ipv6_addr", .show = Show::kIp6};

constexpr std::uint8_t kProtocol = 112;
constexpr std::uint8_t kAdvertisement = 1;
constexpr std::uint8_t kSimple = 1;
constexpr std::size_t kHeader = 8;

constexpr Named kAuthentications[] = {{0, "none"}, {kSimple, "simple"}, {2, "ah"}};

bool is_sound(const View& view, int version, const IpContext& ip) {
  if (!view.has(0, view.length())) return true;
  if (version == 3) return transport_checksum(ip, view, view.length(), kProtocol) == 0;
  Checksum sum;
  sum.add(view.bytes(0, view.length()));
  return sum.result() == 0;
}

void print_interval(Line& line, const View& view, int version) {
  if (version == 3) {
    return line.print(", intvl {}cs, length {}", (view.u8(4) & 0x0f) << 8 | view.u8(5),
                      view.length());
  }
  line.print(", authtype {}", named(kAuthentications, view.u8(4), "#{}"));
  line.print(", intvl {}s, length {}", view.u8(5), view.length());
}

// Returns where they end.
std::size_t print_addresses(Line& line, const View& view, std::size_t count, int ip_version) {
  const std::size_t size = ip_version == 4 ? 4 : 16;
  std::size_t at = kHeader;
  for (std::size_t i = 0; i < count && view.need(at, size); ++i) {
    line.put(i == 0 ? ' ' : ',');
    line.field(ip_version == 4 ? kIp4 : kIp6, view, at, size);
    if (ip_version == 4) {
      line.host4(view.u32(at));
    } else {
      line.host6(view.bytes(at, size));
    }
    at += size;
  }
  return at;
}

void print_details(Line& line, const View& view, int version, const IpContext& ip) {
  const std::size_t count = view.u8(3);
  if (!is_sound(view, version, ip)) line.print(", (bad vrrp cksum {:x})", view.u16(6));
  line.put(", addrs");
  if (count > 1) line.print("({})", count);
  line.put(':');
  const std::size_t end = print_addresses(line, view, count, ip.version);
  if (version != 2 || view.u8(4) != kSimple) return;
  line.put(" auth \"");
  line.zero_padded(view, end, 8);
  line.put('"');
}

}  // namespace

void print(Line& line, const View& view, const IpContext& ip) {
  line.begin_layer(kVrrp, view);
  line.put("VRRP");
  const int version = view.u8(0) >> 4;
  const int type = view.u8(0) & 0x0f;
  if (type == kAdvertisement) {
    line.print("v{}, Advertisement", version);
  } else {
    line.print("v{}, unknown type ({})", version, type);
  }
  if (ip.ttl != 255) line.print(", (ttl {})", ip.ttl);
  if (version < 2 || version > 3 || type != kAdvertisement) return;
  line.print(", vrid {}, prio {}", view.u8(1), view.u8(2));
  print_interval(line, view, version);
  if (line.verbose()) print_details(line, view, version, ip);
}

}  // namespace weir::packet::vrrp
