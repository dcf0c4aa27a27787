#include "packet/print/line.h"

#include <bit>

#include "packet/print/hex_dump.h"

namespace weir::packet {
namespace {

std::uint64_t shown_bits(std::uint64_t value, std::uint64_t mask) {
  if (mask == 0) return value;
  return (value & mask) >> std::countr_zero(mask);
}

bool is_integer(Show show) {
  return show == Show::kDecimal || show == Show::kHex || show == Show::kFlag;
}

// REQUIRES: all bytes of the field are there.
FieldValue value_of(const Field& field, const View& header, std::size_t at, std::size_t size) {
  if (!is_integer(field.show) || size > 8) {
    const auto bytes = header.bytes(at, size);
    if (field.show != Show::kText) return bytes;
    return std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  }
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < size; ++i) value = value << 8 | header.u8(at + i);
  return shown_bits(value, field.mask);
}

}  // namespace

View Line::begin(std::span<const std::byte> packet, std::size_t wire_length) {
  mark_.clear();
  packet_ = packet;
  protocol_ = nullptr;
  link_header_length_ = 0;
  depth_ = 0;
  return {packet, wire_length, mark_};
}

bool Line::end() {
  if (!cut()) return false;
  text_.shrink(mark_.at());
  mark_.clear();
  put_cut();
  return true;
}

void Line::put_cut() {
  text_.put(" [|");
  if (protocol_ != nullptr) text_.put(protocol_->name);
  text_.put(']');
}

void Line::tell_layer(const View& header) {
  if (cut()) return;
  fields_->layer(*protocol_, packet_offset(header), header.length());
  for (const Field& field : protocol_->fields) {
    if (field.size != 0 && header.has(field.offset, field.size))
      this->field(field, header, field.offset, field.size);
  }
}

void Line::field(const Field& field, const View& header, std::size_t at, std::size_t size,
                 const FieldValue& value) {
  // What headers claim may lie behind the end of what was captured.
  if (fields_ == nullptr || cut() || !header.has(at, size)) return;
  fields_->field(field, packet_offset(header) + at, size, value);
}

void Line::tell_field(const Field& field, const View& header, std::size_t at, std::size_t size) {
  if (cut() || !header.has(at, size)) return;
  this->field(field, header, at, size, value_of(field, header, at, size));
}

bool Line::wants_name(std::uint32_t address) const {
  if (!wants_names_) return false;
  const auto& local = options_.local_network;
  return !local || (address & local->mask) == (local->address & local->mask);
}

void Line::host_name(std::string_view name) {
  text_.put(options_.short_names ? name.substr(0, name.find('.')) : name);
}

void Line::named_host4(std::uint32_t address) {
  const std::string_view name = wants_name(address) ? names_->host4(address) : std::string_view();
  if (name.empty()) return text_.ip4(address);
  host_name(name);
}

void Line::host6(std::span<const std::byte> address) {
  if (address.size() != 16) return;
  const std::string_view name =
      wants_names_ ? names_->host6(address.first<16>()) : std::string_view();
  if (name.empty()) return text_.ip6(address);
  host_name(name);
}

void Line::station(std::span<const std::byte> address) {
  if (address.size() != 6) return;
  const std::string_view name =
      wants_names_ ? names_->station(address.first<6>()) : std::string_view();
  if (name.empty()) return text_.mac(address);
  text_.put(name);
}

void Line::named_port(PortKind kind, std::uint16_t port) {
  std::string_view name;
  if (wants_names_) name = kind == PortKind::kTcp ? names_->tcp_port(port) : names_->udp_port(port);
  if (name.empty()) return text_.number(port);
  text_.put(name);
}

namespace {

// What `append` puts at the end of the text, taken away from there again.
template <typename Append>
std::string taken(Text& text, Append append) {
  const std::size_t before = text.size();
  append();
  std::string out(text.view().substr(before));
  text.shrink(before);
  return out;
}

}  // namespace

std::string Line::host4_text(std::uint32_t address) {
  return taken(text_, [&] { host4(address); });
}

std::string Line::host6_text(std::span<const std::byte> address) {
  return taken(text_, [&] { host6(address); });
}

std::string Line::station_text(std::span<const std::byte> address) {
  return taken(text_, [&] { station(address); });
}

std::string Line::port_text(PortKind kind, std::uint16_t number) {
  return taken(text_, [&] { port(kind, number); });
}

std::string_view Line::ip_protocol_name(std::uint8_t protocol) {
  if (!wants_names_) return {};
  return names_->ip_protocol(protocol);
}

std::string_view Line::interface_name(std::uint32_t index) {
  return names_ == nullptr ? std::string_view() : names_->interface(index);
}

void Line::escaped(std::byte byte) {
  auto c = std::to_integer<unsigned>(byte);
  if (c >= 0x80) {
    text_.put("M-");
    c &= 0x7f;
  }
  if (c < 0x20 || c == 0x7f) {
    text_.put('^');
    c ^= 0x40;
  }
  text_.put(static_cast<char>(c));
}

void Line::escaped(std::span<const std::byte> bytes) {
  for (const std::byte byte : bytes) escaped(byte);
}

bool Line::zero_ended(const View& view, std::size_t offset, std::size_t size) {
  for (std::size_t i = 0; i < size && view.has(offset + i, 1); ++i) {
    const std::byte byte = view.data()[offset + i];
    if (byte == std::byte{0}) return true;
    escaped(byte);
  }
  return false;
}

void Line::zero_padded(const View& view, std::size_t offset, std::size_t size) {
  for (std::size_t i = 0; i < size && view.need(offset + i, 1); ++i) {
    const std::byte byte = view.data()[offset + i];
    if (byte == std::byte{0}) return;
    escaped(byte);
  }
}

void Line::hex_lines(const View& view, std::string_view indent) {
  put_hex(text_, view.captured_bytes().first(std::min(view.length(), view.captured())), indent);
  view.need(0, view.length());
}

void Line::hex_and_ascii_lines(const View& view, std::string_view indent) {
  put_hex_and_ascii(text_, view.captured_bytes().first(std::min(view.length(), view.captured())),
                    indent);
  view.need(0, view.length());
}

bool Line::too_deep() {
  text_.put(" [too many headers within headers]");
  return false;
}

void Line::unknown_payload(const View& view) {
  const bool is_dumped = options_.dump == Dump::kHex || options_.dump == Dump::kHexAndAscii;
  if (!options_.quick && !is_dumped) hex_and_ascii_lines(view, "\n\t");
}

}  // namespace weir::packet
