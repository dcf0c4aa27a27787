// bench_capture [packets]: weir and the installed tcpdump take the same flood from a cable between
// two network namespaces, the sender on one processor and the reader on another, and filter the
// same file; whole processes, in turns, medians. What is live needs root.
#include <unistd.h>

#include <array>
#include <cstdio>
#include <string>
#include <vector>

#include "base/check.h"
#include "bench/command.h"
#include "bench/machine.h"
#include "bench/traffic.h"
#include "cable.h"
#include "live_bench.h"

namespace weir::bench {
namespace {

constexpr int kRounds = 5;
constexpr std::uint64_t kFilePackets = 1'000'000;

using Words = std::vector<std::string>;

const Words kWeir = {WEIR_COMMAND, "capture"};
const Words kTcpdump = {"tcpdump", "-Z", "root"};

Words joined(Words first, const Words& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

Measured medians(const std::vector<Measured>& rounds) {
  const auto of = [&](double Measured::* field) {
    std::vector<double> values;
    for (const Measured& round : rounds) values.push_back(round.*field);
    return median(values);
  };
  return {.cpu_ns = of(&Measured::cpu_ns),
          .dropped_percent = of(&Measured::dropped_percent),
          .offered = of(&Measured::offered)};
}

void print_flood_row(LiveBench& bench, const char* what, const Words& options, const Flood& flood) {
  std::vector<Measured> ours, theirs;
  const Words arguments = joined({"-i", kNearEnd}, options);
  for (int round = 0; round < kRounds; ++round) {
    ours.push_back(bench.measure(joined(kWeir, arguments), flood));
    theirs.push_back(bench.measure(joined(kTcpdump, arguments), flood));
  }
  const Measured weir = medians(ours);
  const Measured tcpdump = medians(theirs);
  std::printf("| %s | %.0f | %.1f %% | %.1f %% | %.0f | %.0f | %.2f |\n", what, weir.offered / 1000,
              weir.dropped_percent, tcpdump.dropped_percent, weir.cpu_ns, tcpdump.cpu_ns,
              weir.cpu_ns / tcpdump.cpu_ns);
  std::fflush(stdout);
}

// What it calls itself and its library.
std::string peer() {
  std::string out;
  FILE* pipe = ::popen("tcpdump --version 2>&1", "r");
  WEIR_CHECK(pipe != nullptr);
  for (std::array<char, 128> line; std::fgets(line.data(), line.size(), pipe) != nullptr;) {
    const std::string text = line.data();
    if (text.starts_with("tcpdump") || text.starts_with("libpcap"))
      out += (out.empty() ? "" : ", ") + text.substr(0, text.find('\n'));
  }
  ::pclose(pipe);
  return out;
}

void print_head(std::uint64_t packets) {
  std::printf("`./dev bench capture`, %s, %s, %s; %llu packets, %d rounds.\n\n",
              processor().c_str(), today().c_str(), peer().c_str(),
              static_cast<unsigned long long>(packets), kRounds);
}

struct LiveRow {
  const char* what;
  std::vector<std::string> options;
  std::uint64_t rate;
  bool with_zone;
};

void print_live_table(LiveBench& bench, std::uint64_t packets) {
  const LiveRow rows[] = {
      {"`-nn`, printed to /dev/null, TZ set", {"-nn"}, 400'000, true},
      {"the same, as fast as the sender can", {"-nn"}, 0, true},
      {"the same, TZ not set", {"-nn"}, 0, false},
      {"`-w` a file, as fast as the sender can", {"-w", bench.file()}, 0, true},
      {"`-w /dev/null`, as fast as the sender can", {"-w", "/dev/null"}, 0, true},
  };
  print_head(packets);
  std::printf(
      "| `-i v0` and | offered, k packets/s | weir: dropped | tcpdump: dropped | weir, CPU ns a "
      "packet | tcpdump | ratio |\n|---|---:|---:|---:|---:|---:|---:|\n");
  for (const LiveRow& row : rows) {
    set_zone(row.with_zone);
    print_flood_row(bench, row.what, row.options, {.packets = packets, .rate = row.rate});
  }
}

constexpr std::array kRingsKib = {512, 1024, 2048, 4096, 8192, 16384, 65536};

// How large the ring should be.
void print_ring_table(LiveBench& bench, std::uint64_t packets) {
  std::printf("\n");
  print_head(packets);
  std::printf("| weir's ring, `-w /dev/null` | CPU ns a packet | dropped |\n|---|---:|---:|\n");
  std::vector<std::vector<Measured>> rounds(kRingsKib.size());
  for (int round = 0; round < kRounds; ++round) {
    for (std::size_t i = 0; i < kRingsKib.size(); ++i) {
      const Words options = {"-i", kNearEnd, "-w", "/dev/null", "-B", std::to_string(kRingsKib[i])};
      rounds[i].push_back(bench.measure(joined(kWeir, options), {.packets = packets, .rate = 0}));
    }
  }
  for (std::size_t i = 0; i < kRingsKib.size(); ++i) {
    const Measured all = medians(rounds[i]);
    std::printf("| %d KiB | %.0f | %.1f %% |\n", kRingsKib[i], all.cpu_ns, all.dropped_percent);
  }
}

void print_file_row(const std::string& folder, const char* expression) {
  const Words arguments = {"-r", folder + "/in.pcap", "-w", folder + "/out.pcap", expression};
  const Duel duel = run_in_turns(kRounds, joined(kWeir, arguments), joined(kTcpdump, arguments));
  std::printf("| `-r` a file `-w` another `%s` | %.3f | %.3f | %.1f |\n", expression, duel.ours,
              duel.theirs, duel.theirs / duel.ours);
}

void print_file_table(const std::string& folder) {
  print_head(kFilePackets);
  std::printf("| | weir, CPU s | tcpdump, CPU s | times as fast |\n|---|---:|---:|---:|\n");
  WEIR_CHECK(write_traffic(folder + "/in.pcap", Traffic::kMixed, kFilePackets).has_value());
  print_file_row(folder, "tcp port 443 and host 10.0.0.1");
  print_file_row(folder, "udp port 53");
  print_file_row(folder, "tcp");
}

void print_tables(const std::string& folder, std::uint64_t packets) {
  auto cable = Cable::lay();
  if (cable) {
    LiveBench bench(std::move(*cable), folder);
    print_live_table(bench, packets);
    print_ring_table(bench, packets);
    std::printf("\n");
  } else {
    std::fprintf(stderr, "bench_capture: %s; %s for what is live\n", cable.error().message.c_str(),
                 cable.error().hint.c_str());
  }
  print_file_table(folder);
}

}  // namespace
}  // namespace weir::bench

int main(int argc, char** argv) {
  using namespace weir::bench;
  const BenchFolder folder;
  print_tables(folder.path(), packet_count(argc, argv, 500'000));
  return 0;
}
