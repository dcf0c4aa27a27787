// Opening and waiting where a stop question may end the wait.
#pragma once

#include <string>

#include "capfile/byte_stream.h"

namespace weir::capfile {

// Waits until `fd` is ready for `events` (of poll(2)); false when `stopped` says so. A signal that
// comes between the question and the wait ends the wait.
bool wait_for(int fd, short events, const StopQuestion& stopped);
// Whether `fd` is ready within so many milliseconds.
bool is_ready(int fd, short events, int milliseconds);

// Whether reading or writing may take as long as somebody else likes: all but regular files.
bool may_wait(int fd);

// open(2) with O_CLOEXEC, which waits for the other end of a named pipe: -1 with EINTR when
// `stopped` says so.
int open_fd(const std::string& path, int flags, const StopQuestion& stopped);

}  // namespace weir::capfile
