// Numbers as characters, three digits at a time from a table and with few branches. Each function
// writes at `at` and returns where the text ends; characters behind it, up to the named limit, may
// be overwritten.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "base/endian.h"

namespace weir::packet {

inline constexpr std::size_t kMostShortDecimal = 8;
inline constexpr std::size_t kMostWordDecimal = 12;
inline constexpr std::size_t kMostDecimal = 24;
inline constexpr std::size_t kMostDotted = 16;

// A number below 1,000, a character a byte, the first in the lowest byte. The highest byte is how
// many zeros stand before what counts.
constexpr std::uint32_t three_digits(std::uint32_t value) {
  const std::uint32_t digits =
      (value / 100) | (value / 10 % 10) << 8 | (value % 10) << 16 | 0x0030'3030;
  const std::uint32_t zeros = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return digits | zeros << 24;
}

constexpr std::array<std::uint32_t, 1000> make_three_digits() {
  std::array<std::uint32_t, 1000> out{};
  for (std::uint32_t i = 0; i < out.size(); ++i) out[i] = three_digits(i);
  return out;
}

inline constexpr auto kThreeDigits = make_three_digits();

inline void put_characters(char* at, std::uint32_t characters) {
  store<std::uint32_t>(reinterpret_cast<std::byte*>(at), characters, std::endian::little);
}

// All three digits; writes 4 characters. REQUIRES: value < 1,000.
inline char* put_three(char* at, std::uint32_t value) {
  put_characters(at, kThreeDigits[value]);
  return at + 3;
}

// Writes 7 characters. REQUIRES: value < 10^6.
inline char* put_six_at_most(char* at, std::uint32_t value) {
  const std::uint32_t high = kThreeDigits[value / 1000];
  const std::uint32_t low = kThreeDigits[value % 1000];
  const bool has_high = value >= 1000;
  const std::uint32_t high_zeros = has_high ? high >> 24 : 3;
  const std::uint32_t low_zeros = has_high ? 0 : low >> 24;
  put_characters(at, high >> 8 * high_zeros);
  at += 3 - high_zeros;
  put_characters(at, low >> 8 * low_zeros);
  return at + (3 - low_zeros);
}

inline char* put_word_decimal(char* at, std::uint32_t value) {
  constexpr std::uint32_t kSix = 1'000'000;
  if (value < kSix) return put_six_at_most(at, value);
  at = put_six_at_most(at, value / kSix);
  at = put_three(at, value % kSix / 1000);
  return put_three(at, value % 1000);
}

char* put_long_decimal(char* at, std::uint64_t value);

inline char* put_decimal(char* at, std::uint64_t value) {
  if (value <= 0xffff'ffff) [[likely]]
    return put_word_decimal(at, static_cast<std::uint32_t>(value));
  return put_long_decimal(at, value);
}

// A byte in decimal with a full stop behind, a character a byte; above them, how many those are.
constexpr std::uint64_t byte_and_stop(std::uint32_t value) {
  const std::uint32_t digits = three_digits(value);
  const std::uint32_t zeros = digits >> 24;
  const std::uint64_t text = ((digits & 0x00ff'ffff) | std::uint32_t{'.'} << 24) >> 8 * zeros;
  return text | std::uint64_t{4 - zeros} << 32;
}

constexpr std::array<std::uint64_t, 256> make_bytes_and_stops() {
  std::array<std::uint64_t, 256> out{};
  for (std::uint32_t i = 0; i < out.size(); ++i) out[i] = byte_and_stop(i);
  return out;
}

inline constexpr auto kBytesAndStops = make_bytes_and_stops();

// Writes 16 characters.
inline char* put_dotted(char* at, std::uint32_t address) {
  for (const int shift : {24, 16, 8, 0}) {
    const std::uint64_t text = kBytesAndStops[address >> shift & 0xff];
    put_characters(at, static_cast<std::uint32_t>(text));
    at += text >> 32;
  }
  return at - 1;
}

}  // namespace weir::packet
