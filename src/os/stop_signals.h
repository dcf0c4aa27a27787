// StopSignals: while one lives, SIGINT and SIGTERM set a flag instead of ending the process.
#pragma once

#include <csignal>

namespace weir::os {

// At most one lives at a time. A second SIGINT or SIGTERM ends the process as it would without.
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

// For the rest of the process a write to a closed pipe fails with EPIPE, without SIGPIPE.
void ignore_broken_pipes();

}  // namespace weir::os
