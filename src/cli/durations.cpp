#include "cli/durations.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace weir::cli {
namespace {

struct Unit {
  std::string_view suffix;
  double seconds;
};
constexpr Unit kUnits[] = {{"", 1}, {"ms", 1e-3}, {"s", 1}, {"m", 60}, {"h", 3600}};
constexpr double kLongest = 366.0 * 24 * 3600;

}  // namespace

std::optional<std::chrono::nanoseconds> parse_duration(std::string_view text) {
  double number = 0;
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number, std::chars_format::fixed);
  if (error != std::errc()) return std::nullopt;
  const auto unit = std::ranges::find(kUnits, std::string_view(rest, end), &Unit::suffix);
  if (unit == std::ranges::end(kUnits)) return std::nullopt;
  const double seconds = number * unit->seconds;
  if (!(seconds >= 1e-9) || seconds > kLongest) return std::nullopt;
  return std::chrono::nanoseconds(std::llround(seconds * 1e9));
}

}  // namespace weir::cli
