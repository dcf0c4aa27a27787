// Random packets for tests of engines: short ones are frequent, so that loads often miss them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

namespace weir::testing {

class RandomPacket {
 public:
  explicit RandomPacket(std::uint64_t seed) : random_(seed) {}

  // 0 to `max_size` bytes; small values are as frequent as all others together.
  std::vector<std::byte> next(std::size_t max_size) {
    std::vector<std::byte> bytes(random_() % (max_size + 1));
    for (std::byte& byte : bytes) {
      byte = static_cast<std::byte>(random_() % (random_() % 2 == 0 ? 8 : 256));
    }
    return bytes;
  }

 private:
  std::mt19937_64 random_;
};

}  // namespace weir::testing
