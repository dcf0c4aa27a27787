#include "cli/print_options.h"

#include <algorithm>
#include <iterator>
#include <ranges>
#include <utility>
#include <vector>

#include "cli/value_words.h"

namespace weir::cli {
namespace {

packet::Timestamp timestamp(std::size_t count) {
  using packet::Timestamp;
  constexpr Timestamp kKinds[] = {Timestamp::kTime,     Timestamp::kNone,
                                  Timestamp::kSeconds,  Timestamp::kSincePrevious,
                                  Timestamp::kDateTime, Timestamp::kSinceFirst};
  return kKinds[std::min(count, std::size(kKinds) - 1)];
}

// As with tcpdump, the fullest dump that is asked for is the one that is printed.
void set_dump(const Arguments& arguments, packet::PrintOptions& print) {
  constexpr std::pair<Option, packet::Dump> kDumps[] = {
      {Option::kHexAndAscii, packet::Dump::kHexAndAscii},
      {Option::kHex, packet::Dump::kHex},
      {Option::kAscii, packet::Dump::kAscii},
  };
  for (const auto& [option, dump] : kDumps) {
    if (!arguments.has(option)) continue;
    print.dump = dump;
    print.dump_link_header = arguments.count(option) > 1;
    return;
  }
}

// Stamps that were asked for are also shown.
bool prints_nanoseconds(const Arguments& arguments) {
  if (arguments.has(Option::kMicro)) return false;
  return arguments.has(Option::kNano) || arguments.value(Option::kTimeStampPrecision) == "nano";
}

Result<> check_times(const Arguments& arguments) {
  constexpr std::size_t kMostTimestamp = 5;
  if (arguments.count(Option::kTimestamp) > kMostTimestamp)
    return usage_error("`-t` more than five times", "`-ttttt` is the last of its kinds");
  if (arguments.has(Option::kMicro) && arguments.has(Option::kNano))
    return usage_error("`--micro` beside `--nano`", "give one of the two");
  const auto precision =
      word_of(arguments, Option::kTimeStampPrecision, Values::kTimeStampPrecision, "precision");
  return precision ? Result<>() : std::unexpected(precision.error());
}

Result<> set_printing(const Arguments& arguments, app::CaptureOptions& options) {
  packet::PrintOptions& print = options.print;
  print.numeric = arguments.has(Option::kNoNames);
  print.short_names = arguments.has(Option::kShortNames);
  print.link_header = arguments.has(Option::kLinkHeader);
  print.quick = arguments.has(Option::kQuick);
  print.absolute_sequence = arguments.has(Option::kAbsoluteSequence);
  print.check_checksums = !arguments.has(Option::kNoChecksums);
  print.number = arguments.has(Option::kNumber);
  print.nanoseconds = prints_nanoseconds(arguments);
  print.verbose = static_cast<int>(std::min<std::size_t>(arguments.count(Option::kVerbose), 3));
  print.timestamp = timestamp(arguments.count(Option::kTimestamp));
  set_dump(arguments, print);
  options.flush_each_line = arguments.has(Option::kLineBuffered);
  print.http_any_port = arguments.has(Option::kHttp);
  if (!print.http_any_port) return {};
  const auto ports = word_of(arguments, Option::kHttp, Values::kHttp, "`--http` value");
  return ports ? Result<>() : std::unexpected(ports.error());
}

std::string_view without_blanks(std::string_view word) {
  word.remove_prefix(std::min(word.find_first_not_of(' '), word.size()));
  return word.substr(0, word.find_last_not_of(' ') + 1);
}

std::vector<std::string> split_at_commas(std::string_view text) {
  std::vector<std::string> out;
  for (const auto part : std::views::split(text, ',')) {
    const std::string_view word = without_blanks({part.begin(), part.end()});
    if (!word.empty()) out.emplace_back(word);
  }
  return out;
}

Result<> set_fields(const Arguments& arguments, app::CaptureOptions& options) {
  options.json = arguments.has(Option::kJson);
  options.fields = split_at_commas(arguments.value(Option::kFields));
  if (arguments.has(Option::kFields) && options.fields.empty())
    return usage_error("`--fields` names no field", "as `--fields ip.src,tcp.dstport`");
  if (options.json && !options.fields.empty())
    return usage_error("`--json` beside `--fields`", "give one of the two");
  if (arguments.has(Option::kSeparator) && options.fields.empty())
    return usage_error("`--separator` without `--fields`", "name the columns with `--fields`");
  constexpr app::FieldSeparator kSeparators[] = {app::FieldSeparator::kTab,
                                                 app::FieldSeparator::kComma};
  const auto word = word_of(arguments, Option::kSeparator, Values::kSeparator, "separator");
  if (!word) return std::unexpected(word.error());
  options.field_separator = kSeparators[*word];
  return {};
}

Result<> set_color(const Arguments& arguments, const Console& console,
                   app::CaptureOptions& options) {
  const bool colors[] = {console.out_color, true, false};  // auto, always, never
  const auto when = word_of(arguments, Option::kColor, Values::kColor, "`--color` value");
  if (!when) return std::unexpected(when.error());
  options.color = colors[*when];
  return {};
}

}  // namespace

Result<> set_print_options(const Arguments& arguments, const Console& console,
                           app::CaptureOptions& options) {
  if (const Result<> sound = check_times(arguments); !sound) return sound;
  for (const auto set : {set_printing, set_fields}) {
    if (const Result<> done = set(arguments, options); !done) return done;
  }
  return set_color(arguments, console, options);
}

}  // namespace weir::cli
