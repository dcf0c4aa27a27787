#include "object/btf_values.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <vector>

#include "base/endian.h"
#include "diag/quote.h"
#include "object/c_type.h"
#include "object/json_text.h"

namespace weir::object {
namespace {

constexpr std::size_t kDeepest = 64;
constexpr std::size_t kLongestText = std::size_t{64} << 20;
constexpr std::uint32_t kByteBits = 8;

// A part of the value: of a type, at a bit; `bits` only of bit-fields.
struct Part {
  BtfId type;
  std::uint64_t bit = 0;
  std::uint32_t bits = 0;
};

// Something with parts, of which the first `next` have been written.
struct OpenValue {
  Part whole;
  BtfKind kind;  // kVariable: what stands around a variable of a section, with no parts left
  std::uint32_t count = 0;
  std::uint64_t stride = 0;  // bits, of arrays
  std::uint32_t next = 0;
};

class ValueWriter {
 public:
  ValueWriter(std::string& out, const Btf& btf, std::span<const std::byte> bytes, ValueStyle style)
      : out_(out),
        begin_(out.size()),
        btf_(btf),
        bytes_(bytes),
        json_(style == ValueStyle::kJson),
        // Parts without bytes (empty structs) may be many more than there are bytes.
        parts_left_(4096 + 16 * bytes.size()) {}

  Result<> write(BtfId type) {
    Result<> done = begin({.type = type});
    while (done && !open_.empty()) {
      OpenValue& value = open_.back();
      if (value.next == value.count) {
        out_ += closing(value.kind);
        open_.pop_back();
        continue;
      }
      if (value.next > 0) out_ += ',';
      done = begin(next_part(value));
    }
    return done;
  }

 private:
  // Writes a part that is one value, or opens one that has parts itself.
  Result<> begin(Part part);
  Result<> open(const OpenValue& value, std::string_view opening);
  Result<> open_array(const Part& part);
  // Writes the name of the next part and says what it is.
  Part next_part(OpenValue& value);
  static std::string_view closing(BtfKind kind);

  bool write_as_text(const Part& part, const BtfArray& array);
  Result<> integer(const Part& part);
  Result<> bit_field(const Part& part);
  Result<> enumerator(const Part& part);
  Result<> pointer(const Part& part);
  Result<> real(const Part& part);

  // The bytes of a part; an error when they are not all there.
  Result<std::span<const std::byte>> bytes_of(const Part& part, std::uint64_t size) const {
    const std::uint64_t at = part.bit / kByteBits;
    if (at <= bytes_.size() && size <= bytes_.size() - at) return bytes_.subspan(at, size);
    return fail(fmt::format("the value has {} bytes, and {} of {} lies at {}", bytes_.size(), size,
                            diag::quote(c_spelling(btf_, part.type)), at),
                "are these types those of the map");
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
  std::size_t begin_;
  const Btf& btf_;
  std::span<const std::byte> bytes_;
  bool json_;
  std::uint64_t parts_left_;
  std::vector<OpenValue> open_;
};

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

std::string_view ValueWriter::closing(BtfKind kind) {
  if (kind == BtfKind::kArray) return "]";
  return kind == BtfKind::kSection ? "]}" : "}";
}

Result<> ValueWriter::open(const OpenValue& value, std::string_view opening) {
  if (open_.size() == kDeepest) return fail("the value nests too deeply to be shown");
  out_ += opening;
  open_.push_back(value);
  return {};
}

Part ValueWriter::next_part(OpenValue& value) {
  const std::uint32_t i = value.next++;
  const Part& whole = value.whole;
  if (value.kind == BtfKind::kArray) {
    return {.type = btf_.array(whole.type).element, .bit = whole.bit + i * value.stride};
  }
  if (value.kind == BtfKind::kSection) {
    const BtfPlacement& row = btf_.placements(whole.type)[i];
    return {.type = row.variable, .bit = whole.bit + std::uint64_t{row.offset} * kByteBits};
  }
  if (value.kind == BtfKind::kVariable)
    return {.type = btf_.type(whole.type).target, .bit = whole.bit};
  const BtfMember& row = btf_.members(whole.type)[i];
  append_json_string(out_, row.name);
  out_ += ':';
  return {.type = row.type, .bit = whole.bit + row.bit_offset, .bits = row.bit_size};
}

Result<> ValueWriter::begin(Part part) {
  if (parts_left_-- == 0) return fail("the value has more parts than bytes");
  if (out_.size() - begin_ > kLongestText) return fail("the value takes more than 64 MB of text");
  part.type = btf_.resolve(part.type);
  if (part.bits != 0) return bit_field(part);
  const BtfType& type = btf_.type(part.type);
  switch (type.kind) {
    case BtfKind::kStruct:
    case BtfKind::kUnion:
      return open({.whole = part, .kind = type.kind, .count = type.count}, "{");
    case BtfKind::kArray:
      return open_array(part);
    case BtfKind::kSection: {
      const Result<> opened = open({.whole = part, .kind = type.kind, .count = type.count}, "{");
      if (opened) append_json_string(out_, type.name);
      if (opened) out_ += ":[";
      return opened;
    }
    case BtfKind::kVariable: {
      const Result<> opened = open({.whole = part, .kind = type.kind, .count = 1}, "{");
      if (opened) append_json_string(out_, type.name);
      if (opened) out_ += ':';
      return opened;
    }
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

Result<> ValueWriter::open_array(const Part& part) {
  const BtfArray& array = btf_.array(part.type);
  const auto size = btf_.size_of(part.type);
  const auto stride = btf_.size_of(array.element);
  if (!size) return std::unexpected(size.error());
  if (!stride) return std::unexpected(stride.error());
  if (auto there = bytes_of(part, *size); !there) return std::unexpected(there.error());
  if (write_as_text(part, array)) return {};
  return open(
      {.whole = part, .kind = BtfKind::kArray, .count = array.count, .stride = *stride * kByteBits},
      "[");
}

// Text is what is of type char, ends with a zero, and is printable before that.
bool ValueWriter::write_as_text(const Part& part, const BtfArray& array) {
  const BtfId element = btf_.skip_modifiers(array.element);
  const BtfType& type = btf_.type(element);
  if (type.kind != BtfKind::kInt || type.size != 1) return false;
  if (type.name != "char" && !btf_.integer(element).is_char) return false;
  const std::string_view all(reinterpret_cast<const char*>(bytes_.data()) + part.bit / kByteBits,
                             array.count);
  const std::string_view text = all.substr(0, all.find('\0'));
  const bool printable = std::ranges::all_of(text, [](char c) { return c >= 0x20 && c < 0x7f; });
  if (text.size() == all.size() || !printable) return false;
  append_json_string(out_, text);
  return true;
}

Result<> ValueWriter::integer(const Part& part) {
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

Result<> ValueWriter::bit_field(const Part& part) {
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

Result<> ValueWriter::enumerator(const Part& part) {
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

Result<> ValueWriter::pointer(const Part& part) {
  const auto bytes = bytes_of(part, sizeof(std::uint64_t));
  if (!bytes) return std::unexpected(bytes.error());
  if (json_) {
    number(low_word(*bytes), false);
  } else {
    hexadecimal(0, low_word(*bytes));
  }
  return {};
}

Result<> ValueWriter::real(const Part& part) {
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

Result<> append_value(std::string& out, const Btf& btf, BtfId type,
                      std::span<const std::byte> bytes, ValueStyle style) {
  const std::size_t before = out.size();
  Result<> done = ValueWriter(out, btf, bytes, style).write(type);
  if (!done) out.resize(before);
  return done;
}

Result<std::string> format_value(const Btf& btf, BtfId type, std::span<const std::byte> bytes,
                                 ValueStyle style) {
  std::string out;
  if (auto done = append_value(out, btf, type, bytes, style); !done) {
    return std::unexpected(done.error());
  }
  return out;
}

}  // namespace weir::object
