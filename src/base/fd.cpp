#include "base/fd.h"

#include <unistd.h>

namespace weir {

void Fd::reset(int fd) {
  const int old = std::exchange(fd_, fd);
  // An error of close(2) leaves nothing to retry: Linux has released the descriptor already.
  if (old >= 0 && old != fd) ::close(old);
}

}  // namespace weir
