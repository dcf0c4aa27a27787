#include "os/text_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/fd.h"

namespace weir::os {
namespace {

std::unexpected<Error> cannot(std::string_view what, const std::string& path) {
  return fail(fmt::format("cannot {} `{}`: {}", what, path, std::strerror(errno)),
              "check the path and its permissions");
}

// Standard input and output may be non-blocking when another process shares them.
bool waits_for(int fd, short events) {
  if (errno != EAGAIN) return errno == EINTR;
  pollfd waiting = {.fd = fd, .events = events, .revents = 0};
  (void)::poll(&waiting, 1, -1);
  return true;
}

Result<std::string> read_all(int fd, const std::string& path, std::size_t max_bytes) {
  std::string out;
  char chunk[65536];
  for (;;) {
    const ssize_t count = ::read(fd, chunk, sizeof chunk);
    if (count < 0 && waits_for(fd, POLLIN)) continue;
    if (count < 0) return cannot("read", path);
    if (count == 0) return out;
    out.append(chunk, static_cast<std::size_t>(count));
    if (out.size() > max_bytes) {
      return fail(fmt::format("`{}` is longer than {} bytes", path, max_bytes),
                  "is it the right file?");
    }
  }
}

}  // namespace

Result<std::string> read_text(const std::string& path, std::size_t max_bytes) {
  if (path == "-") return read_all(STDIN_FILENO, "standard input", max_bytes);
  const Fd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!fd) return cannot("open", path);
  return read_all(fd.get(), path, max_bytes);
}

bool is_terminal(int fd) { return ::isatty(fd) == 1; }

bool write_all(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = ::write(fd, text.data(), text.size());
    if (count < 0 && waits_for(fd, POLLOUT)) continue;
    if (count < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

}  // namespace weir::os
