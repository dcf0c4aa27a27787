// weir capture.
#include "app/capture.h"

#include <fmt/format.h>

#include <filesystem>
#include <limits>
#include <system_error>
#include <utility>

#include "cli/capture_options.h"
#include "cli/print_options.h"
#include "cli/rotation_options.h"
#include "cli/value_words.h"

namespace weir::cli {
namespace {

Result<> set_format(const Arguments& arguments, app::CaptureOptions& options) {
  constexpr app::CaptureFormat kFormats[] = {app::CaptureFormat::kPcap,
                                             app::CaptureFormat::kPcapng};
  if (!arguments.has(Option::kFormat)) return {};
  const auto word = word_of(arguments, Option::kFormat, Values::kFormat, "format");
  if (!word) return std::unexpected(word.error());
  options.format = kFormats[*word];
  return {};
}

// 0 is tcpdump's word for all of a packet.
Result<> set_snaplen(const Arguments& arguments, app::CaptureOptions& options) {
  if (!arguments.has(Option::kSnaplen)) return {};
  const auto snaplen =
      arguments.number(Option::kSnaplen, 0, std::numeric_limits<std::int32_t>::max());
  if (!snaplen) return std::unexpected(snaplen.error());
  if (*snaplen != 0) options.snaplen = options.expression.snaplen;
  return {};
}

Result<> set_numbers(const Arguments& arguments, app::CaptureOptions& options) {
  if (arguments.has(Option::kLimit)) {
    const auto limit =
        arguments.number(Option::kLimit, 1, std::numeric_limits<std::int64_t>::max());
    if (!limit) return std::unexpected(limit.error());
    options.limit = *limit;
  }
  return set_snaplen(arguments, options);
}

// What is about interfaces has no meaning for files.
Result<> check_live_options(const Arguments& arguments) {
  if (!arguments.has(Option::kRead)) return {};
  for (const OptionInfo& option : options()) {
    if (option.group != Group::kLive || !arguments.has(option.option)) continue;
    return usage_error(fmt::format("`{}` beside `-r`", flag_of(option)),
                       "capture from interfaces, or read files");
  }
  return {};
}

// What packets look like has no meaning where none is printed. The options of tcpdump that say so
// are as silent there.
Result<> check_printing(const Arguments& arguments) {
  constexpr std::pair<Option, std::string_view> kInstead[] = {{Option::kWrite, "-w"},
                                                              {Option::kCount, "--count"}};
  constexpr std::pair<Option, std::string_view> kPrinting[] = {{Option::kJson, "--json"},
                                                               {Option::kFields, "--fields"}};
  for (const auto& [instead, instead_name] : kInstead) {
    for (const auto& [printing, name] : kPrinting) {
      if (!arguments.has(instead) || !arguments.has(printing)) continue;
      return usage_error(fmt::format("`{}` beside `{}`", name, instead_name),
                         fmt::format("with `{}` no packet is printed", instead_name));
    }
  }
  return {};
}

// A path is no expression; who writes one where an expression stands has left out `-r`.
Result<> check_words(const Arguments& arguments) {
  if (arguments.words.size() != 1) return {};
  const std::string& word = arguments.words.front();
  std::error_code error;
  const bool is_path = word.find_first_of("./") != std::string::npos &&
                       std::filesystem::is_regular_file(word, error);
  if (!is_path) return {};
  return usage_error(fmt::format("`{}` is a file, not an expression", word),
                     fmt::format("read it with `-r {}`", word));
}

Result<> check_together(const Arguments& arguments) {
  for (const auto check : {check_live_options, check_printing, check_words}) {
    if (const Result<> sound = check(arguments); !sound) return sound;
  }
  if (arguments.has(Option::kFormat) && !arguments.has(Option::kWrite)) {
    return usage_error("`--format` without `-w`", "name the file to write with `-w FILE`");
  }
  if (arguments.has(Option::kCount) && arguments.has(Option::kWrite)) {
    return usage_error("`--count` beside `-w`", "give one of the two");
  }
  const bool reads = arguments.has(Option::kRead);
  if (reads && arguments.has(Option::kLocalNames)) {
    return usage_error("`-f` beside `-r`",
                       "names are shown inside the network of an interface, and a file tells none; "
                       "`-n` shows no names");
  }
  if (reads && arguments.has(Option::kLinkType) && arguments.has(Option::kWrite)) {
    return usage_error("`-y` beside `-w`",
                       "`-y` is how packets are read; what is written keeps its link type");
  }
  return {};
}

}  // namespace

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
  for (const auto set : {set_format, set_numbers, set_rotation}) {
    if (const Result<> done = set(arguments, options); !done) return std::unexpected(done.error());
  }
  if (const Result<> done = set_print_options(arguments, console, options); !done)
    return std::unexpected(done.error());
  return options;
}

namespace {

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
  if (arguments.has(Option::kListInterfaces) || arguments.has(Option::kListLinkTypes))
    return run_interface_lists(arguments, console);
  if (!arguments.has(Option::kRead)) return run_live_capture(arguments, console);
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
