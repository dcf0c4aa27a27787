#include "packet/print/text.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>

#include <array>
#include <random>

namespace weir::packet {
namespace {

std::string ip6_text(const std::array<std::byte, 16>& address) {
  Text text;
  text.ip6(address);
  return std::string(text.view());
}

std::string ip6_of_libc(const std::array<std::byte, 16>& address) {
  char out[INET6_ADDRSTRLEN];
  return inet_ntop(AF_INET6, address.data(), out, sizeof out);
}

TEST(Text, PutsNothingFromNowhere) {
  Text text;
  text.put(std::string_view());
  text.put("end");
  EXPECT_EQ(text.view(), "end");
}

TEST(Text, WritesIp6AsTheLibraryDoes) {
  std::mt19937 random(1);
  for (int round = 0; round < 200'000; ++round) {
    std::array<std::byte, 16> address{};
    const auto zeros =
        static_cast<unsigned>(random());  // a bit a byte, so that runs of zeros are frequent
    for (std::size_t i = 0; i < address.size(); ++i) {
      if ((zeros >> i / 2 & 1) == 0)
        address[i] = static_cast<std::byte>(random() >> (random() & 7));
      if ((zeros >> 20 & 15) == 0 && (i == 10 || i == 11)) address[i] = std::byte{0xff};
    }
    ASSERT_EQ(ip6_text(address), ip6_of_libc(address));
  }
}

TEST(Text, WritesNumbersOfEveryLength) {
  for (std::uint64_t value = 1; value < 10'000'000'000'000'000'000u; value *= 10) {
    for (const std::uint64_t near : {value - 1, value, value + 1}) {
      Text text;
      text.number(near);
      EXPECT_EQ(text.view(), std::to_string(near));
    }
  }
}

TEST(Text, WritesDottedAddresses) {
  for (std::uint32_t byte = 0; byte < 256; ++byte) {
    Text text;
    text.ip4(byte << 24 | byte);
    EXPECT_EQ(text.view(), fmt::format("{0}.0.0.{0}", byte));
  }
}

TEST(Text, FillsDigitsWithZeros) {
  Text text;
  text.put(Digits<6>{7}, ' ', Digits<5>{1234});
  EXPECT_EQ(text.view(), "000007 01234");
}

TEST(Text, PutsSeveralPieces) {
  Text text;
  text.put("a ", std::uint16_t{65535}, '.', std::uint32_t{4'294'967'295}, Digits<3>{7}, ' ',
           Ip4Address{0x0a00'00ff}, ShortText<8>{.characters = {'x', 'y'}, .size = 2}, "\n");
  EXPECT_EQ(text.view(), "a 65535.4294967295007 10.0.0.255xy\n");
}

TEST(Text, KeepsPiecesOfAnyLengthInOrder) {
  Text text;
  std::string expected;
  for (std::size_t length = 0; length < 400; ++length) {
    const std::string piece(length, static_cast<char>('a' + length % 26));
    text.put(piece);
    text.put(length, ' ');
    text.hex(std::as_bytes(std::span(piece)).first(length / 2));
    expected += piece + std::to_string(length) + ' ';
    for (std::size_t i = 0; i < length / 2; ++i) expected += fmt::format("{:02x}", piece[i]);
  }
  EXPECT_EQ(text.view(), expected);
}

TEST(Text, GrowsPastItsFirstBuffer) {
  Text text;
  for (int i = 0; i < 10'000; ++i) text.put("abc");
  EXPECT_EQ(text.size(), 30'000u);
  EXPECT_TRUE(text.view().ends_with("abcabc"));
}

}  // namespace
}  // namespace weir::packet
