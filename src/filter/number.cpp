#include "filter/number.h"

#include "filter/chars.h"

namespace weir::filter {
namespace {

struct Digits {
  std::string_view text;
  unsigned base;
};

Digits digits_of(std::string_view text) {
  if (text.starts_with("0x") || text.starts_with("0X")) return {text.substr(2), 16};
  if (text.size() > 1 && text.front() == '0') return {text.substr(1), 8};
  return {text, 10};
}

}  // namespace

std::expected<std::uint32_t, NumberFault> parse_number(std::string_view text) {
  const auto [digits, base] = digits_of(text);
  if (digits.empty()) return std::unexpected(NumberFault::kNotANumber);
  std::uint64_t value = 0;
  NumberFault fault{};
  bool failed = false;
  for (const char c : digits) {
    if (!(base == 16 ? is_hex(c) : is_digit(c))) return std::unexpected(NumberFault::kNotANumber);
    const unsigned digit = hex_value(c);
    if (failed) continue;
    if (digit >= base) {
      failed = true;
      fault = NumberFault::kNotOctal;
    }
    value = value * base + digit;
    if (value > UINT32_MAX) {
      failed = true;
      fault = NumberFault::kTooLarge;
    }
  }
  if (failed) return std::unexpected(fault);
  return static_cast<std::uint32_t>(value);
}

}  // namespace weir::filter
