// bench_print [packets]: lines that weir and the installed tcpdump print in a second of CPU time,
// both as whole processes, in turns, medians. tcpdump asks for the time zone's file with each line
// unless TZ is set, so both ways are measured.
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

#include "base/check.h"
#include "bench/command.h"
#include "bench/machine.h"
#include "bench/traffic.h"

namespace weir::bench {
namespace {

constexpr int kRounds = 5;

void print_row(const char* what, const std::string& path, std::uint64_t packets) {
  const Duel duel = run_in_turns(kRounds, {WEIR_COMMAND, "capture", "-n", "-r", path},
                                 {"tcpdump", "-nn", "-r", path});
  const double weir = static_cast<double>(packets) / duel.ours;
  const double tcpdump = static_cast<double>(packets) / duel.theirs;
  std::printf("| %s | %.0f | %.0f | %.1f | %ld |\n", what, weir / 1000, tcpdump / 1000,
              weir / tcpdump, duel.peak_kib / 1024);
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
    set_zone(row.with_zone);
    print_row(row.what, path, count);
  }
}

}  // namespace
}  // namespace weir::bench

int main(int argc, char** argv) {
  using namespace weir::bench;
  const BenchFolder folder;
  print_table(folder.path(), packet_count(argc, argv, 400'000));
  return 0;
}
