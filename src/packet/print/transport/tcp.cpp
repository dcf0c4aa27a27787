// TCP (RFC 9293).
#include <algorithm>

#include "packet/print/checksum.h"
#include "packet/print/printers.h"
#include "packet/print/transport/tcp_segment.h"
#include "packet/protocol_names.h"

namespace weir::packet::tcp {
namespace {

constexpr Field kFields[] = {
    {.name = "tcp.srcport", .offset = 0, .size = 2},
    {.name = "tcp.dstport", .offset = 2, .size = 2},
    {.name = "tcp.seq_raw", .offset = 4, .size = 4},
    {.name = "tcp.ack_raw", .offset = 8, .size = 4},
    {.name = "tcp.hdr_len", .offset = 12, .size = 1, .mask = 0xf0},  // words of 4 bytes
    {.name = "tcp.flags", .offset = 12, .size = 2, .show = Show::kHex, .mask = 0x0fff},
    {.name = "tcp.flags.fin", .offset = 13, .size = 1, .show = Show::kFlag, .mask = 0x01},
    {.name = "tcp.flags.syn", .offset = 13, .size = 1, .show = Show::kFlag, .mask = 0x02},
    {.name = "tcp.flags.reset", .offset = 13, .size = 1, .show = Show::kFlag, .mask = 0x04},
    {.name = "tcp.flags.push", .offset = 13, .size = 1, .show = Show::kFlag, .mask = 0x08},
    {.name = "tcp.flags.ack", .offset = 13, .size = 1, .show = Show::kFlag, .mask = 0x10},
    {.name = "tcp.flags.urg", .offset = 13, .size = 1, .show = Show::kFlag, .mask = 0x20},
    {.name = "tcp.flags.ece", .offset = 13, .size = 1, .show = Show::kFlag, .mask = 0x40},
    {.name = "tcp.flags.cwr", .offset = 13, .size = 1, .show = Show::kFlag, .mask = 0x80},
    {.name = "tcp.window_size_value", .offset = 14, .size = 2},
    {.name = "tcp.checksum", .offset = 16, .size = 2, .show = Show::kHex},
    {.name = "tcp.urgent_pointer", .offset = 18, .size = 2},
};
constexpr Protocol kTcp{.name = "tcp", .fields = kFields};
constexpr Field kRelativeSequence{.name = "tcp.seq"};
constexpr Field kRelativeAck{.name = "tcp.ack"};
constexpr Field kLength{.name = "tcp.len"};

constexpr std::size_t kMaxResetText = 30;

class Segment {
 public:
  Segment(Line& line, const View& view, const IpContext& ip)
      : line_(line),
        view_(view),
        ip_(ip),
        source_(view.u16(0)),
        destination_(view.u16(2)),
        numbers_{.sequence = view.u32(4), .ack = view.u32(8)},
        header_length_(static_cast<std::size_t>(view.u8(12) >> 4) * 4),
        flags_(view.u8(13)) {}

  void print() {
    if (header_length_ < kMinHeader) return print_short_header();
    if (line_.options().quick) return print_quick();
    line_.put("Flags [", kFlagTexts[flags_], ']');
    if (!line_.options().absolute_sequence && (flags_ & kAck) != 0) make_relative();
    if (header_length_ > view_.length()) return print_long_header();
    print_checksum();
    payload_length_ = view_.length() - header_length_;
    tell_fields();
    print_numbers();
    if (header_length_ > kMinHeader && !print_options()) return;
    line_.put(", length ", payload_length_);
    if (payload_length_ != 0) print_payload();
  }

 private:
  // The subtraction is tcpdump's: it wraps when the header claims more than there is.
  std::uint32_t length_without_header() const {
    return static_cast<std::uint32_t>(view_.length() - header_length_);
  }
  void print_short_header() {
    line_.print(" tcp {} [bad hdr length {} - too short, < {}]", length_without_header(),
                header_length_, kMinHeader);
  }
  void print_long_header() {
    line_.print(" [bad hdr length {} - too long, > {}]", header_length_, view_.length());
  }
  void print_quick() {
    line_.print("tcp {}", length_without_header());
    if (header_length_ > view_.length()) print_long_header();
  }

  void make_relative() {
    const Ports ports{.source = source_, .destination = destination_};
    const std::byte* const ip = ip_.header.data();
    const Connection connection =
        ip_.version == 4 ? connection_of<4>(ip + 12, ports) : connection_of<16>(ip + 8, ports);
    other_origin_ = tcp::make_relative(line_.flows(), connection, flags_, numbers_);
  }

  void print_checksum() {
    if (!line_.verbose() || !line_.options().check_checksums || ip_.fragmented) return;
    if (!view_.has(0, view_.length())) return;
    const std::uint16_t sum = transport_checksum(ip_, view_, view_.length(), kIpTcp);
    const std::uint16_t held = view_.u16(16);
    line_.print(", cksum 0x{:04x}", held);
    if (sum == 0) return line_.put(" (correct)");
    line_.print(" (incorrect -> 0x{:04x})", right_checksum(held, sum));
  }

  void tell_fields() {
    if (!line_.wants_fields()) return;
    line_.field(kRelativeSequence, view_, 4, 4, std::uint64_t{numbers_.sequence});
    if ((flags_ & kAck) != 0) line_.field(kRelativeAck, view_, 8, 4, std::uint64_t{numbers_.ack});
    line_.field(kLength, view_, header_length_, 0, std::uint64_t{payload_length_});
  }

  void print_numbers() {
    if (line_.verbose(2) || payload_length_ != 0 || (flags_ & (kSyn | kFin | kReset)) != 0) {
      line_.put(", seq ", numbers_.sequence);
      if (payload_length_ != 0)
        line_.put(':', numbers_.sequence + static_cast<std::uint32_t>(payload_length_));
    }
    if ((flags_ & kAck) != 0) line_.put(", ack ", numbers_.ack);
    line_.put(", win ", view_.u16(14));
    if ((flags_ & kUrgent) != 0) line_.print(", urg {}", view_.u16(18));
  }

  bool print_options() {
    line_.put(", options [");
    const View options = view_.from(kMinHeader).claiming(header_length_ - kMinHeader);
    return tcp_options::print(line_, options, flags_, other_origin_);
  }

  void print_payload() {
    if (line_.cut()) return;
    if (!view_.has(0, header_length_)) {
      line_.print(" [remaining caplen({}) < header length({})]", view_.captured(), header_length_);
      view_.need(0, header_length_);
      return;
    }
    const View payload = view_.from(header_length_);
    if ((flags_ & kReset) != 0 && line_.verbose()) return print_reset_text(payload);
    print_tcp_payload(line_, payload, source_, destination_);
  }

  // A reset may say why it came (RFC 9293, section 3.5.3).
  void print_reset_text(const View& payload) {
    line_.put(payload.has(0, payload.length()) ? " [RST" : " [!RST");
    const std::size_t size = std::min(payload.length(), kMaxResetText);
    if (size < payload.length()) line_.put('+');
    line_.put(' ');
    line_.escaped(payload.captured_bytes().first(std::min(size, payload.captured())));
    line_.put(']');
  }

  Line& line_;
  const View& view_;
  const IpContext& ip_;
  std::uint16_t source_;
  std::uint16_t destination_;
  Numbers numbers_;
  std::size_t header_length_;
  std::uint8_t flags_;
  std::size_t payload_length_ = 0;
  std::uint32_t other_origin_ = 0;
};

}  // namespace

void print(Line& line, const View& view, const IpContext& ip) {
  line.begin_layer(kTcp, view);
  if (!view.has(2, 2)) {
    put_ip_addresses(line, ip);
    line.put(':');
    return line.put_cut();
  }
  put_endpoints(line, ip, PortKind::kTcp, view.u16(0), view.u16(2));
  line.put(": ");
  if (!view.has(0, kMinHeader)) return line.put_cut();
  Segment(line, view, ip).print();
}

}  // namespace weir::packet::tcp
