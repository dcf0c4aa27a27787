// Writes a file or a pipe with write(2); close(2) is checked too, since some file systems report a
// full disk only there.
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "capfile/byte_stream.h"

namespace weir::capfile {
namespace {

class FdSink final : public ByteSink {
 public:
  FdSink(Fd fd, std::string name) : fd_(std::move(fd)), name_(std::move(name)) {}

  Result<> write(std::span<const std::byte> bytes) override {
    while (!bytes.empty()) {
      const ssize_t count = ::write(fd_.get(), bytes.data(), bytes.size());
      if (count >= 0) {
        bytes = bytes.subspan(static_cast<std::size_t>(count));
      } else if (errno == EAGAIN) {
        wait_for_room();
      } else if (errno != EINTR) {
        return fail_with("write");
      }
    }
    return {};
  }

  Result<> flush() override { return {}; }

  Result<> close() override {
    if (fd_.valid() && ::close(fd_.release()) != 0 && errno != EINTR) return fail_with("close");
    return {};
  }

 private:
  void wait_for_room() const {
    pollfd waiting = {.fd = fd_.get(), .events = POLLOUT, .revents = 0};
    (void)::poll(&waiting, 1, -1);
  }

  std::unexpected<Error> fail_with(const char* action) const {
    const int error = errno;
    return fail(std::string("cannot ") + action + " `" + name_ + "`: " + std::strerror(error),
                error == ENOSPC ? "free space on that file system, or write elsewhere" : "");
  }

  Fd fd_;
  std::string name_;
};

}  // namespace

std::unique_ptr<ByteSink> make_fd_sink(Fd fd, std::string name) {
  return std::make_unique<FdSink>(std::move(fd), std::move(name));
}

Result<std::unique_ptr<ByteSink>> create_sink(const std::string& path) {
  const bool standard = path == "-";
  Fd fd(standard ? ::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 0)
                 : ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
  const std::string name = standard ? "standard output" : path;
  if (!fd) return fail("cannot create `" + name + "`: " + std::strerror(errno));
  return make_fd_sink(std::move(fd), name);
}

}  // namespace weir::capfile
