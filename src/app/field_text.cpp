#include "app/field_text.h"

#include <fmt/format.h>

#include "base/endian.h"
#include "packet/print/text.h"

namespace weir::app {
namespace {

using packet::Show;

std::string number_text(const packet::Field& field, std::size_t size, std::uint64_t value) {
  if (field.show != Show::kHex) return fmt::format("{}", value);
  return fmt::format("0x{:0{}x}", value, field.mask == 0 ? 2 * size : 1);
}

std::string bytes_text(Show show, std::span<const std::byte> bytes) {
  packet::Text out;
  if (show == Show::kIp4 && bytes.size() == 4) {
    out.ip4(load_be<std::uint32_t>(bytes.data()));
  } else if (show == Show::kIp6 && bytes.size() == 16) {
    out.ip6(bytes);
  } else if (show == Show::kMac) {
    out.mac(bytes);
  } else {
    out.hex(bytes);
  }
  return std::string(out.view());
}

}  // namespace

std::string printable(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c >= 0x20 && c < 0x7f) {
      out += c;
    } else {
      out += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
    }
  }
  return out;
}

std::string field_text(const packet::Field& field, std::size_t size,
                       const packet::FieldValue& value) {
  if (const auto* number = std::get_if<std::uint64_t>(&value))
    return number_text(field, size, *number);
  if (const auto* bytes = std::get_if<std::span<const std::byte>>(&value))
    return bytes_text(field.show, *bytes);
  return printable(std::get<std::string_view>(value));
}

}  // namespace weir::app
