// UDP (RFC 768).
#include <algorithm>

#include "packet/print/checksum.h"
#include "packet/print/printers.h"
#include "packet/protocol_names.h"

namespace weir::packet::udp {
namespace {

constexpr Field kFields[] = {
    {.name = "udp.srcport", .offset = 0, .size = 2},
    {.name = "udp.dstport", .offset = 2, .size = 2},
    {.name = "udp.length", .offset = 4, .size = 2},
    {.name = "udp.checksum", .offset = 6, .size = 2, .show = Show::kHex},
};
constexpr Protocol kUdp{.name = "udp", .fields = kFields};

constexpr std::size_t kHeader = 8;
constexpr std::uint16_t kHttps = 443;

// IPv4 may leave the checksum out; there it is shown from -vv on, with IPv6 from -v on.
void print_checksum(Line& line, const View& view, std::size_t payload_length, const IpContext& ip) {
  if (!line.verbose(ip.version == 4 ? 2 : 1) || !line.options().check_checksums || ip.fragmented)
    return;
  const std::uint16_t held = view.u16(6);
  if (ip.version == 4 && held == 0) return line.put("[no cksum] ");
  if (!view.has(kHeader, payload_length)) return;
  const std::uint16_t sum = transport_checksum(ip, view, payload_length + kHeader, kIpUdp);
  if (sum == 0) return line.put("[udp sum ok] ");
  line.print("[bad udp cksum 0x{:04x} -> 0x{:04x}!] ", held, right_checksum(held, sum));
}

void print_length(Line& line, std::size_t claimed, std::size_t length, bool fragmented) {
  if (claimed > length && !fragmented) {
    line.print("UDP, bad length {} > {}", claimed, length);
  } else {
    line.put("UDP, length ", claimed);
  }
}

}  // namespace

void print(Line& line, const View& view, const IpContext& ip) {
  line.begin_layer(kUdp, view);
  if (!view.has(2, 2)) {
    if (ip.first_protocol == kIpUdp) {
      put_ip_addresses(line, ip);
      line.put(": ");
    }
    return line.put_cut();
  }
  const std::uint16_t source = view.u16(0);
  const std::uint16_t destination = view.u16(2);
  put_endpoints(line, ip, PortKind::kUdp, source, destination);
  line.put(": ");
  if (view.length() < kHeader) return line.print("truncated-udp {}", view.length());
  if (!view.has(4, 2)) return line.put_cut();
  std::size_t claimed = view.u16(4);
  if (claimed == 0 && view.length() > 0xffff) claimed = view.length();  // RFC 2675
  if (claimed < kHeader) return line.print("truncated-udplength {}", claimed);
  if (!view.has(0, kHeader)) return line.put_cut();
  claimed -= kHeader;
  const std::size_t length = std::min(claimed, view.length() - kHeader);
  const View payload = view.from(kHeader).claiming(length);
  print_checksum(line, view, length, ip);
  if (!line.options().quick && print_udp_payload(line, payload, source, destination, ip)) return;
  print_length(line, claimed, length, ip.fragmented);
  if (line.verbose() && !line.options().quick)
    quic::print(line, payload, source == kHttps || destination == kHttps);
}

}  // namespace weir::packet::udp
