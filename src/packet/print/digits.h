// Numbers as characters, without branches that depend on how many digits there are: eight digits
// are computed side by side in a word. Each function writes at `at` and returns where the text
// ends; characters behind it, up to the named limit, may be overwritten.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>

#include "base/endian.h"

namespace weir::packet {

inline constexpr std::size_t kMostShortDecimal = 8;
inline constexpr std::size_t kMostWordDecimal = 16;  // 10 digits, written in eights
inline constexpr std::size_t kMostDecimal = 28;      // 20 digits, written in eights
inline constexpr std::size_t kMostDotted = 16;

// The digits of a number below 10^8, a byte each, the first in the lowest byte. Every step splits
// each lane into a quotient and a remainder; the multipliers are exact for lanes below 10^4 and
// 10^2.
constexpr std::uint64_t eight_digits(std::uint32_t value) {
  const std::uint64_t fours = value / 10'000 | std::uint64_t{value % 10'000} << 32;
  const std::uint64_t hundreds = (fours * 5243 >> 19) & 0x0000'007f'0000'007f;
  const std::uint64_t twos = hundreds | (fours - hundreds * 100) << 16;
  const std::uint64_t tens = (twos * 103 >> 10) & 0x000f'000f'000f'000f;
  return tens | (twos - tens * 10) << 8;
}
static_assert(eight_digits(12'345'678) == 0x0807'0605'0403'0201);
static_assert(eight_digits(99'999'999) == 0x0909'0909'0909'0909);
static_assert(eight_digits(10'009'900) == 0x0000'0909'0000'0001);

inline constexpr std::uint64_t kZeroCharacters = 0x3030'3030'3030'3030;

inline void put_eight(char* at, std::uint64_t digits) {
  store<std::uint64_t>(reinterpret_cast<std::byte*>(at), digits | kZeroCharacters,
                       std::endian::little);
}

// Writes 8 characters. REQUIRES: value < 10^8.
inline char* put_short_decimal(char* at, std::uint32_t value) {
  const std::uint64_t digits = eight_digits(value);
  const int zeros = std::countr_zero(digits | std::uint64_t{1} << 56) / 8;  // the last one stays
  put_eight(at, digits >> 8 * zeros);
  return at + (8 - zeros);
}

// Every value of a byte, and how many digits that is.
struct DecimalByte {
  char digits[3];
  std::uint8_t size;
};

constexpr std::array<DecimalByte, 256> make_decimal_bytes() {
  std::array<DecimalByte, 256> out{};
  for (unsigned i = 0; i < out.size(); ++i) {
    DecimalByte& decimal = out[i];
    const auto add = [&](unsigned digit) {
      decimal.digits[decimal.size++] = static_cast<char>('0' + digit);
    };
    if (i >= 100) add(i / 100);
    if (i >= 10) add(i / 10 % 10);
    add(i % 10);
  }
  return out;
}

inline constexpr auto kDecimalBytes = make_decimal_bytes();

inline char* put_decimal_byte(char* at, std::uint32_t value) {
  const DecimalByte& decimal = kDecimalBytes[value & 0xff];
  std::memcpy(at, &decimal, sizeof decimal);
  return at + decimal.size;
}

inline char* put_word_decimal(char* at, std::uint32_t value) {
  constexpr std::uint32_t kEight = 100'000'000;
  if (value < kEight) [[likely]]
    return put_short_decimal(at, value);
  at = put_decimal_byte(at, value / kEight);
  put_eight(at, eight_digits(value % kEight));
  return at + 8;
}

char* put_long_decimal(char* at, std::uint64_t value);

inline char* put_decimal(char* at, std::uint64_t value) {
  if (value < 100'000'000) [[likely]]
    return put_short_decimal(at, static_cast<std::uint32_t>(value));
  return put_long_decimal(at, value);
}

// Writes 16 characters.
inline char* put_dotted(char* at, std::uint32_t address) {
  for (const int shift : {24, 16, 8}) {
    at = put_decimal_byte(at, address >> shift);
    *at++ = '.';
  }
  return put_decimal_byte(at, address);
}

}  // namespace weir::packet
