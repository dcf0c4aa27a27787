// IPv4 (RFC 791).
#include <algorithm>

#include "packet/print/checksum.h"
#include "packet/print/named.h"
#include "packet/print/printers.h"

namespace weir::packet::ip4 {
namespace {

constexpr Field kFields[] = {
    {.name = "ip.version", .offset = 0, .size = 1, .mask = 0xf0},
    {.name = "ip.hdr_len", .offset = 0, .size = 1, .mask = 0x0f},  // words of 4 bytes
    {.name = "ip.dsfield", .offset = 1, .size = 1, .show = Show::kHex},
    {.name = "ip.len", .offset = 2, .size = 2},
    {.name = "ip.id", .offset = 4, .size = 2, .show = Show::kHex},
    {.name = "ip.flags.rb", .offset = 6, .size = 2, .show = Show::kFlag, .mask = 0x8000},
    {.name = "ip.flags.df", .offset = 6, .size = 2, .show = Show::kFlag, .mask = 0x4000},
    {.name = "ip.flags.mf", .offset = 6, .size = 2, .show = Show::kFlag, .mask = 0x2000},
    {.name = "ip.frag_offset", .offset = 6, .size = 2, .mask = 0x1fff},  // units of 8 bytes
    {.name = "ip.ttl", .offset = 8, .size = 1},
    {.name = "ip.proto", .offset = 9, .size = 1},
    {.name = "ip.checksum", .offset = 10, .size = 2, .show = Show::kHex},
    {.name = "ip.src", .offset = 12, .size = 4, .show = Show::kIp4},
    {.name = "ip.dst", .offset = 16, .size = 4, .show = Show::kIp4},
};
constexpr Protocol kIp4{.name = "ip", .fields = kFields};

constexpr std::size_t kMinHeader = 20;
constexpr std::uint16_t kReserved = 0x8000;
constexpr std::uint16_t kDontFragment = 0x4000;
constexpr std::uint16_t kMoreFragments = 0x2000;
constexpr std::uint16_t kOffsetMask = 0x1fff;

constexpr Named kFlags[] = {
    {kMoreFragments, "+"},
    {kDontFragment, "DF"},
    {kReserved, "rsvd"},
};

constexpr std::string_view kEcn[] = {"", ",ECT(1)", ",ECT(0)", ",CE"};

void print_bad_checksum(Line& line, const View& header, std::size_t header_length) {
  if (!line.options().check_checksums || !header.has(0, header_length)) return;
  Checksum sum;
  sum.add(header.bytes(0, header_length));
  if (sum.result() == 0) return;
  const std::uint16_t held = header.u16(10);
  line.print(", bad cksum {:x} (->{:x})!", held, right_checksum(held, sum.result()));
}

// What -v adds, in parentheses, and the start of the next line.
void print_details(Line& line, const View& header, std::size_t header_length) {
  const std::uint8_t tos = header.u8(1);
  line.print("(tos {:#x}{}", tos, kEcn[tos & 3]);
  if (const std::uint8_t ttl = header.u8(8); ttl != 0) line.print(", ttl {}", ttl);
  const std::uint16_t fragment = header.u16(6);
  const std::uint8_t protocol = header.u8(9);
  line.print(", id {}, offset {}, flags [{}], proto {} ({}), length {}", header.u16(4),
             (fragment & kOffsetMask) * 8, bit_names(kFlags, fragment, ", ", "none"),
             ip_protocol_text(protocol), protocol, header.u16(2));
  if (header_length > kMinHeader) {
    line.put(", options (");
    ip4_options::print(line, header.from(kMinHeader).claiming(header_length - kMinHeader));
    line.put(')');
  }
  print_bad_checksum(line, header, header_length);
  line.put(")\n    ");
}

bool prints_addresses(std::uint8_t protocol) {
  constexpr std::uint8_t kTcp = 6, kUdp = 17, kDccp = 33, kSctp = 132;
  return protocol == kTcp || protocol == kUdp || protocol == kSctp || protocol == kDccp;
}

void print_first_fragment(Line& line, const View& packet, std::size_t header_length,
                          const IpContext& ip) {
  if (!prints_addresses(ip.first_protocol)) {
    put_ip_addresses(line, ip);
    line.put(": ");
  }
  if (!packet.has(0, header_length)) {
    line.print(" [remaining caplen({}) < header length({})]", packet.captured(), header_length);
    packet.need(0, header_length);
    return;
  }
  if (!line.enter()) return;
  print_ip_payload(line, ip.first_protocol, packet.from(header_length), ip);
  line.leave();
}

void print_later_fragment(Line& line, const IpContext& ip) {
  put_ip_addresses(line, ip);
  const std::string_view name = line.ip_protocol_name(ip.first_protocol);
  if (name.empty()) {
    line.print(": ip-proto-{}", ip.first_protocol);
  } else {
    line.print(": {}", name);
  }
}

// The length that the header claims; nothing when it does not even cover the header.
std::optional<std::size_t> total_length(Line& line, const View& view, std::size_t header_length) {
  const std::size_t length = view.u16(2);
  if (view.length() < length)
    line.print("truncated-ip - {} bytes missing! ", length - view.length());
  if (length >= header_length) return length;
  line.print("bad-len {}", length);
  return {};
}

bool is_version_4(Line& line, const View& view) {
  const int version = view.u8(0) >> 4;
  if (line.cut() || version == 4) return !line.cut();
  if (version == 6) {
    line.put("IP6, wrong link-layer encapsulation");
  } else {
    line.print("IP{}", version);
  }
  line.put_invalid();
  return false;
}

}  // namespace

void print(Line& line, const View& view) {
  line.begin_layer(kIp4, view);
  if (!is_version_4(line, view)) return;
  if (!line.options().link_header) line.put("IP ");
  if (!view.has(0, kMinHeader)) return line.put_cut();
  if (view.length() < kMinHeader) return line.print("truncated-ip {}", view.length());
  const std::size_t header_length = std::size_t{4} * (view.u8(0) & 0x0fu);
  if (header_length < kMinHeader) return line.print("bad-hlen {}", header_length);
  const auto length = total_length(line, view, header_length);
  if (!length) return;
  const View packet = view.first(*length);
  if (line.verbose()) print_details(line, packet, header_length);
  const std::uint16_t fragment = packet.u16(6);
  const IpContext ip{.header = packet,
                     .version = 4,
                     .first_protocol = packet.u8(9),
                     .ttl = packet.u8(8),
                     .fragmented = (fragment & kMoreFragments) != 0};
  if ((fragment & kOffsetMask) == 0) {
    print_first_fragment(line, packet, header_length, ip);
  } else {
    print_later_fragment(line, ip);
  }
}

}  // namespace weir::packet::ip4
