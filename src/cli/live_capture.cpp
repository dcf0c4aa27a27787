// weir capture from interfaces, and the lists of these.
#include "app/live_capture.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/interfaces.h"
#include "cli/capture_options.h"
#include "cli/durations.h"
#include "cli/value_words.h"

namespace weir::cli {
namespace {

constexpr std::uint64_t kMaxRingKib = 1u << 20;
constexpr std::uint64_t kMaxFanout = 256;

Result<> set_direction(const Arguments& arguments, app::LiveOptions& live) {
  constexpr app::Directions kDirections[] = {app::Directions::kIn, app::Directions::kOut,
                                             app::Directions::kBoth};
  const auto word = word_of(arguments, Option::kDirection, Values::kDirection, "direction");
  if (!word) return std::unexpected(word.error());
  live.directions = kDirections[*word];
  return {};
}

Result<> set_time_stamps(const Arguments& arguments, app::LiveOptions& live) {
  constexpr os::TimeStampType kTypes[] = {os::TimeStampType::kHost, os::TimeStampType::kAdapter,
                                          os::TimeStampType::kAdapterUnsynced};
  const auto type =
      word_of(arguments, Option::kTimeStampType, Values::kTimeStampType, "time stamp type");
  if (!type) return std::unexpected(type.error());
  live.time_stamps = kTypes[*type];
  live.nanoseconds =
      arguments.value(Option::kTimeStampPrecision) == "nano" || arguments.has(Option::kNano);
  return {};
}

Result<std::optional<std::chrono::nanoseconds>> duration(const Arguments& arguments,
                                                         Option option) {
  if (!arguments.has(option)) return std::nullopt;
  const auto time = parse_duration(arguments.value(option));
  if (time) return time;
  return usage_error(fmt::format("`{}` is no time", arguments.value(option)),
                     "write it as `10` (seconds), `500ms`, `2m` or `1h`");
}

Result<> set_times(const Arguments& arguments, app::LiveOptions& live) {
  const auto whole = duration(arguments, Option::kDuration);
  if (!whole) return std::unexpected(whole.error());
  const auto stats = duration(arguments, Option::kStats);
  if (!stats) return std::unexpected(stats.error());
  live.duration = *whole;
  live.stats_every = *stats;
  return {};
}

Result<> set_rings(const Arguments& arguments, app::LiveOptions& live) {
  const auto size = arguments.number(Option::kRingSize, 1, kMaxRingKib);
  if (!size) return std::unexpected(size.error());
  const auto fanout = arguments.number(Option::kFanout, 1, kMaxFanout);
  if (!fanout) return std::unexpected(fanout.error());
  live.ring_kib = static_cast<std::uint32_t>(*size);
  live.fanout = static_cast<std::uint32_t>(*fanout);
  return {};
}

// That of the interface, which -f is about.
Result<> set_local_network(const Arguments& arguments, app::CaptureOptions& options) {
  if (!arguments.has(Option::kLocalNames)) return {};
  const auto names = arguments.values(Option::kInterface);
  if (names.size() > 1 || std::ranges::find(names, app::kEveryInterface) != names.end())
    return usage_error("`-f` with several interfaces",
                       "name one with `-i`: names are shown inside its network");
  const auto links = app::list_interfaces();
  if (!links) return std::unexpected(links.error());
  const auto link =
      names.empty() ? app::default_interface(*links) : app::find_interface(*links, names.front());
  if (!link) return std::unexpected(link.error());
  options.print.local_network = app::local_network_of(**link);
  return {};
}

Result<app::LiveOptions> live_options(const Arguments& arguments, const Console& console) {
  app::LiveOptions live;
  const auto interfaces = arguments.values(Option::kInterface);
  live.interfaces.assign(interfaces.begin(), interfaces.end());
  live.promiscuous = !arguments.has(Option::kNoPromiscuous);
  // Somebody who watches does not want to wait; a file can.
  live.immediate = arguments.has(Option::kImmediate) ||
                   (console.out.is_terminal() && !arguments.has(Option::kWrite));
  live.user = arguments.optional_value(Option::kUser);
  live.flush_each = arguments.has(Option::kFlushEach);
  for (const auto set : {set_direction, set_time_stamps, set_times, set_rings}) {
    if (const Result<> done = set(arguments, live); !done) return std::unexpected(done.error());
  }
  return live;
}

// A list captures nothing: `-D` stands alone, and `-L` beside the interface that it is about.
Result<> check_list_alone(const Arguments& arguments) {
  const bool of_interfaces = arguments.has(Option::kListInterfaces);
  const Option list = of_interfaces ? Option::kListInterfaces : Option::kListLinkTypes;
  const std::string_view flag = of_interfaces ? "-D" : "-L";
  const std::string hint = of_interfaces ? "`-D` lists the interfaces, and captures nothing"
                                         : "`-L` lists link types of the interface that `-i` "
                                           "names, and captures nothing";
  for (const OptionInfo& option : options()) {
    if (!belongs_to(option, arguments.verb) || !arguments.has(option.option)) continue;
    if (option.option == list || (!of_interfaces && option.option == Option::kInterface)) continue;
    return usage_error(fmt::format("`{}` beside `{}`", flag_of(option), flag), hint);
  }
  if (!arguments.words.empty())
    return usage_error(fmt::format("an expression beside `{}`", flag), hint);
  if (arguments.count(Option::kInterface) > 1)
    return usage_error("`-L` with several interfaces", "name one with `-i`");
  return {};
}

int report_end(const app::LiveResult& result, const Arguments& arguments, Console& console) {
  console.out.flush();
  if (result.listened) console.err.write(app::render_counts(result.counts));
  if (result.capture.output_error) report(*result.capture.output_error, console);
  return result.capture.failure ? report(*result.capture.failure, arguments, console) : kDone;
}

}  // namespace

int run_live_capture(const Arguments& arguments, Console& console) {
  Result<app::CaptureOptions> options = capture_options(arguments, console);
  if (!options) return report(options.error(), console);
  const Result<app::LiveOptions> live = live_options(arguments, console);
  if (!live) return report(live.error(), console);
  if (const Result<> set = set_local_network(arguments, *options); !set)
    return report(set.error(), console);
  console.catch_stop_signals();
  console.catch_ask_signal();
  const app::LiveSinks sinks{
      .capture = {.out = console.out,
                  .remark =
                      [&](const Error& remark) { console.err.write(app::render_warning(remark)); },
                  .warn = [&](const app::Remarks& remarks) { report(remarks, console); },
                  .progress = {},
                  .stopped = [&] { return console.stop_signal() != 0; }},
      .talk = [&](std::string_view line) { console.err.write(line); },
      .stats_wanted = [&] { return console.statistics_asked(); }};
  return report_end(app::capture_live(*options, *live, sinks, app::this_machine()), arguments,
                    console);
}

int run_interface_lists(const Arguments& arguments, Console& console) {
  if (const Result<> alone = check_list_alone(arguments); !alone)
    return report(alone.error(), console);
  const auto links = app::list_interfaces();
  if (!links) return report(links.error(), console);
  if (arguments.has(Option::kListInterfaces)) {
    console.out.write(app::render_interfaces(*links));
    return kDone;
  }
  const auto names = arguments.values(Option::kInterface);
  const auto first = app::default_interface(*links);
  if (names.empty() && !first) return report(first.error(), console);
  const auto text = app::render_link_types(*links, names.empty() ? (*first)->name : names.front());
  if (!text) return report(text.error(), console);
  console.out.write(*text);
  return kDone;
}

}  // namespace weir::cli
