// PacketPrinter: packets as text, in the format of tcpdump(1). The only face of this folder to
// other rooms, with its options.
#pragma once

#include <cstdint>
#include <string_view>

#include <weir/packet.h>

#include "packet/print/line.h"
#include "packet/print/timestamp.h"

namespace weir::packet {

class PacketPrinter {
 public:
  // `names` and `fields` may be null; else they outlive the printer.
  explicit PacketPrinter(const PrintOptions& options, AddressNames* names = nullptr,
                         FieldSink* fields = nullptr);

  // Appends the packet, each of its lines ended. `number` is shown with -#.
  void print(const Packet& packet, std::uint64_t number);

  // What was printed since the last clear().
  std::string_view text() { return line_.text().view(); }
  void clear() { line_.text().clear(); }

 private:
  // What is wrong with the lengths that the capture itself gives.
  void print_bad_lengths(const Packet& packet);
  void print_link_layer(LinkType link_type, const View& view);
  void print_dump(const Packet& packet, std::size_t link_header_length);

  PrintOptions options_;
  FlowTable flows_;
  TimestampPrinter timestamps_;
  Line line_;
};

}  // namespace weir::packet
