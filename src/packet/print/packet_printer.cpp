#include "packet/print/packet_printer.h"

#include "packet/print/hex_dump.h"
#include "packet/print/printers.h"
#include "packet/print/transport/usual_segment.h"

namespace weir::packet {
namespace {

// As libpcap has it: longer packets are broken captures.
constexpr std::size_t kMaxLength = 262144;

bool has_sound_lengths(const Packet& packet) {
  const std::size_t captured = packet.bytes.size();
  return 0 < captured && captured <= packet.wire_length && packet.wire_length <= kMaxLength;
}

}  // namespace

PacketPrinter::PacketPrinter(const PrintOptions& options, AddressNames* names, FieldSink* fields)
    : options_(options),
      timestamps_(options.timestamp, options.nanoseconds),
      line_(options_, flows_, names, fields) {}

void PacketPrinter::print_bad_lengths(const Packet& packet) {
  const std::size_t captured = packet.bytes.size();
  const std::size_t length = packet.wire_length;
  bool any = false;
  const auto complain = [&](auto... arguments) {
    line_.put(any ? ", " : "[Invalid header: ");
    line_.print(arguments...);
    any = true;
  };
  if (captured == 0) complain(FMT_STRING("caplen==0"));
  if (length == 0) {
    complain(FMT_STRING("len==0"));
  } else if (length < captured) {
    complain(FMT_STRING("len({}) < caplen({})"), length, captured);
  }
  if (captured > kMaxLength) complain(FMT_STRING("caplen({}) > {}"), captured, kMaxLength);
  if (length > kMaxLength) complain(FMT_STRING("len({}) > {}"), length, kMaxLength);
  line_.put("]\n");
}

void PacketPrinter::print(const Packet& packet, std::uint64_t number) {
  const View view = line_.begin(packet.bytes, packet.wire_length);
  if (options_.number) line_.print("{:5}  ", number);
  if (!has_sound_lengths(packet)) [[unlikely]]
    return print_bad_lengths(packet);
  timestamps_.put(line_.text(), packet.time_ns);
  const bool is_usual = line_.is_plain() && packet.link_type == LinkType::kEn10mb &&
                        print_usual_segment(line_, packet);
  if (!is_usual) print_link_layer(packet.link_type, view);
  const bool cut = line_.end();
  print_dump(packet, cut ? 0 : line_.link_header_length());
  line_.put('\n');
}

void PacketPrinter::print_link_layer(LinkType link_type, const View& view) {
  if (const Printer print_link = link_printer(link_type)) return print_link(line_, view);
  line_.print("[link type {} is not decoded]", link_type_text(link_type));
  line_.hex_and_ascii_lines(view.claiming(view.captured()), "\n\t");
}

void PacketPrinter::print_dump(const Packet& packet, std::size_t link_header_length) {
  if (options_.dump == Dump::kNone) return;
  const std::size_t skipped = options_.dump_link_header ? 0 : link_header_length;
  if (packet.bytes.size() <= skipped) return;
  const auto bytes = packet.bytes.subspan(skipped);
  switch (options_.dump) {
    case Dump::kNone:
      return;
    case Dump::kHex:
      return put_hex(line_.text(), bytes, "\n\t");
    case Dump::kHexAndAscii:
      return put_hex_and_ascii(line_.text(), bytes, "\n\t");
    case Dump::kAscii:
      return put_ascii(line_.text(), bytes);
  }
}

}  // namespace weir::packet
