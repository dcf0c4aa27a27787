#include "packet/print/text.h"

#include <algorithm>
#include <array>
#include <bit>

#include "base/endian.h"

namespace weir::packet {
namespace {

struct Decimal {
  char digits[3];
  std::uint8_t size;
};

constexpr std::array<Decimal, 256> make_decimals() {
  std::array<Decimal, 256> out{};
  for (unsigned i = 0; i < out.size(); ++i) {
    Decimal& decimal = out[i];
    const auto add = [&](unsigned digit) {
      decimal.digits[decimal.size++] = static_cast<char>('0' + digit);
    };
    if (i >= 100) add(i / 100);
    if (i >= 10) add(i / 10 % 10);
    add(i % 10);
  }
  return out;
}

constexpr std::array<char, 200> make_pairs() {
  std::array<char, 200> out{};
  for (std::size_t i = 0; i < 100; ++i) {
    out[2 * i] = static_cast<char>('0' + i / 10);
    out[2 * i + 1] = static_cast<char>('0' + i % 10);
  }
  return out;
}

// Every value of a byte, for dotted addresses; and every two digits.
constexpr auto kDecimals = make_decimals();
constexpr auto kPairs = make_pairs();
constexpr std::string_view kHexDigits = "0123456789abcdef";

// The last two digits of `value` go before `at`.
char* put_pair(char* at, std::uint64_t value) {
  std::memcpy(at - 2, &kPairs[2 * (value % 100)], 2);
  return at - 2;
}

// Of a 64-bit number.
constexpr int kMostDigits = 20;

// REQUIRES: room for 4 characters, of which as many are used as the value has digits.
char* put_hex_group(char* at, std::uint16_t value) {
  const int digits = std::max(1, (std::bit_width(value) + 3) / 4);
  for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4)
    *at++ = kHexDigits[value >> shift & 0xf];
  return at;
}

// Each part is written with three characters, of which those that are no digits are written over.
constexpr std::size_t kLongestDotted = 16;

char* put_dotted(char* at, std::uint32_t address) {
  for (int shift = 24; shift >= 0; shift -= 8) {
    const Decimal& decimal = kDecimals[address >> shift & 0xff];
    std::memcpy(at, decimal.digits, sizeof decimal.digits);
    at += decimal.size;
    if (shift != 0) *at++ = '.';
  }
  return at;
}

using Groups = std::array<std::uint16_t, 8>;

struct Run {
  std::size_t begin = 8;
  std::size_t length = 0;
};

// The longest run of at least two zero groups, the first of several: what `::` stands for (RFC
// 5952, section 4.2).
Run longest_zero_run(const Groups& groups) {
  Run best;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    std::size_t length = 0;
    while (i + length < groups.size() && groups[i + length] == 0) ++length;
    if (length > std::max<std::size_t>(best.length, 1)) best = {.begin = i, .length = length};
    i += length;
  }
  return best;
}

// The last two groups are an IPv4 address: mapped, or what once was "IPv4-compatible".
bool ends_in_ip4(const Groups& groups, const Run& zeros) {
  if (zeros.begin != 0) return false;
  return zeros.length == 6 || (zeros.length == 5 && groups[5] == 0xffff);
}

}  // namespace

void Text::number(std::uint64_t value) {
  if (value < 256) {
    const Decimal& decimal = kDecimals[value];
    std::memcpy(room(sizeof decimal.digits), decimal.digits, sizeof decimal.digits);
    return use(decimal.size);
  }
  int width = 3;
  for (std::uint64_t bound = 1000; width < kMostDigits && value >= bound; bound *= 10) ++width;
  digits(value, width);
}

void Text::digits(std::uint64_t value, int width) {
  char* const begin = grow(static_cast<std::size_t>(width));
  char* at = begin + width;
  for (; at - begin >= 2; value /= 100) at = put_pair(at, value);
  if (at != begin) *begin = static_cast<char>('0' + value % 10);
}

void Text::hex(std::span<const std::byte> bytes) {
  char* at = grow(2 * bytes.size());
  for (const std::byte byte : bytes) {
    *at++ = kHexDigits[std::to_integer<unsigned>(byte >> 4)];
    *at++ = kHexDigits[std::to_integer<unsigned>(byte & std::byte{15})];
  }
}

void Text::ip4(std::uint32_t address) {
  char* const begin = room(kLongestDotted);
  use(static_cast<std::size_t>(put_dotted(begin, address) - begin));
}

void Text::ip6(std::span<const std::byte> address) {
  Groups groups;
  for (std::size_t i = 0; i < groups.size(); ++i)
    groups[i] = load_be<std::uint16_t>(address.data() + 2 * i);
  const Run zeros = longest_zero_run(groups);
  const std::size_t end = ends_in_ip4(groups, zeros) ? 6 : groups.size();
  char out[48];
  char* at = out;
  for (std::size_t i = 0; i < end; ++i) {
    if (i == zeros.begin) {
      *at++ = ':';
      *at++ = ':';
      i += zeros.length - 1;
      continue;
    }
    if (at != out && at[-1] != ':') *at++ = ':';
    at = put_hex_group(at, groups[i]);
  }
  if (end == 6) {
    if (at[-1] != ':') *at++ = ':';
    at = put_dotted(at, load_be<std::uint32_t>(address.data() + 12));
  }
  put(std::string_view(out, at));
}

void Text::mac(std::span<const std::byte> address) {
  for (std::size_t i = 0; i < address.size(); ++i) {
    if (i != 0) put(':');
    hex(address.subspan(i, 1));
  }
}

}  // namespace weir::packet
