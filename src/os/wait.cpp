#include "os/wait.h"

#include <poll.h>

#include <algorithm>
#include <cerrno>
#include <vector>

#include "base/signals_held.h"

namespace weir::os {
namespace {

timespec to_timespec(std::chrono::nanoseconds time) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
  return {.tv_sec = seconds.count(), .tv_nsec = (time - seconds).count()};
}

}  // namespace

Wait wait_readable(std::span<const int> fds, std::optional<std::chrono::nanoseconds> timeout,
                   const std::function<bool()>& interrupted) {
  std::vector<pollfd> waiting;
  for (const int fd : fds) waiting.push_back({.fd = fd, .events = POLLIN, .revents = 0});
  timespec limit = to_timespec(
      std::max(timeout.value_or(std::chrono::nanoseconds(0)), std::chrono::nanoseconds(0)));
  const SignalsHeld held;
  if (interrupted && interrupted()) return Wait::kInterrupted;
  // Lets signals in and waits in one step.
  const int count =
      ::ppoll(waiting.data(), waiting.size(), timeout ? &limit : nullptr, &held.before());
  if (count > 0) return Wait::kReady;
  return count == 0 ? Wait::kTimeout : Wait::kInterrupted;
}

}  // namespace weir::os
