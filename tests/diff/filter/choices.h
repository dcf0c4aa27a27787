// The source of every random decision of the generators: a seed, so that a test repeats itself, or
// the bytes of a fuzzer, so that the fuzzer steers. When the bytes end every choice is the first
// one, which generators make the simplest.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <span>

namespace weir::difftest {

class Choices {
 public:
  explicit Choices(std::uint64_t seed) : state_(seed), seeded_(true) {}
  explicit Choices(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}

  std::uint32_t word() {
    return seeded_ ? static_cast<std::uint32_t>(next_state() >> 32) : from_bytes(4);
  }

  // Less than `bound`, which is not 0.
  std::uint32_t below(std::uint32_t bound) {
    return (seeded_ ? word() : from_bytes(bound <= 256 ? 1 : 4)) % bound;
  }

  std::uint32_t between(std::uint32_t low, std::uint32_t high) {
    return low + below(high - low + 1);
  }

  bool chance(std::uint32_t percent) { return below(100) >= 100 - percent; }

  template <typename Range>
  const auto& pick(const Range& range) {
    return *std::next(std::begin(range), below(static_cast<std::uint32_t>(std::size(range))));
  }

  bool exhausted() const { return !seeded_ && bytes_.empty(); }

 private:
  // SplitMix64 (Steele, Lea, Flood 2014): the same on every machine and library.
  std::uint64_t next_state() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }

  std::uint32_t from_bytes(std::size_t count) {
    std::uint32_t value = 0;
    for (; count != 0 && !bytes_.empty(); --count, bytes_ = bytes_.subspan(1)) {
      value = value << 8 | bytes_.front();
    }
    return value;
  }

  std::uint64_t state_ = 0;
  std::span<const std::uint8_t> bytes_;
  bool seeded_ = false;
};

}  // namespace weir::difftest
