#include "packet/print/transport/usual_segment.h"

#include "base/endian.h"
#include "packet/print/printers.h"
#include "packet/print/transport/tcp_segment.h"
#include "packet/protocol_names.h"

namespace weir::packet {
namespace {

constexpr std::size_t kTypeAt = 12;
constexpr std::size_t kEthernetHeader = 14;
// The options of nearly all segments that have any: two that pad, and time stamps.
constexpr std::uint32_t kPaddedTimestamps = 0x0101'080a;
constexpr std::size_t kTimestampsHeader = tcp::kMinHeader + 12;

// A header without options that is followed by TCP and no fragment's.
struct PlainIp4 {
  static constexpr std::size_t kHeader = 20;
  static constexpr std::size_t kAddressSize = 4;
  static constexpr std::size_t kSourceAt = 12;

  static bool is(const std::byte* ip) {
    constexpr std::uint16_t kFragment = 0x3fff;
    return ip[0] == std::byte{0x45} && (load_be<std::uint16_t>(ip + 6) & kFragment) == 0 &&
           ip[9] == std::byte{kIpTcp};
  }
  static std::size_t length(const std::byte* ip) { return load_be<std::uint16_t>(ip + 2); }

  static void put_endpoints(Line& line, const std::byte* ip, tcp::Ports ports) {
    line.put("IP ", Ip4Address{load_be<std::uint32_t>(ip + kSourceAt)}, '.', ports.source, " > ",
             Ip4Address{load_be<std::uint32_t>(ip + kSourceAt + kAddressSize)}, '.',
             ports.destination);
  }
};

struct PlainIp6 {
  static constexpr std::size_t kHeader = 40;
  static constexpr std::size_t kAddressSize = 16;
  static constexpr std::size_t kSourceAt = 8;

  static bool is(const std::byte* ip) {
    return (ip[0] >> 4) == std::byte{6} && ip[6] == std::byte{kIpTcp};
  }
  static std::size_t length(const std::byte* ip) {
    return kHeader + load_be<std::uint16_t>(ip + 4);
  }

  static void put_endpoints(Line& line, const std::byte* ip, tcp::Ports ports) {
    line.put("IP6 ");
    line.text().ip6({ip + kSourceAt, kAddressSize});
    line.put('.', ports.source, " > ");
    line.text().ip6({ip + kSourceAt + kAddressSize, kAddressSize});
    line.put('.', ports.destination);
  }
};

bool has_usual_options(const std::byte* tcp, std::size_t header) {
  return header == tcp::kMinHeader ||
         (header == kTimestampsHeader &&
          load_be<std::uint32_t>(tcp + tcp::kMinHeader) == kPaddedTimestamps);
}

void put_numbers(Line& line, std::uint8_t flags, const tcp::Numbers& numbers,
                 std::uint32_t payload) {
  if (payload != 0) {
    line.put("], seq ", numbers.sequence, ':', numbers.sequence + payload, ", ack ", numbers.ack);
  } else if ((flags & (tcp::kSyn | tcp::kFin | tcp::kReset)) != 0) {
    line.put("], seq ", numbers.sequence, ", ack ", numbers.ack);
  } else {
    line.put("], ack ", numbers.ack);
  }
}

template <typename Ip>
bool print_segment(Line& line, const Packet& packet) {
  constexpr std::size_t kSegmentAt = kEthernetHeader + Ip::kHeader;
  if (packet.bytes.size() < kSegmentAt + tcp::kMinHeader) return false;
  const std::byte* const ip = packet.bytes.data() + kEthernetHeader;
  const std::byte* const tcp = ip + Ip::kHeader;
  const std::size_t length = Ip::length(ip);
  const std::size_t header = std::to_integer<std::size_t>(tcp[12] >> 4) * 4;
  const auto flags = std::to_integer<std::uint8_t>(tcp[13]);
  if (!Ip::is(ip) || length > packet.wire_length - kEthernetHeader ||
      length < Ip::kHeader + header || packet.bytes.size() < kSegmentAt + header ||
      (flags & (tcp::kAck | tcp::kUrgent)) != tcp::kAck || !has_usual_options(tcp, header))
    return false;
  const auto payload = static_cast<std::uint32_t>(length - Ip::kHeader - header);
  const tcp::Ports ports{.source = load_be<std::uint16_t>(tcp),
                         .destination = load_be<std::uint16_t>(tcp + 2)};
  if (payload != 0 && has_tcp_payload_printer(ports.source, ports.destination)) return false;

  tcp::Numbers numbers{.sequence = load_be<std::uint32_t>(tcp + 4),
                       .ack = load_be<std::uint32_t>(tcp + 8)};
  tcp::make_relative(line.flows(), tcp::connection_of<Ip::kAddressSize>(ip + Ip::kSourceAt, ports),
                     flags, numbers);
  Ip::put_endpoints(line, ip, ports);
  line.put(": Flags [", tcp::kFlagTexts[flags]);
  put_numbers(line, flags, numbers, payload);
  line.put(", win ", load_be<std::uint16_t>(tcp + 14));
  if (header == kTimestampsHeader)
    line.put(", options [nop,nop,TS val ", load_be<std::uint32_t>(tcp + 24), " ecr ",
             load_be<std::uint32_t>(tcp + 28), ']');
  line.put(", length ", payload);
  line.set_link_header_length(kEthernetHeader);
  return true;
}

}  // namespace

bool print_usual_segment(Line& line, const Packet& packet) {
  if (packet.bytes.size() < kEthernetHeader) return false;
  switch (load_be<std::uint16_t>(packet.bytes.data() + kTypeAt)) {
    case kEtherTypeIp4:
      return print_segment<PlainIp4>(line, packet);
    case kEtherTypeIp6:
      return print_segment<PlainIp6>(line, packet);
    default:
      return false;
  }
}

}  // namespace weir::packet
