#include "object/btf_scalars.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>

#include "diag/quote.h"
#include "object/c_type.h"
#include "object/json_text.h"

namespace weir::object {
namespace {

// Up to 8 bytes, little-endian.
std::uint64_t low_word(std::span<const std::byte> bytes) {
  std::uint64_t out = 0;
  for (std::size_t i = std::min<std::size_t>(bytes.size(), sizeof out); i-- > 0;) {
    out = out << kByteBits | std::to_integer<std::uint64_t>(bytes[i]);
  }
  return out;
}

std::uint64_t with_sign(std::uint64_t value, std::size_t size) {
  if (size >= sizeof value || size == 0) return value;
  const std::uint32_t unused = static_cast<std::uint32_t>(sizeof value - size) * kByteBits;
  return static_cast<std::uint64_t>(static_cast<std::int64_t>(value << unused) >> unused);
}

class ScalarWriter {
 public:
  ScalarWriter(std::string& out, const Btf& btf, std::span<const std::byte> whole, ValueStyle style)
      : out_(out), btf_(btf), whole_(whole), json_(style == ValueStyle::kJson) {}

  Result<> write(const ValuePart& part) {
    if (part.bits != 0) return bit_field(part);
    switch (btf_.kind(part.type)) {
      case BtfKind::kInt:
        return integer(part);
      case BtfKind::kEnum:
      case BtfKind::kEnum64:
        return enumerator(part);
      case BtfKind::kPointer:
        return pointer(part);
      case BtfKind::kFloat:
        return real(part);
      default:
        return fail(fmt::format("{} has no values", diag::quote(c_spelling(btf_, part.type))));
    }
  }

 private:
  Result<> integer(const ValuePart& part);
  Result<> bit_field(const ValuePart& part);
  Result<> enumerator(const ValuePart& part);
  Result<> pointer(const ValuePart& part);
  Result<> real(const ValuePart& part);

  Result<std::span<const std::byte>> bytes_of(const ValuePart& part, std::uint64_t size) const {
    return value_bytes(btf_, part, whole_, size);
  }
  void hexadecimal(std::uint64_t high, std::uint64_t low) {
    const std::string_view quote = json_ ? "\"" : "";
    const auto digits =
        high == 0 ? fmt::format("{:x}", low) : fmt::format("{:x}{:016x}", high, low);
    fmt::format_to(std::back_inserter(out_), "{}0x{}{}", quote, digits, quote);
  }
  void number(std::uint64_t value, bool is_signed) {
    out_ += is_signed ? fmt::format_int(static_cast<std::int64_t>(value)).str()
                      : fmt::format_int(value).str();
  }

  std::string& out_;
  const Btf& btf_;
  std::span<const std::byte> whole_;
  bool json_;
};

Result<> ScalarWriter::integer(const ValuePart& part) {
  const BtfInteger facts = btf_.integer(part.type);
  const auto bytes = bytes_of(part, btf_.type(part.type).size);
  if (!bytes) return std::unexpected(bytes.error());
  const std::uint64_t value = low_word(*bytes);
  if (bytes->size() > sizeof value) {
    hexadecimal(low_word(bytes->subspan(sizeof value)), value);
  } else if (facts.is_bool) {
    out_ += value != 0 ? "true" : "false";
  } else if (facts.is_char && value >= 0x20 && value < 0x7f) {
    const char letter = static_cast<char>(value);
    append_json_string(out_, {&letter, 1});
  } else {
    number(facts.is_signed ? with_sign(value, bytes->size()) : value, facts.is_signed);
  }
  return {};
}

Result<> ScalarWriter::bit_field(const ValuePart& part) {
  if (part.bits > 64) return fail(fmt::format("a bit-field has {} bits", part.bits));
  const std::uint32_t shift = part.bit % kByteBits;
  const auto bytes = bytes_of(part, (shift + part.bits + kByteBits - 1) / kByteBits);
  if (!bytes) return std::unexpected(bytes.error());
  std::uint64_t value = low_word(*bytes) >> shift;
  // The ninth byte.
  if (shift + part.bits > 64) {
    value |= std::to_integer<std::uint64_t>((*bytes)[sizeof value]) << (64 - shift);
  }
  hexadecimal(0, part.bits == 64 ? value : value & ((std::uint64_t{1} << part.bits) - 1));
  return {};
}

Result<> ScalarWriter::enumerator(const ValuePart& part) {
  const BtfType& type = btf_.type(part.type);
  const auto bytes = bytes_of(part, type.size);
  if (!bytes) return std::unexpected(bytes.error());
  std::uint64_t value = low_word(*bytes);
  if (type.flag) value = with_sign(value, bytes->size());
  const auto rows = btf_.enumerators(part.type);
  const auto row = std::ranges::find(rows, value, &BtfEnumerator::value);
  if (row == rows.end()) {
    number(value, type.flag);
  } else {
    append_json_string(out_, row->name);
  }
  return {};
}

Result<> ScalarWriter::pointer(const ValuePart& part) {
  const auto bytes = bytes_of(part, sizeof(std::uint64_t));
  if (!bytes) return std::unexpected(bytes.error());
  if (json_) {
    number(low_word(*bytes), false);
  } else {
    hexadecimal(0, low_word(*bytes));
  }
  return {};
}

Result<> ScalarWriter::real(const ValuePart& part) {
  const auto bytes = bytes_of(part, btf_.type(part.type).size);
  if (!bytes) return std::unexpected(bytes.error());
  const std::uint64_t value = low_word(*bytes);
  const bool single = bytes->size() == sizeof(float);
  if (!single && bytes->size() != sizeof(double)) {
    hexadecimal(low_word(bytes->subspan(std::min(bytes->size(), sizeof value))), value);
    return {};
  }
  const double number = single ? std::bit_cast<float>(static_cast<std::uint32_t>(value))
                               : std::bit_cast<double>(value);
  // JSON has no word for what is no number.
  const std::string_view quote = json_ && !std::isfinite(number) ? "\"" : "";
  const std::string text =
      single ? fmt::format("{}", static_cast<float>(number)) : fmt::format("{}", number);
  fmt::format_to(std::back_inserter(out_), "{}{}{}", quote, text, quote);
  return {};
}

}  // namespace

Result<std::span<const std::byte>> value_bytes(const Btf& btf, const ValuePart& part,
                                               std::span<const std::byte> whole,
                                               std::uint64_t size) {
  const std::uint64_t at = part.bit / kByteBits;
  if (at <= whole.size() && size <= whole.size() - at) return whole.subspan(at, size);
  return fail(fmt::format("the value has {} bytes, and {} of {} lies at {}", whole.size(), size,
                          diag::quote(c_spelling(btf, part.type)), at),
              "are these types those of the map");
}

Result<> append_scalar(std::string& out, const Btf& btf, const ValuePart& part,
                       std::span<const std::byte> whole, ValueStyle style) {
  return ScalarWriter(out, btf, whole, style).write(part);
}

}  // namespace weir::object
