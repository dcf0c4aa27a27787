// Reads a file or a pipe with read(2) in the chunks that the caller asks for.
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "capfile/byte_stream.h"
#include "capfile/fd_wait.h"

namespace weir::capfile {
namespace {

class FdSource final : public ByteSource {
 public:
  FdSource(Fd fd, std::string name, StopQuestion stopped)
      : fd_(std::move(fd)),
        name_(std::move(name)),
        stopped_(std::move(stopped)),
        may_wait_(may_wait(fd_.get())) {
    // A hint only: a pipe refuses it.
    (void)::posix_fadvise(fd_.get(), 0, 0, POSIX_FADV_SEQUENTIAL);
  }

  Result<std::size_t> read(std::span<std::byte> into) override {
    for (;;) {
      if (may_wait_ && !wait_for(fd_.get(), POLLIN, stopped_)) return 0;
      const ssize_t count = ::read(fd_.get(), into.data(), into.size());
      if (count >= 0) {
        consumed_ += static_cast<std::uint64_t>(count);
        return static_cast<std::size_t>(count);
      }
      // Standard input may be non-blocking when another process shares it.
      if (errno != EAGAIN && errno != EINTR)
        return fail("cannot read `" + name_ + "`: " + std::strerror(errno));
    }
  }

  bool would_wait() const override { return may_wait_ && !is_ready(fd_.get(), POLLIN, 0); }

  std::uint64_t consumed() const override { return consumed_; }

  std::optional<std::uint64_t> total() const override {
    struct stat status = {};
    if (::fstat(fd_.get(), &status) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
    return static_cast<std::uint64_t>(status.st_size);
  }

 private:
  Fd fd_;
  std::string name_;
  StopQuestion stopped_;
  bool may_wait_;
  std::uint64_t consumed_ = 0;
};

}  // namespace

std::unique_ptr<ByteSource> make_fd_source(Fd fd, std::string name, StopQuestion stopped) {
  return std::make_unique<FdSource>(std::move(fd), std::move(name), std::move(stopped));
}

Result<std::unique_ptr<ByteSource>> open_source(const std::string& path, StopQuestion stopped) {
  const bool standard = path == "-";
  Fd fd(standard ? ::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0) : open_fd(path, O_RDONLY, stopped));
  const std::string name = standard ? "standard input" : path;
  if (!fd) return fail("cannot open `" + name + "`: " + std::strerror(errno));
  return make_fd_source(std::move(fd), name, std::move(stopped));
}

}  // namespace weir::capfile
