// weir capture.
#include "app/capture.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <limits>
#include <ranges>
#include <utility>
#include <vector>

#include "cli/front_end.h"

namespace weir::cli {
namespace {

Result<> set_format(const Arguments& arguments, app::CaptureOptions& options) {
  const std::optional<std::string> format = arguments.optional_value(Option::kFormat);
  if (!format) return {};
  if (*format == "pcap") {
    options.format = app::CaptureFormat::kPcap;
  } else if (*format == "pcapng") {
    options.format = app::CaptureFormat::kPcapng;
  } else {
    return usage_error(fmt::format("unknown format `{}`", *format), "`pcap` or `pcapng` is wanted");
  }
  return {};
}

Result<> set_numbers(const Arguments& arguments, app::CaptureOptions& options) {
  if (arguments.has(Option::kLimit)) {
    const auto limit =
        arguments.number(Option::kLimit, 1, std::numeric_limits<std::int64_t>::max());
    if (!limit) return std::unexpected(limit.error());
    options.limit = *limit;
  }
  if (arguments.has(Option::kSnaplen)) options.snaplen = options.expression.snaplen;
  return {};
}

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

Result<> set_printing(const Arguments& arguments, app::CaptureOptions& options) {
  packet::PrintOptions& print = options.print;
  print.numeric = arguments.has(Option::kNoNames);
  print.short_names = arguments.has(Option::kShortNames);
  print.link_header = arguments.has(Option::kLinkHeader);
  print.quick = arguments.has(Option::kQuick);
  print.absolute_sequence = arguments.has(Option::kAbsoluteSequence);
  print.check_checksums = !arguments.has(Option::kNoChecksums);
  print.number = arguments.has(Option::kNumber);
  print.nanoseconds = arguments.has(Option::kNano);
  print.verbose = static_cast<int>(std::min<std::size_t>(arguments.count(Option::kVerbose), 3));
  print.timestamp = timestamp(arguments.count(Option::kTimestamp));
  set_dump(arguments, print);
  options.flush_each_line = arguments.has(Option::kLineBuffered);
  const auto http = arguments.optional_value(Option::kHttp);
  if (http && *http != "any") {
    return usage_error(fmt::format("`--http {}`", *http),
                       "`--http any` looks for HTTP on every port; without it, on 80 and 8080");
  }
  print.http_any_port = http.has_value();
  return {};
}

std::vector<std::string> split_at_commas(std::string_view text) {
  std::vector<std::string> out;
  for (const auto part : std::views::split(text, ',')) {
    const std::string_view word(part.begin(), part.end());
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
  const std::string_view separator = arguments.value(Option::kSeparator);
  if (separator != "tab" && separator != "comma")
    return usage_error(fmt::format("unknown separator `{}`", separator),
                       "`tab` or `comma` is wanted");
  if (separator == "comma") options.field_separator = app::FieldSeparator::kComma;
  return {};
}

Result<> set_color(const Arguments& arguments, const Console& console,
                    app::CaptureOptions& options) {
  const std::string_view when = arguments.value(Option::kColor);
  if (when == "always") {
    options.color = true;
  } else if (when == "auto") {
    options.color = console.out_color;
  } else if (when != "never") {
    return usage_error(fmt::format("unknown value `{}` of `--color`", when),
                       "`auto`, `always` or `never` is wanted");
  }
  return {};
}

Result<> check_together(const Arguments& arguments) {
  if (!arguments.has(Option::kRead)) {
    return usage_error("no capture file to read",
                       "name one with `-r FILE`; `-r -` is standard input");
  }
  if (arguments.has(Option::kFormat) && !arguments.has(Option::kWrite)) {
    return usage_error("`--format` without `-w`", "name the file to write with `-w FILE`");
  }
  if (arguments.has(Option::kCount) && arguments.has(Option::kWrite)) {
    return usage_error("`--count` beside `-w`", "give one of the two");
  }
  if (arguments.has(Option::kLinkType) && arguments.has(Option::kWrite)) {
    return usage_error("`-y` beside `-w`",
                       "`-y` is how packets are read; what is written keeps its link type");
  }
  return {};
}

Result<app::CaptureOptions> capture_options(const Arguments& arguments, const Console& console) {
  if (const Result<> sound = check_together(arguments); !sound)
    return std::unexpected(sound.error());
  Result<app::ExpressionOptions> expression = expression_options(arguments);
  if (!expression) return std::unexpected(expression.error());
  const Result<std::optional<LinkType>> link_type = link_type_option(arguments);
  if (!link_type) return std::unexpected(link_type.error());
  const auto inputs = arguments.values(Option::kRead);
  app::CaptureOptions options;
  options.inputs.assign(inputs.begin(), inputs.end());
  options.output = arguments.optional_value(Option::kWrite);
  options.link_type = *link_type;
  options.count_only = arguments.has(Option::kCount);
  options.expression = std::move(*expression);
  for (const auto set : {set_format, set_numbers, set_printing, set_fields}) {
    if (const Result<> done = set(arguments, options); !done) return std::unexpected(done.error());
  }
  if (const Result<> done = set_color(arguments, console, options); !done)
    return std::unexpected(done.error());
  return options;
}

// The line that is overwritten again and again.
constexpr std::string_view kEraseLine = "\r\x1b[K";

// What a shell makes of a program that a signal ended: 128 and the signal's number.
constexpr int kStoppedBySignal = 128;

// Not between the lines of packets.
bool shows_progress(const app::CaptureOptions& options, const Console& console) {
  return console.progress && (options.output || options.count_only || !console.out.is_terminal());
}

int report_end(const app::CaptureResult& result, const app::CaptureOptions& options,
               const Arguments& arguments, Console& console) {
  const bool writes = options.output.has_value();
  if (shows_progress(options, console)) console.err.write(kEraseLine);
  const bool writes_all = writes && result.output_wanted;
  if (result.stopped || (result.failure ? result.read != 0 : writes_all))
    console.err.write(app::render_totals(result) + "\n");
  if (result.output_error) report(*result.output_error, console);
  const int status = result.failure ? report(*result.failure, arguments, console) : kDone;
  if (!result.stopped) return status;
  if (!result.failure) {
    report(
        Error{
            .message = "stopped by a signal before the end of the input", .hint = {}, .offset = {}},
        console);
  }
  return kStoppedBySignal + console.stop_signal();
}

}  // namespace

int run_capture(const Arguments& arguments, Console& console) {
  const Result<app::CaptureOptions> options = capture_options(arguments, console);
  if (!options) return report(options.error(), console);
  console.catch_stop_signals();
  const app::CaptureSinks sinks{
      .out = console.out,
      .remark = [&](const Error& remark) { console.err.write(app::render_warning(remark)); },
      .warn = [&](const app::Remarks& remarks) { report(remarks, console); },
      .progress =
          [&](const app::Progress& progress) {
            if (shows_progress(*options, console))
              console.err.write(std::string(kEraseLine) + app::render(progress));
          },
      .stopped = [&] { return console.stop_signal() != 0; }};
  const app::CaptureResult result = app::capture(*options, sinks);
  return report_end(result, *options, arguments, console);
}

}  // namespace weir::cli
