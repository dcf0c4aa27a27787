// What every command of the front end needs: where to put results and talk, and the way from parsed
// arguments to the options of use-cases.
#pragma once

#include <functional>
#include <optional>

#include <weir/result.h>

#include "app/expression.h"
#include "app/failure.h"
#include "app/text_sink.h"
#include "cli/arguments.h"

namespace weir::cli {

struct Console {
  app::TextSink& out;      // results
  app::TextSink& err;      // talk
  bool color = false;      // diagnostics may use colour
  bool out_color = false;  // results may
  bool progress = false;   // standard error is a terminal that somebody watches
  // From then on SIGINT and SIGTERM are told by stop_signal() (0: none came) and end nothing.
  std::function<void()> catch_stop_signals = [] {};
  std::function<int()> stop_signal = [] { return 0; };
  // From then on SIGUSR1 asks for statistics; statistics_asked() tells each time once.
  std::function<void()> catch_ask_signal = [] {};
  std::function<bool()> statistics_asked = [] { return false; };
};

inline constexpr int kDone = 0;
inline constexpr int kInputWrong = 1;
inline constexpr int kUsageWrong = 2;

// Prints the failure, as JSON to standard output where --json was asked for of a command that has
// one result, and gives the exit code.
int report(const app::Failure& failure, const Arguments& arguments, Console& console);
int report(const Error& error, Console& console);
// Warnings; nothing when there are none.
void report(const app::Remarks& remarks, Console& console);

// The expression with all options that concern it.
Result<app::ExpressionOptions> expression_options(const Arguments& arguments);
Result<std::optional<LinkType>> link_type_option(const Arguments& arguments);

// One function a command, or a use of one, each in a file of its own.
int run_compile(const Arguments& arguments, Console& console);
int run_capture(const Arguments& arguments, Console& console);
int run_live_capture(const Arguments& arguments, Console& console);  // from interfaces
int run_interface_lists(const Arguments& arguments, Console& console);
int run_explain(const Arguments& arguments, Console& console);
int run_help(const Arguments& arguments, Console& console);

}  // namespace weir::cli
