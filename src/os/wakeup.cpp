#include "os/wakeup.h"

#include <sys/eventfd.h>

#include <cerrno>
#include <cstring>
#include <string>

namespace weir::os {

Result<Wakeup> Wakeup::make() {
  Fd fd(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  if (!fd) return fail(std::string("cannot make an event to wait for: ") + std::strerror(errno));
  return Wakeup(std::move(fd));
}

// Fails only when it has been rung 2^64 times.
void Wakeup::ring() const { (void)::eventfd_write(fd_.get(), 1); }

void Wakeup::silence() const {
  eventfd_t times = 0;
  (void)::eventfd_read(fd_.get(), &times);
}

}  // namespace weir::os
