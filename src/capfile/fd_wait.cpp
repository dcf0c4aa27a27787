#include "capfile/fd_wait.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>

#include <cerrno>

#include "base/signals_held.h"

namespace weir::capfile {
bool wait_for(int fd, short events, const StopQuestion& stopped) {
  pollfd waiting = {.fd = fd, .events = events, .revents = 0};
  const SignalsHeld held;
  for (;;) {
    if (stopped && stopped()) return false;
    // Lets signals in and waits in one step.
    if (::ppoll(&waiting, 1, nullptr, &held.before()) >= 0 || errno != EINTR) return true;
  }
}

bool is_ready(int fd, short events, int milliseconds) {
  pollfd waiting = {.fd = fd, .events = events, .revents = 0};
  return ::poll(&waiting, 1, milliseconds) > 0;
}

bool may_wait(int fd) {
  struct stat status = {};
  return ::fstat(fd, &status) != 0 || !S_ISREG(status.st_mode);
}

int open_fd(const std::string& path, int flags, const StopQuestion& stopped) {
  for (;;) {
    const int fd = ::open(path.c_str(), flags | O_CLOEXEC, 0666);
    if (fd >= 0 || errno != EINTR || (stopped && stopped())) return fd;
  }
}

}  // namespace weir::capfile
