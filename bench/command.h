// A command as a process, and what it cost: of the benchmarks that run weir and its peer as a user
// does.
#pragma once

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/check.h"

namespace weir::bench {

struct Spent {
  double cpu_seconds;  // user's and system's
  long peak_kib;
};

// Runs from here until end(), with its output thrown away. It goes with the benchmark, whatever
// happens to that.
class Command {
 public:
  // Its messages go to the file `messages`.
  explicit Command(std::vector<std::string> words, const std::string& messages = "/dev/null")
      : id_(::fork()) {
    WEIR_CHECK(id_ >= 0);
    if (id_ == 0) become(std::move(words), messages);
  }
  ~Command() {
    if (id_ == 0) return;
    ::kill(id_, SIGKILL);
    ::waitpid(id_, nullptr, 0);
  }
  Command(const Command&) = delete;
  Command& operator=(const Command&) = delete;

  pid_t id() const { return id_; }

  // Waits until it has ended, which must be well.
  Spent end() {
    int status = 0;
    rusage usage = {};
    WEIR_CHECK(::wait4(std::exchange(id_, 0), &status, 0, &usage) > 0 && status == 0);
    return {.cpu_seconds = seconds(usage.ru_utime) + seconds(usage.ru_stime),
            .peak_kib = usage.ru_maxrss};
  }

 private:
  [[noreturn]] static void become(std::vector<std::string> words, const std::string& messages) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    ::dup2(::open("/dev/null", O_WRONLY | O_CLOEXEC), STDOUT_FILENO);
    ::dup2(::open(messages.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600), STDERR_FILENO);
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    ::execvp(arguments[0], arguments.data());
    ::_exit(127);
  }

  static double seconds(const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
  }

  pid_t id_;
};

inline Spent run(std::vector<std::string> words) { return Command(std::move(words)).end(); }

inline double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

}  // namespace weir::bench
