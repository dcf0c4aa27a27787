// bench_print [packets]: lines that weir and the installed tcpdump print in a second of CPU time,
// both as whole processes, in turns, medians. tcpdump asks for the time zone's file with each line
// unless TZ is set, so both ways are measured.
#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "base/check.h"
#include "bench/machine.h"
#include "traffic.h"

namespace weir::bench {
namespace {

constexpr int kRounds = 5;

double seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
}

struct Spent {
  double cpu_seconds;
  long peak_kib;
};

// Runs a command with its output thrown away.
Spent run(std::vector<std::string> command) {
  std::vector<char*> arguments;
  for (std::string& word : command) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  pid_t child = 0;
  WEIR_CHECK(posix_spawnp(&child, arguments[0], &actions, nullptr, arguments.data(), environ) == 0);
  posix_spawn_file_actions_destroy(&actions);
  int status = 0;
  rusage usage = {};
  WEIR_CHECK(wait4(child, &status, 0, &usage) == child && status == 0);
  return {.cpu_seconds = seconds(usage.ru_utime) + seconds(usage.ru_stime),
          .peak_kib = usage.ru_maxrss};
}

double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

void print_row(const char* what, const std::string& path, std::uint64_t packets) {
  std::vector<double> ours, theirs;
  long peak_kib = 0;
  for (int round = 0; round < kRounds; ++round) {
    const Spent spent = run({WEIR_COMMAND, "capture", "-n", "-r", path});
    peak_kib = std::max(peak_kib, spent.peak_kib);
    ours.push_back(spent.cpu_seconds);
    theirs.push_back(run({"tcpdump", "-nn", "-r", path}).cpu_seconds);
  }
  const double weir = static_cast<double>(packets) / median(ours);
  const double tcpdump = static_cast<double>(packets) / median(theirs);
  std::printf("| %s | %.0f | %.0f | %.1f | %ld |\n", what, weir / 1000, tcpdump / 1000,
              weir / tcpdump, peak_kib / 1024);
}

struct Row {
  const char* what;
  Traffic kind;
  std::uint64_t factor;  // of the number of packets
  bool with_zone;
};

constexpr Row kRows[] = {
    {"mixed, TZ set", Traffic::kMixed, 1, true},
    {"mixed, TZ not set", Traffic::kMixed, 1, false},
    {"10,000 x 10,000 hosts, TZ set", Traffic::kManyHosts, 1, true},
    {"a new flow a packet, TZ set", Traffic::kManyFlows, 2, true},
};

void print_table(const std::string& folder, std::uint64_t packets) {
  std::printf(
      "`./dev bench print`, %s, %s; %llu packets, the last row twice as many, %d rounds.\n\n",
      processor().c_str(), today().c_str(), static_cast<unsigned long long>(packets), kRounds);
  std::printf("| traffic | weir, k lines/s | tcpdump -nn | ratio | weir's memory, MiB |\n");
  std::printf("|---|---:|---:|---:|---:|\n");
  const std::string path = folder + "/traffic.pcap";
  for (const Row& row : kRows) {
    const std::uint64_t count = packets * row.factor;
    WEIR_CHECK(write_traffic(path, row.kind, count).has_value());
    if (row.with_zone) {
      setenv("TZ", "UTC", 1);
    } else {
      unsetenv("TZ");
    }
    print_row(row.what, path, count);
  }
}

}  // namespace
}  // namespace weir::bench

int main(int argc, char** argv) {
  const std::uint64_t packets = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 400'000;
  std::string folder = std::filesystem::temp_directory_path() / "weir-bench-XXXXXX";
  WEIR_CHECK(mkdtemp(folder.data()) != nullptr);
  weir::bench::print_table(folder, packets);
  std::filesystem::remove_all(folder);
  return 0;
}
