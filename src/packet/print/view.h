// View: bytes of a packet as a header claims them. `length()` is what was claimed, `captured()`
// what is there; neither bounds the other, since captures cut packets short and frames carry
// padding. Reads are checked against what is there: one that fails yields zero and marks where the
// text of the packet stood, and from there on nothing that is printed counts (Line).
#pragma once

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string_view>

#include "base/endian.h"
#include "packet/print/text.h"

namespace weir::packet {

// Where the text of a packet stood when the first read failed.
class CutMark {
 public:
  explicit CutMark(const Text& text) : text_(text) {}
  // Kept out of line, so that the reads that call it stay small enough to be inlined.
  [[gnu::cold, gnu::noinline]] void set() {
    if (!is_set()) at_ = text_.size();
  }
  void clear() { at_ = kNone; }
  bool is_set() const { return at_ != kNone; }
  std::size_t at() const { return at_; }

 private:
  static constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();
  const Text& text_;
  std::size_t at_ = kNone;
};

class View {
 public:
  View(std::span<const std::byte> bytes, std::size_t length, CutMark& mark)
      : data_(bytes.data()), captured_(bytes.size()), length_(length), mark_(&mark) {}

  std::size_t length() const { return length_; }
  std::size_t captured() const { return captured_; }
  const std::byte* data() const { return data_; }

  bool has(std::size_t offset, std::size_t size) const {
    return size <= captured_ && offset <= captured_ - size;
  }
  // As `has`, and a failure counts as a failed read.
  bool need(std::size_t offset, std::size_t size) const {
    if (has(offset, size)) [[likely]]
      return true;
    mark_->set();
    return false;
  }

  std::uint8_t u8(std::size_t offset) const { return big<std::uint8_t>(offset); }
  std::uint16_t u16(std::size_t offset) const { return big<std::uint16_t>(offset); }
  std::uint32_t u24(std::size_t offset) const {
    return need(offset, 3) ? std::uint32_t{u8(offset)} << 16 | u16(offset + 1) : 0;
  }
  std::uint32_t u32(std::size_t offset) const { return big<std::uint32_t>(offset); }
  std::uint64_t u64(std::size_t offset) const { return big<std::uint64_t>(offset); }
  std::uint16_t le16(std::size_t offset) const { return little<std::uint16_t>(offset); }
  std::uint32_t le32(std::size_t offset) const { return little<std::uint32_t>(offset); }
  std::uint64_t le64(std::size_t offset) const { return little<std::uint64_t>(offset); }

  // Empty when they are not all there, which counts as a failed read.
  std::span<const std::byte> bytes(std::size_t offset, std::size_t size) const {
    return need(offset, size) ? std::span(data_ + offset, size) : std::span<const std::byte>();
  }
  // As many as are there.
  std::span<const std::byte> captured_bytes() const { return {data_, captured_}; }

  // What follows the first `count` bytes; nothing when there are fewer.
  View from(std::size_t count) const {
    View out = *this;
    const std::size_t step = std::min(count, captured_);
    out.data_ += step;
    out.captured_ -= step;
    out.length_ -= std::min(count, length_);
    return out;
  }
  // The same bytes, of which `length` are claimed.
  View claiming(std::size_t length) const {
    View out = *this;
    out.length_ = length;
    return out;
  }
  // What lies behind the first `length` bytes is another's: reads there fail.
  View limited_to(std::size_t length) const {
    View out = *this;
    out.captured_ = std::min(captured_, length);
    return out;
  }
  // Both.
  View first(std::size_t length) const { return limited_to(length).claiming(length); }

  CutMark& mark() const { return *mark_; }

 private:
  template <std::unsigned_integral T>
  T big(std::size_t offset) const {
    return need(offset, sizeof(T)) ? load<T>(data_ + offset, std::endian::big) : T{0};
  }
  template <std::unsigned_integral T>
  T little(std::size_t offset) const {
    return need(offset, sizeof(T)) ? load<T>(data_ + offset, std::endian::little) : T{0};
  }

  const std::byte* data_;
  std::size_t captured_;
  std::size_t length_;
  CutMark* mark_;
};

}  // namespace weir::packet
