#include "object/btf_values.h"

#include <algorithm>
#include <vector>

#include "object/btf_scalars.h"
#include "object/json_text.h"

namespace weir::object {
namespace {

constexpr std::size_t kDeepest = 64;
constexpr std::size_t kLongestText = std::size_t{64} << 20;

// Something with parts, of which the first `next` have been written.
struct OpenValue {
  ValuePart whole;
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
        style_(style),
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
  Result<> begin(ValuePart part);
  Result<> open(const OpenValue& value, std::string_view opening);
  Result<> open_array(const ValuePart& part);
  // Writes the name of the next part and says what it is.
  ValuePart next_part(OpenValue& value);
  static std::string_view closing(BtfKind kind);

  bool write_as_text(const ValuePart& part, const BtfArray& array);

  std::string& out_;
  std::size_t begin_;
  const Btf& btf_;
  std::span<const std::byte> bytes_;
  ValueStyle style_;
  std::uint64_t parts_left_;
  std::vector<OpenValue> open_;
};

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

ValuePart ValueWriter::next_part(OpenValue& value) {
  const std::uint32_t i = value.next++;
  const ValuePart& whole = value.whole;
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

Result<> ValueWriter::begin(ValuePart part) {
  if (parts_left_-- == 0) return fail("the value has more parts than bytes");
  if (out_.size() - begin_ > kLongestText) return fail("the value takes more than 64 MB of text");
  part.type = btf_.resolve(part.type);
  if (part.bits != 0) return append_scalar(out_, btf_, part, bytes_, style_);
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
    default:
      return append_scalar(out_, btf_, part, bytes_, style_);
  }
}

Result<> ValueWriter::open_array(const ValuePart& part) {
  const BtfArray& array = btf_.array(part.type);
  const auto size = btf_.size_of(part.type);
  const auto stride = btf_.size_of(array.element);
  if (!size) return std::unexpected(size.error());
  if (!stride) return std::unexpected(stride.error());
  if (auto there = value_bytes(btf_, part, bytes_, *size); !there)
    return std::unexpected(there.error());
  if (write_as_text(part, array)) return {};
  return open(
      {.whole = part, .kind = BtfKind::kArray, .count = array.count, .stride = *stride * kByteBits},
      "[");
}

// Text is what is of type char, ends with a zero, and is printable before that.
bool ValueWriter::write_as_text(const ValuePart& part, const BtfArray& array) {
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
