// Base64: groups of three bytes and four characters.
#include "object/base64.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>

#include "diag/quote.h"

namespace weir::object {
namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
static_assert(kAlphabet.size() == 64);

constexpr std::uint8_t kNoDigit = 0xff;

constexpr auto kDigits = [] {
  std::array<std::uint8_t, 256> digits{};
  digits.fill(kNoDigit);
  for (std::size_t i = 0; i < kAlphabet.size(); ++i)
    digits[static_cast<unsigned char>(kAlphabet[i])] = static_cast<std::uint8_t>(i);
  return digits;
}();

std::unexpected<Error> fail_at(std::size_t offset, std::string message) {
  auto failure =
      fail(std::move(message), "it may have been cut off or changed: build the package anew");
  failure.error().offset = offset;
  return failure;
}

std::size_t padding_of(std::string_view text) {
  if (text.ends_with("==")) return 2;
  return text.ends_with('=') ? 1 : 0;
}

}  // namespace

std::string base64_encode(std::span<const std::byte> bytes) {
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t here = std::min<std::size_t>(3, bytes.size() - i);
    std::uint32_t group = 0;
    for (std::size_t k = 0; k < 3; ++k)
      group = group << 8 | (k < here ? std::to_integer<std::uint32_t>(bytes[i + k]) : 0);
    for (std::size_t k = 0; k < 4; ++k)
      text += k <= here ? kAlphabet[group >> (18 - 6 * k) & 63] : '=';
  }
  return text;
}

Result<std::vector<std::byte>> base64_decode(std::string_view text) {
  if (text.size() % 4 != 0)
    return fail_at(text.size(), fmt::format("the base64 text has {} characters, which is no "
                                            "multiple of four",
                                            text.size()));
  const std::size_t digits = text.size() - padding_of(text);
  std::vector<std::byte> bytes;
  bytes.reserve(text.size() / 4 * 3);
  std::uint32_t group = 0;
  for (std::size_t i = 0; i < digits; ++i) {
    const std::uint8_t digit = kDigits[static_cast<unsigned char>(text[i])];
    if (digit == kNoDigit)
      return fail_at(i,
                     fmt::format("{} is no character of base64", diag::quote(text.substr(i, 1))));
    group = (group << 6 | digit) & 0xffffff;
    // The bits that are there after this digit, beyond whole bytes: 6, 4, 2, 0.
    if (i % 4 != 0) bytes.push_back(static_cast<std::byte>(group >> (6 - 2 * (i % 4))));
  }
  const std::uint32_t unused = digits % 4 == 2 ? 0xf : digits % 4 == 3 ? 0x3 : 0;
  if ((group & unused) != 0)
    return fail_at(digits - 1, "the last character of the base64 text has bits of no byte");
  return bytes;
}

}  // namespace weir::object
