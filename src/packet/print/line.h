// Line: what a printer writes to. It holds the text of one packet (which with -v may be several
// lines), the options, and what is known from earlier packets. Printers read through Views; the
// first read that fails marks the text, the printers return as soon as they notice, and end()
// throws away what was printed since and says which header was cut short. So a printer reads a
// value before it prints what goes with it, and asks cut() in loops.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "base/address_names.h"
#include "packet/print/field.h"
#include "packet/print/flows.h"
#include "packet/print/options.h"
#include "packet/print/text.h"
#include "packet/print/view.h"

namespace weir::packet {

enum class PortKind : std::uint8_t { kTcp, kUdp };

class Line {
 public:
  // `names` may be null: then nothing has a name. So may `fields`: then nobody wants them.
  Line(const PrintOptions& options, FlowTable& flows, AddressNames* names, FieldSink* fields)
      : options_(options),
        flows_(flows),
        names_(names),
        fields_(fields),
        wants_names_(names != nullptr && !options.numeric),
        is_plain_(makes_plain(options) && !wants_names_ && fields == nullptr),
        mark_(text_) {}
  Line(const Line&) = delete;
  Line& operator=(const Line&) = delete;

  const PrintOptions& options() const { return options_; }
  bool verbose(int level = 1) const { return options_.verbose >= level; }
  // Neither names nor fields nor details, and nothing else changes the text behind the time stamp.
  bool is_plain() const { return is_plain_; }
  FlowTable& flows() { return flows_; }
  Text& text() { return text_; }

  // Starts the text of a packet, of which the result is the whole.
  View begin(std::span<const std::byte> packet, std::size_t wire_length);
  // Ends it; true when a header was cut short, which the text then says.
  bool end();

  bool cut() const { return mark_.is_set(); }
  // " [|tcp]": for a printer that sees by itself that its header is cut short, and goes on.
  void put_cut();
  void put_invalid() { text_.put(" (invalid)"); }

  // From here on, a header of `protocol` is read.
  void begin_layer(const Protocol& protocol, const View& header) {
    protocol_ = &protocol;
    if (fields_ != nullptr) [[unlikely]]
      tell_layer(header);
  }
  // A name in `[|...]` for what is no layer of its own.
  void set_protocol(const Protocol& protocol) { protocol_ = &protocol; }
  // A field whose place is not fixed; `at` is where it begins in `header`.
  void field(const Field& field, const View& header, std::size_t at, std::size_t size,
             const FieldValue& value);
  void field(const Field& field, const View& header, std::size_t at, std::size_t size) {
    if (fields_ != nullptr) [[unlikely]]
      tell_field(field, header, at, size);
  }
  bool wants_fields() const { return fields_ != nullptr; }

  // Bytes of the link layer's header, which dumps leave out.
  void set_link_header_length(std::size_t length) { link_header_length_ = length; }
  std::size_t link_header_length() const { return link_header_length_; }

  void put(std::string_view text) { text_.put(text); }
  // Several pieces, as Text has them.
  template <TextPiece... Pieces>
  void put(const Pieces&... pieces) {
    text_.put(pieces...);
  }
  void number(std::uint64_t value) { text_.number(value); }
  template <typename... Args>
  void print(fmt::format_string<Args...> format, Args&&... args) {
    text_.print(format, std::forward<Args>(args)...);
  }

  // False when no address and no port has a name.
  bool wants_names() const { return wants_names_; }
  // Addresses and ports by name, where names are wanted and there is one.
  void host4(std::uint32_t address) {  // host order
    if (!wants_names_) [[likely]]
      return text_.ip4(address);
    named_host4(address);
  }
  void host6(std::span<const std::byte> address);    // 16 bytes, or none after a failed read
  void station(std::span<const std::byte> address);  // 6 bytes, or none after a failed read
  void port(PortKind kind, std::uint16_t port) {
    if (!wants_names_) [[likely]]
      return text_.put(port);
    named_port(kind, port);
  }
  std::string host4_text(std::uint32_t address);
  std::string host6_text(std::span<const std::byte> address);
  std::string station_text(std::span<const std::byte> address);
  std::string port_text(PortKind kind, std::uint16_t port);
  // Empty when names are not wanted, or there is none.
  std::string_view ip_protocol_name(std::uint8_t protocol);
  // Wanted even where other names are not; empty when there is none.
  std::string_view interface_name(std::uint32_t index);

  // Characters of the packet, made safe for a terminal: `^A` for control characters, `M-` before
  // those with the eighth bit.
  void escaped(std::span<const std::byte> bytes);
  void escaped(std::byte byte);
  // A string of at most `size` bytes that ends with a zero byte. False when it has no end there.
  bool zero_ended(const View& view, std::size_t offset, std::size_t size);
  // At most `size` bytes, up to the first zero byte.
  void zero_padded(const View& view, std::size_t offset, std::size_t size);
  // What nothing more is known of, in hex, each line begun with `indent` ("\n\t").
  void hex_lines(const View& view, std::string_view indent);
  void hex_and_ascii_lines(const View& view, std::string_view indent);
  // A payload that no printer knows. Left out with -q, and with -x and -X, which show it anyway.
  void unknown_payload(const View& view);

  // Headers within headers: false when there are too many, which the text then says.
  bool enter() {
    if (depth_ == kMaxDepth) [[unlikely]]
      return too_deep();
    ++depth_;
    return true;
  }
  void leave() { --depth_; }

 private:
  static constexpr int kMaxDepth = 24;

  bool too_deep();
  void tell_layer(const View& header);
  void tell_field(const Field& field, const View& header, std::size_t at, std::size_t size);
  std::size_t packet_offset(const View& header) const {
    return static_cast<std::size_t>(header.data() - packet_.data());
  }
  static bool makes_plain(const PrintOptions& options) {
    return !options.link_header && !options.quick && !options.absolute_sequence &&
           !options.http_any_port && options.verbose == 0;
  }
  bool wants_name(std::uint32_t address) const;
  void named_host4(std::uint32_t address);
  void named_port(PortKind kind, std::uint16_t port);
  void host_name(std::string_view name);

  const PrintOptions& options_;
  FlowTable& flows_;
  AddressNames* names_;
  FieldSink* fields_;
  bool wants_names_;
  bool is_plain_;
  Text text_;
  CutMark mark_;
  std::span<const std::byte> packet_;
  const Protocol* protocol_ = nullptr;
  std::size_t link_header_length_ = 0;
  int depth_ = 0;
};

}  // namespace weir::packet
