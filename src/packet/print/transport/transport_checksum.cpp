// The checksum of what IP carries, over its pseudo header (RFC 793, RFC 8200 section 8.1). Its
// destination is the last one, which a source route may hold.
#include <optional>

#include "packet/print/checksum.h"
#include "packet/print/printers.h"

namespace weir::packet {
namespace {

constexpr std::uint8_t kLooseRoute = 131;
constexpr std::uint8_t kStrictRoute = 137;

// Where the destination stands in an IPv4 header: its own field, or the end of a source route.
std::size_t destination_at4(const View& header) {
  constexpr std::size_t kOwn = 16;
  const std::size_t end = std::size_t{4} * (header.u8(0) & 0x0fu);
  for (std::size_t at = 20; at < end && header.has(at, 2);) {
    const std::uint8_t kind = header.u8(at);
    if (kind == 0) break;
    const std::size_t length = kind == 1 ? 1 : header.u8(at + 1);
    if (length < (kind == 1 ? 1u : 2u) || at + length > end || !header.has(at, length)) break;
    if ((kind == kLooseRoute || kind == kStrictRoute) && length >= 7) return at + length - 4;
    at += length;
  }
  return kOwn;
}

// The last address of a routing header: segments of type 4 stand in reverse order (RFC 8754).
std::optional<std::size_t> last_segment(const View& packet, std::size_t at) {
  const std::size_t words = packet.u8(at + 1);  // of 8 bytes
  const std::uint8_t type = packet.u8(at + 2);
  if (words == 0 || words % 2 != 0) return {};
  const std::size_t found = type == 4 ? at + 8 : at + 8 * words - 8;
  const bool has_segments = type == 0 || type == 2 || type == 4;
  if (!has_segments || !packet.has(found, 16)) return {};
  return found;
}

std::size_t destination_at6(const View& packet) {
  constexpr std::size_t kOwn = 24;
  std::uint8_t next = packet.u8(6);
  std::size_t at = 40;
  while (packet.has(at, 4)) {
    if (next == 43) return last_segment(packet, at).value_or(kOwn);
    const bool is_fragment = next == 44;
    const bool has_length = next == 0 || next == 60 || next == 135 || next == 62;
    if (!is_fragment && !has_length) break;
    next = packet.u8(at);
    at += is_fragment ? 8 : (packet.u8(at + 1) + 1u) * 8u;
  }
  return kOwn;
}

}  // namespace

std::uint16_t transport_checksum(const IpContext& ip, const View& view, std::size_t length,
                                 std::uint8_t protocol) {
  Checksum sum;
  if (ip.version == 4) {
    sum.add(ip.header.bytes(12, 4));
    sum.add(ip.header.bytes(destination_at4(ip.header), 4));
  } else {
    sum.add(ip.header.bytes(8, 16));
    sum.add(ip.header.bytes(destination_at6(ip.header), 16));
  }
  sum.add16(protocol);
  sum.add32(static_cast<std::uint32_t>(length));
  sum.add(view.bytes(0, length));
  return sum.result();
}

}  // namespace weir::packet
