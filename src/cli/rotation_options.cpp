#include "cli/rotation_options.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace weir::cli {
namespace {

struct SizeUnit {
  std::string_view suffix;
  std::uint64_t bytes;
};
constexpr SizeUnit kSizeUnits[] = {{"", 1'000'000}, {"k", 1u << 10}, {"K", 1u << 10},
                                   {"m", 1u << 20}, {"M", 1u << 20}, {"g", 1u << 30},
                                   {"G", 1u << 30}};

std::optional<std::uint64_t> parse_size(std::string_view text) {
  constexpr std::uint64_t kMost = 1u << 30;  // of any unit
  std::uint64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || number == 0 || number > kMost) return std::nullopt;
  const auto unit = std::ranges::find(kSizeUnits, std::string_view(rest, end), &SizeUnit::suffix);
  if (unit == std::ranges::end(kSizeUnits)) return std::nullopt;
  return number * unit->bytes;
}

Result<> check_rotation(const Arguments& arguments) {
  const bool rotates = arguments.has(Option::kRotateSize) || arguments.has(Option::kRotatePeriod);
  const std::string_view only = arguments.has(Option::kRotateFiles)      ? "-W"
                                : arguments.has(Option::kRotatedCommand) ? "-z"
                                                                         : "";
  if (!rotates && !only.empty()) {
    return usage_error(fmt::format("`{}` without `-C` or `-G`", only),
                       "say when another file begins, by size or by time");
  }
  if (!rotates) return {};
  if (!arguments.has(Option::kWrite) || arguments.value(Option::kWrite) == "-") {
    return usage_error("`-C` and `-G` need files to write", "name them with `-w FILE`");
  }
  return {};
}

}  // namespace

Result<> set_rotation(const Arguments& arguments, app::CaptureOptions& options) {
  constexpr std::uint64_t kMostFiles = 1'000'000;
  constexpr std::uint64_t kLongestPeriod = std::uint64_t{366} * 24 * 3600;
  if (const Result<> sound = check_rotation(arguments); !sound) return sound;
  if (arguments.has(Option::kRotateSize)) {
    options.rotation.bytes = parse_size(arguments.value(Option::kRotateSize));
    if (!options.rotation.bytes) {
      return usage_error(
          fmt::format("`{}` is no size of a file", arguments.value(Option::kRotateSize)),
          "write it as `10` (million bytes), `500k`, `64m` or `1g`");
    }
  }
  if (arguments.has(Option::kRotatePeriod)) {
    const auto period = arguments.number(Option::kRotatePeriod, 1, kLongestPeriod);
    if (!period) return std::unexpected(period.error());
    options.rotation.period = std::chrono::seconds(*period);
  }
  if (arguments.has(Option::kRotateFiles)) {
    const auto files = arguments.number(Option::kRotateFiles, 1, kMostFiles);
    if (!files) return std::unexpected(files.error());
    options.rotation.files = static_cast<std::uint32_t>(*files);
  }
  options.rotated_command = arguments.optional_value(Option::kRotatedCommand);
  return {};
}

}  // namespace weir::cli
