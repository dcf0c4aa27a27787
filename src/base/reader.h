// ByteReader: the checked way to read untrusted bytes. A cursor over a span whose reads never leave
// it: a read past the end yields zero (or an empty span), and from then on the reader has failed
// and every read yields zero. So a header is read field by field and checked once, with `ok()` or
// `status()`.
#pragma once

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include <weir/result.h>

#include "base/endian.h"

namespace weir {

class ByteReader {
 public:
  // `base_offset` is where `bytes` begins in its file; error offsets count from there.
  explicit ByteReader(std::span<const std::byte> bytes, std::endian order = std::endian::big,
                      std::uint64_t base_offset = 0)
      : bytes_(bytes), base_offset_(base_offset), order_(order) {}

  std::uint8_t u8() { return integer<std::uint8_t>(); }
  std::uint16_t u16() { return integer<std::uint16_t>(); }
  std::uint32_t u32() { return integer<std::uint32_t>(); }
  std::uint64_t u64() { return integer<std::uint64_t>(); }

  std::span<const std::byte> take(std::size_t count) {
    if (!claim(count)) return {};
    return bytes_.subspan(position_ - count, count);
  }
  void skip(std::size_t count) { claim(count); }
  // Skips to the next multiple of `alignment` (a power of two), counted from the first byte.
  void align(std::size_t alignment) { skip((alignment - position_ % alignment) % alignment); }

  void set_order(std::endian order) { order_ = order; }
  std::endian order() const { return order_; }

  bool ok() const { return !failed_; }
  bool at_end() const { return position_ == bytes_.size(); }
  std::size_t position() const { return position_; }
  std::size_t remaining() const { return bytes_.size() - position_; }
  std::uint64_t offset() const { return base_offset_ + position_; }
  std::span<const std::byte> rest() const { return bytes_.subspan(position_); }

  // Success, or the first read that failed: "`what` is cut short: 4 bytes wanted, 2 are left" with
  // its offset.
  Result<> status(std::string_view what) const {
    if (ok()) return {};
    auto error = fail(std::string(what) + " is cut short: " + std::to_string(wanted_) +
                      " bytes wanted, " + std::to_string(remaining()) + " left");
    error.error().offset = offset();
    return error;
  }

 private:
  template <std::unsigned_integral T>
  T integer() {
    if (!claim(sizeof(T))) return 0;
    return load<T>(bytes_.data() + position_ - sizeof(T), order_);
  }

  // Invariant: position_ <= bytes_.size(), and it stays at the read that failed.
  bool claim(std::size_t count) {
    if (failed_) return false;
    if (count > remaining()) {
      failed_ = true;
      wanted_ = count;
      return false;
    }
    position_ += count;
    return true;
  }

  std::span<const std::byte> bytes_;
  std::uint64_t base_offset_;
  std::size_t position_ = 0;
  std::size_t wanted_ = 0;
  std::endian order_;
  bool failed_ = false;
};

}  // namespace weir
