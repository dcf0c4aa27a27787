#include "packet/print/text.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

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

// Every value of a byte, for dotted addresses.
constexpr auto kDecimals = make_decimals();
constexpr std::string_view kHexDigits = "0123456789abcdef";

}  // namespace

void Text::digits(std::uint32_t value, int width) {
  char* const begin = grow(static_cast<std::size_t>(width));
  for (char* at = begin + width; at != begin; value /= 10)
    *--at = static_cast<char>('0' + value % 10);
}

void Text::hex(std::span<const std::byte> bytes) {
  char* at = grow(2 * bytes.size());
  for (const std::byte byte : bytes) {
    *at++ = kHexDigits[std::to_integer<unsigned>(byte >> 4)];
    *at++ = kHexDigits[std::to_integer<unsigned>(byte & std::byte{15})];
  }
}

void Text::ip4(std::uint32_t address) {
  char out[15];
  char* at = out;
  for (int shift = 24; shift >= 0; shift -= 8) {
    const Decimal& decimal = kDecimals[address >> shift & 0xff];
    std::memcpy(at, decimal.digits, sizeof decimal.digits);
    at += decimal.size;
    if (shift != 0) *at++ = '.';
  }
  put(std::string_view(out, at));
}

void Text::ip6(std::span<const std::byte> address) {
  char out[INET6_ADDRSTRLEN];
  put(inet_ntop(AF_INET6, address.data(), out, sizeof out));
}

void Text::mac(std::span<const std::byte> address) {
  for (std::size_t i = 0; i < address.size(); ++i) {
    if (i != 0) put(':');
    hex(address.subspan(i, 1));
  }
}

}  // namespace weir::packet
