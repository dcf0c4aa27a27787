// Signals as flags: StopSignals, for SIGINT and SIGTERM, and AskSignal, for SIGUSR1.
#pragma once

#include <csignal>

namespace weir::os {

// While one lives, and at most one does, SIGINT and SIGTERM set a flag instead of ending the
// process. A second SIGINT or SIGTERM ends the process as it would without.
class StopSignals {
 public:
  StopSignals();
  ~StopSignals();
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;

  // The signal that arrived, or 0.
  int received() const;

 private:
  struct sigaction old_interrupt_;
  struct sigaction old_terminate_;
};

// While one lives, SIGUSR1 asks for something instead of ending the process. At most one at a time.
class AskSignal {
 public:
  AskSignal();
  ~AskSignal();
  AskSignal(const AskSignal&) = delete;
  AskSignal& operator=(const AskSignal&) = delete;

  // Whether it came since the last call.
  bool take();

 private:
  struct sigaction old_;
};

// For the rest of the process a write to a closed pipe fails with EPIPE, without SIGPIPE.
void ignore_broken_pipes();

}  // namespace weir::os
