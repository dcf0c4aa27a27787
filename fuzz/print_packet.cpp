// Any bytes as a packet of any link type, printed with any options: the text is whole lines of
// printable characters, and every field that is told lies inside the packet.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

#include <weir/link_type.h>

#include "base/check.h"
#include "base/reader.h"
#include "packet/print/packet_printer.h"

namespace {

using namespace weir;

class CheckedFields final : public packet::FieldSink {
 public:
  explicit CheckedFields(std::size_t packet_size) : packet_size_(packet_size) {}
  void layer(const packet::Protocol&, std::size_t offset, std::size_t) override {
    WEIR_CHECK(offset <= packet_size_);
  }
  void field(const packet::Field&, std::size_t offset, std::size_t size,
             const packet::FieldValue&) override {
    WEIR_CHECK(offset <= packet_size_ && size <= packet_size_ - offset);
  }

 private:
  std::size_t packet_size_;
};

packet::PrintOptions options_from(std::uint16_t bits) {
  packet::PrintOptions options;
  options.numeric = (bits & 1) != 0;
  options.link_header = (bits & 2) != 0;
  options.quick = (bits & 4) != 0;
  options.absolute_sequence = (bits & 8) != 0;
  options.http_any_port = (bits & 16) != 0;
  options.verbose = bits >> 5 & 3;
  options.dump = static_cast<packet::Dump>(bits >> 7 & 3);
  options.dump_link_header = (bits & 0x200) != 0;
  return options;
}

bool is_line_character(char c) { return c == '\n' || c == '\t' || (c >= 0x20 && c < 0x7f); }

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  ByteReader reader(std::as_bytes(std::span(data, size)));
  const auto types = link_types();
  const LinkType link_type = types[reader.u8() % types.size()].type;
  const packet::PrintOptions options = options_from(reader.u16());
  const std::uint16_t cut_off = reader.u16();  // bytes that the capture lacks
  if (!reader.ok()) return 0;
  const auto bytes = reader.rest();
  CheckedFields fields(bytes.size());
  packet::PacketPrinter printer(options, nullptr, &fields);
  printer.print({.bytes = bytes,
                 .wire_length = static_cast<std::uint32_t>(bytes.size() + cut_off),
                 .link_type = link_type},
                1);
  WEIR_CHECK(printer.text().ends_with('\n'));
  WEIR_CHECK(std::ranges::all_of(printer.text(), is_line_character));
  return 0;
}
