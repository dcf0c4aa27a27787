#include "packet/print/checksum.h"

#include "base/endian.h"

namespace weir::packet {
namespace {

std::uint16_t folded(std::uint64_t sum) {
  while (sum >> 16 != 0) sum = (sum & 0xffff) + (sum >> 16);
  return static_cast<std::uint16_t>(sum);
}

}  // namespace

void Checksum::add(std::span<const std::byte> bytes) {
  std::size_t at = 0;
  for (; at + 4 <= bytes.size(); at += 4) sum_ += load_be<std::uint32_t>(bytes.data() + at);
  if (at + 2 <= bytes.size()) {
    sum_ += load_be<std::uint16_t>(bytes.data() + at);
    at += 2;
  }
  if (at < bytes.size()) sum_ += std::to_integer<std::uint64_t>(bytes[at]) << 8;
}

std::uint16_t Checksum::result() const { return static_cast<std::uint16_t>(~folded(sum_)); }

// One's complement: what was added is taken away by adding its complement's complement.
std::uint16_t right_checksum(std::uint16_t held, std::uint16_t result) {
  return folded(std::uint64_t{held} + result);
}

}  // namespace weir::packet
