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
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <system_error>
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

// CPU seconds of two commands that run in turns, medians of `rounds`.
struct Duel {
  double ours;
  double theirs;
  long peak_kib;  // of ours, at the most
};
inline Duel run_in_turns(int rounds, const std::vector<std::string>& our_words,
                         const std::vector<std::string>& their_words) {
  std::vector<double> ours, theirs;
  long peak_kib = 0;
  for (int round = 0; round < rounds; ++round) {
    const Spent spent = run(our_words);
    peak_kib = std::max(peak_kib, spent.peak_kib);
    ours.push_back(spent.cpu_seconds);
    theirs.push_back(run(their_words).cpu_seconds);
  }
  return {.ours = median(ours), .theirs = median(theirs), .peak_kib = peak_kib};
}

// Asked for a line's time without it, tcpdump looks for the time zone's file.
inline void set_zone(bool known) {
  if (known) {
    ::setenv("TZ", "UTC", 1);
  } else {
    ::unsetenv("TZ");
  }
}

// A folder of its own, which goes when the benchmark has ended.
class BenchFolder {
 public:
  BenchFolder() : path_(std::filesystem::temp_directory_path() / "weir-bench-XXXXXX") {
    WEIR_CHECK(::mkdtemp(path_.data()) != nullptr);
  }
  ~BenchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  BenchFolder(const BenchFolder&) = delete;
  BenchFolder& operator=(const BenchFolder&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// What the command line says, or the default.
inline std::uint64_t packet_count(int argc, char** argv, std::uint64_t usual) {
  return argc > 1 ? std::strtoull(argv[1], nullptr, 10) : usual;
}

}  // namespace weir::bench
