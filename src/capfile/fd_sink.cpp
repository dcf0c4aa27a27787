// Writes a file or a pipe with write(2); close(2) is checked too, since some file systems report a
// full disk only there.
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstring>

#include "capfile/byte_stream.h"
#include "capfile/fd_wait.h"

namespace weir::capfile {
namespace {

// How long a reader may take nothing after the stop question said true.
constexpr int kPatienceMs = 500;

class FdSink final : public ByteSink {
 public:
  FdSink(Fd fd, std::string name, StopQuestion stopped, bool may_lose_reader)
      : fd_(std::move(fd)),
        name_(std::move(name)),
        stopped_(std::move(stopped)),
        may_wait_(may_wait(fd_.get())),
        may_lose_reader_(may_lose_reader) {}

  Result<> write(std::span<const std::byte> bytes) override {
    taken_ = 0;
    while (!bytes.empty() && wanted_) {
      const bool hurried = may_wait_ && stopped_ && stopped_();
      if (hurried && !has_room()) return fail("cannot write `" + name_ + "`: nobody takes it");
      // So much fits where there is room at all, so that the write does not wait.
      const std::size_t size =
          hurried ? std::min<std::size_t>(bytes.size(), PIPE_BUF) : bytes.size();
      const ssize_t count = ::write(fd_.get(), bytes.data(), size);
      if (count >= 0) {
        taken_ += static_cast<std::size_t>(count);
        bytes = bytes.subspan(static_cast<std::size_t>(count));
      } else if (errno == EPIPE && may_lose_reader_) {
        wanted_ = false;
      } else if (errno == EAGAIN) {
        (void)wait_for(fd_.get(), POLLOUT, stopped_);
      } else if (errno != EINTR) {
        return fail_with("write");
      }
    }
    return {};
  }

  std::size_t left_behind() const override { return ends_here() ? taken_ : 0; }

  // Should that fail, too, the file is as it is, and the error of the write has told.
  void take_back(std::size_t count) override {
    const off_t end = ::lseek(fd_.get(), 0, SEEK_CUR);
    (void)!::ftruncate(fd_.get(), end - static_cast<off_t>(count));
  }

  bool wanted() const override { return wanted_; }

  Result<> flush() override { return {}; }

  Result<> close() override {
    if (fd_.valid() && ::close(fd_.release()) != 0 && errno != EINTR) return fail_with("close");
    return {};
  }

 private:
  // Whether it is a file, and nothing stands behind what was written, as it does when somebody else
  // writes to it, too.
  bool ends_here() const {
    struct stat status = {};
    return ::fstat(fd_.get(), &status) == 0 && S_ISREG(status.st_mode) &&
           ::lseek(fd_.get(), 0, SEEK_CUR) == status.st_size;
  }

  // Asks in vain only once.
  bool has_room() {
    gave_up_ = gave_up_ || !is_ready(fd_.get(), POLLOUT, kPatienceMs);
    return !gave_up_;
  }

  std::unexpected<Error> fail_with(const char* action) const {
    const int error = errno;
    return fail(std::string("cannot ") + action + " `" + name_ + "`: " + std::strerror(error),
                error == ENOSPC ? "free space on that file system, or write elsewhere" : "");
  }

  Fd fd_;
  std::string name_;
  StopQuestion stopped_;
  bool may_wait_;
  bool may_lose_reader_;
  bool wanted_ = true;
  std::size_t taken_ = 0;  // of the last write
  bool gave_up_ = false;
};

}  // namespace

std::unique_ptr<ByteSink> make_fd_sink(Fd fd, std::string name, StopQuestion stopped) {
  return std::make_unique<FdSink>(std::move(fd), std::move(name), std::move(stopped), false);
}

std::unique_ptr<ByteSink> make_standard_sink(Fd fd, StopQuestion stopped) {
  return std::make_unique<FdSink>(std::move(fd), "standard output", std::move(stopped), true);
}

Result<std::unique_ptr<ByteSink>> create_sink(const std::string& path, StopQuestion stopped) {
  const bool standard = path == "-";
  Fd fd(standard ? ::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 0)
                 : open_fd(path, O_WRONLY | O_CREAT | O_TRUNC, stopped));
  if (!fd) {
    return fail(std::string("cannot create `") + (standard ? "standard output" : path) +
                "`: " + std::strerror(errno));
  }
  return standard ? make_standard_sink(std::move(fd), std::move(stopped))
                  : make_fd_sink(std::move(fd), path, std::move(stopped));
}

}  // namespace weir::capfile
