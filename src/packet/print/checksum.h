// The Internet checksum (RFC 1071), over several pieces.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace weir::packet {

class Checksum {
 public:
  // Pieces of odd length may only come last.
  void add(std::span<const std::byte> bytes);
  void add16(std::uint16_t value) { sum_ += value; }
  void add32(std::uint32_t value) { sum_ += (value >> 16) + (value & 0xffff); }
  // 0 when a message that holds its checksum is sound.
  std::uint16_t result() const;

 private:
  std::uint64_t sum_ = 0;
};

// What the checksum of a message should have been, from the one it holds and the sum over all.
std::uint16_t right_checksum(std::uint16_t held, std::uint16_t result);

}  // namespace weir::packet
