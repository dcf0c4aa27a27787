#include "packet/print/checksum.h"

#include <gtest/gtest.h>

#include <array>
#include <numeric>
#include <vector>

namespace weir::packet {
namespace {

// RFC 1071, word by word.
std::uint16_t obvious(const std::vector<std::byte>& bytes) {
  std::uint32_t sum = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    sum += std::to_integer<std::uint32_t>(bytes[i]) << (i % 2 == 0 ? 8 : 0);
    sum = (sum & 0xffff) + (sum >> 16);
  }
  return static_cast<std::uint16_t>(~sum);
}

TEST(Checksum, IsTheObviousOneForEveryLength) {
  std::vector<std::byte> bytes;
  for (std::size_t length = 0; length < 70; ++length) {
    Checksum sum;
    sum.add(bytes);
    EXPECT_EQ(sum.result(), obvious(bytes)) << length;
    bytes.push_back(static_cast<std::byte>(length * 37 + 200));
  }
}

TEST(Checksum, IsZeroOverASoundMessageAndTellsTheRightOne) {
  std::vector<std::byte> bytes = {std::byte{0x45}, std::byte{0x00}, std::byte{0x00},
                                  std::byte{0x54}, std::byte{0},    std::byte{0}};
  const std::uint16_t right = obvious(bytes);
  bytes[4] = static_cast<std::byte>(right >> 8);
  bytes[5] = static_cast<std::byte>(right & 0xff);
  Checksum sound;
  sound.add(bytes);
  EXPECT_EQ(sound.result(), 0);
  bytes[5] ^= std::byte{1};
  Checksum broken;
  broken.add(bytes);
  EXPECT_EQ(right_checksum(static_cast<std::uint16_t>(right ^ 1), broken.result()), right);
}

}  // namespace
}  // namespace weir::packet
