// The weir command: the process around cli::run.
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <string>

#include "cli/run.h"
#include "os/stop_signals.h"
#include "os/text_file.h"

namespace {

constexpr int kOut = 1;
constexpr int kErr = 2;

}  // namespace

int main(int argc, char** argv) {
  weir::os::ignore_broken_pipes();
  std::optional<weir::os::StopSignals> signals;
  std::optional<weir::os::AskSignal> ask_signal;
  const bool terminal = weir::os::is_terminal(kErr);
  const bool colors = std::getenv("NO_COLOR") == nullptr;
  weir::app::DescriptorSink out(kOut);
  weir::app::DescriptorSink err(kErr, 0);
  weir::cli::Console console{.out = out,
                             .err = err,
                             .color = terminal && colors,
                             .out_color = out.is_terminal() && colors,
                             .progress = terminal,
                             .catch_stop_signals = [&] { signals.emplace(); },
                             .stop_signal = [&] { return signals ? signals->received() : 0; },
                             .catch_ask_signal = [&] { ask_signal.emplace(); },
                             .statistics_asked = [&] { return ask_signal && ask_signal->take(); }};
  const int status = weir::cli::run({argv + 1, argv + argc}, console);
  if (out.flush() || out.error() == EPIPE) return status;
  err.write(std::string("weir: error: cannot write to standard output: ") +
            std::strerror(out.error()) + "\n");
  return weir::cli::kInputWrong;
}
