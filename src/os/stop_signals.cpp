#include "os/stop_signals.h"

namespace weir::os {
namespace {

volatile std::sig_atomic_t received_signal = 0;

volatile std::sig_atomic_t asked = 0;

void remember(int number) { received_signal = number; }
void remember_question(int) { asked = 1; }

struct sigaction install(int number, void (*handler)(int), int flags) {
  struct sigaction action{};
  struct sigaction old{};
  action.sa_handler = handler;
  action.sa_flags = flags;
  sigaction(number, &action, &old);
  return old;
}

}  // namespace

// SA_RESETHAND: the second signal finds the default again. No SA_RESTART: a read from a pipe
// returns.
StopSignals::StopSignals()
    : old_interrupt_(install(SIGINT, remember, static_cast<int>(SA_RESETHAND))),
      old_terminate_(install(SIGTERM, remember, static_cast<int>(SA_RESETHAND))) {
  received_signal = 0;
}

StopSignals::~StopSignals() {
  sigaction(SIGINT, &old_interrupt_, nullptr);
  sigaction(SIGTERM, &old_terminate_, nullptr);
}

int StopSignals::received() const { return received_signal; }

AskSignal::AskSignal() : old_(install(SIGUSR1, remember_question, 0)) { asked = 0; }
AskSignal::~AskSignal() { sigaction(SIGUSR1, &old_, nullptr); }

bool AskSignal::take() {
  const bool came = asked != 0;
  if (came) asked = 0;
  return came;
}

void ignore_broken_pipes() { install(SIGPIPE, SIG_IGN, 0); }

}  // namespace weir::os
