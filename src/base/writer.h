// ByteWriter: appends integers and bytes to a growing buffer in a given byte order.
#pragma once

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/endian.h"

namespace weir {

class ByteWriter {
 public:
  explicit ByteWriter(std::endian order = std::endian::big) : order_(order) {}

  void u8(std::uint8_t value) { integer(value); }
  void u16(std::uint16_t value) { integer(value); }
  void u32(std::uint32_t value) { integer(value); }
  void u64(std::uint64_t value) { integer(value); }

  void append(std::span<const std::byte> bytes) {
    bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
  }
  void zeros(std::size_t count) { bytes_.resize(bytes_.size() + count); }
  // Zeros up to the next multiple of `alignment` (a power of two).
  void align(std::size_t alignment) { zeros((alignment - size() % alignment) % alignment); }

  // Overwrites a length or a checksum that was not known when it was written.
  // REQUIRES: position + 4 <= size().
  void patch_u32(std::size_t position, std::uint32_t value) {
    WEIR_CHECK(position <= size() && size() - position >= sizeof value);
    store(bytes_.data() + position, value, order_);
  }

  std::endian order() const { return order_; }
  std::size_t size() const { return bytes_.size(); }
  std::span<const std::byte> bytes() const { return bytes_; }
  // Empties the buffer and keeps its memory.
  void clear() { bytes_.clear(); }
  std::vector<std::byte> release() { return std::exchange(bytes_, {}); }

 private:
  template <std::unsigned_integral T>
  void integer(T value) {
    const std::size_t position = bytes_.size();
    bytes_.resize(position + sizeof value);
    store(bytes_.data() + position, value, order_);
  }

  std::vector<std::byte> bytes_;
  std::endian order_;
};

}  // namespace weir
