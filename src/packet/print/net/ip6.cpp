// IPv6 and the chain of its extension headers (RFC 8200).
#include <algorithm>

#include "packet/print/printers.h"

namespace weir::packet::ip6 {
namespace {

constexpr Field kFields[] = {
    {.name = "ipv6.version", .offset = 0, .size = 1, .mask = 0xf0},
    {.name = "ipv6.tclass", .offset = 0, .size = 2, .show = Show::kHex, .mask = 0x0ff0},
    {.name = "ipv6.flow", .offset = 0, .size = 4, .show = Show::kHex, .mask = 0x000fffff},
    {.name = "ipv6.plen", .offset = 4, .size = 2},
    {.name = "ipv6.nxt", .offset = 6, .size = 1},
    {.name = "ipv6.hlim", .offset = 7, .size = 1},
    {.name = "ipv6.src", .offset = 8, .size = 16, .show = Show::kIp6},
    {.name = "ipv6.dst", .offset = 24, .size = 16, .show = Show::kIp6},
};
constexpr Protocol kIp6{.name = "ip6", .fields = kFields};

constexpr std::size_t kHeader = 40;
constexpr std::uint8_t kHopByHop = 0, kFragment = 44;

struct Extension {
  std::uint8_t protocol;
  std::optional<std::size_t> (*print)(Line&, const View&, ip6_extensions::Chain&);
};
constexpr Extension kExtensions[] = {
    {kHopByHop, ip6_extensions::print_hop_by_hop},
    {kFragment, ip6_extensions::print_fragment},
    {43, ip6_extensions::print_routing},
    {60, ip6_extensions::print_destination_options},
    {135, ip6_extensions::print_mobility},
    {62, ip6_extensions::print_mobility},  // its number before it had one
};

bool prints_addresses(std::uint8_t protocol) {
  constexpr std::uint8_t kTcp = 6, kUdp = 17, kDccp = 33, kSctp = 132;
  return protocol == kTcp || protocol == kUdp || protocol == kSctp || protocol == kDccp;
}

void print_details(Line& line, const View& header) {
  const std::uint32_t first = header.u32(0);
  line.put('(');
  if (const std::uint32_t traffic_class = first >> 20 & 0xff; traffic_class != 0)
    line.print("class 0x{:02x}, ", traffic_class);
  if (const std::uint32_t flow = first & 0x000fffff; flow != 0)
    line.print("flowlabel 0x{:05x}, ", flow);
  const std::uint8_t next = header.u8(6);
  line.print("hlim {}, next-header {} ({}) payload length: {}) ", header.u8(7),
             ip_protocol_text(next), next, header.u16(4));
}

// Walks the chain from the fixed header on.
class Chain {
 public:
  Chain(Line& line, const View& packet, std::size_t claimed)
      : line_(line),
        claimed_(claimed),
        chain_{.packet = packet, .jumbo_length = {}, .payload_length = packet.u16(4)},
        rest_(packet.from(kHeader).claiming(packet.length() - kHeader)),
        next_(packet.u8(6)) {}

  void print() {
    if (!prints_addresses(next_)) {
      put_ip_addresses(line_, context());
      line_.put(": ");
    }
    while (!line_.cut()) {
      const auto extension = std::ranges::find(kExtensions, next_, &Extension::protocol);
      if (extension == std::ranges::end(kExtensions)) return print_payload();
      if (!is_in_place()) return;
      const std::uint8_t following = rest_.captured() == 0 ? 0 : rest_.u8(0);
      const auto size = extension->print(line_, rest_, chain_);
      if (!size || line_.cut() || rest_.captured() == 0) return;
      if (next_ == kFragment && rest_.captured() <= *size) return;
      if (rest_.length() < *size) return print_cut_here();
      rest_ = rest_.from(*size);
      next_ = following;
      chain_.has_extension = true;
      line_.set_protocol(kIp6);
    }
  }

 private:
  // Hop-by-hop options come first, and once.
  bool is_in_place() {
    if (next_ != kHopByHop) return true;
    if (!has_hop_by_hop_ && !chain_.has_extension) {
      has_hop_by_hop_ = true;
      return true;
    }
    line_.put(has_hop_by_hop_ ? "[The Hop-by-Hop Options header was already found]"
                              : "[The Hop-by-Hop Options header don't follow the IPv6 header]");
    line_.put_invalid();
    return false;
  }

  void print_cut_here() {
    line_.set_protocol(kIp6);
    line_.put_cut();
  }

  void print_payload() {
    if (!adjust_length()) return print_cut_here();
    line_.set_protocol(kIp6);
    print_ip_payload(line_, next_, rest_, context());
  }

  // A payload length of 0 says nothing, or that a Jumbo Payload option says more (RFC 2675).
  bool adjust_length() {
    const std::size_t before = static_cast<std::size_t>(rest_.data() - chain_.packet.data());
    if (chain_.jumbo_length) {
      const std::size_t length = *chain_.jumbo_length + kHeader;
      if (length < before) return false;
      if (claimed_ < length) line_.print("truncated-ip6 - {} bytes missing!", length - claimed_);
      rest_ = rest_.first(length - before);
    } else if (chain_.payload_length == 0) {
      if (chain_.has_extension) return false;
      rest_ = rest_.first(0);
    }
    return true;
  }

  IpContext context() const {
    return {.header = chain_.packet,
            .version = 6,
            .first_protocol = chain_.packet.u8(6),
            .ttl = chain_.packet.u8(7),
            .fragmented = chain_.fragmented};
  }

  Line& line_;
  std::size_t claimed_;  // bytes, by the layer below
  ip6_extensions::Chain chain_;
  View rest_;
  std::uint8_t next_;
  bool has_hop_by_hop_ = false;
};

}  // namespace

void print(Line& line, const View& view) {
  line.begin_layer(kIp6, view);
  if (!view.has(0, kHeader)) return line.put_cut();
  if (view.length() < kHeader) return line.print("truncated-ip6 {}", view.length());
  if (!line.options().link_header) line.put("IP6 ");
  if (const int version = view.u8(0) >> 4; version != 6)
    return line.print("version error: {} != 6", version);
  const std::size_t payload = view.u16(4);
  const std::size_t length = payload + kHeader;
  if (payload != 0 && view.length() < length)
    line.print("truncated-ip6 - {} bytes missing!", length - view.length());
  if (line.verbose()) print_details(line, view);
  if (!line.enter()) return;
  const View packet = payload != 0 ? view.first(length) : view.claiming(view.length() + kHeader);
  Chain(line, packet, view.length()).print();
  line.leave();
}

}  // namespace weir::packet::ip6
