#include "isa/number_text.h"

#include <charconv>

namespace weir::isa {
namespace {

struct Radix {
  std::string_view prefix;
  int base;
};
constexpr Radix kRadixes[] = {{"0x", 16}, {"0X", 16}, {"0b", 2}, {"0B", 2}, {"0", 8}};

std::optional<std::uint64_t> parse_digits(std::string_view text, int base) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

std::optional<std::uint64_t> parse_decimal(std::string_view text) { return parse_digits(text, 10); }

std::optional<std::uint64_t> parse_number(std::string_view text) {
  for (const Radix& radix : kRadixes) {
    if (text.size() > radix.prefix.size() && text.starts_with(radix.prefix)) {
      return parse_digits(text.substr(radix.prefix.size()), radix.base);
    }
  }
  return parse_decimal(text);
}

}  // namespace weir::isa
