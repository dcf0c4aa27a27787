// bench_capfile [MiB]: what reading a capture costs a packet, against a bare walk over the same
// bytes. CPU time of this process, medians; the walks take turns so that a busy machine hurts all
// alike.
#include <time.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "base/check.h"
#include "bench/machine.h"
#include "big_capture.h"
#include "walks.h"

namespace weir::bench {
namespace {

constexpr int kRounds = 15;

double cpu_seconds() {
  timespec now = {};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

struct Contender {
  const char* name;
  Walked (*walk)(const std::string&);
  std::string path;
  std::vector<double> nanoseconds = {};  // a packet, one each round

  double median() {
    std::ranges::sort(nanoseconds);
    return nanoseconds[nanoseconds.size() / 2];
  }
};

void measure(Contender& contender, std::uint64_t packets) {
  const double start = cpu_seconds();
  const Walked walked = contender.walk(contender.path);
  const double spent = cpu_seconds() - start;
  WEIR_CHECK(walked.packets == packets);
  contender.nanoseconds.push_back(spent * 1e9 / static_cast<double>(packets));
}

void print_table(std::vector<Contender>& contenders, const BigCapture& capture) {
  std::printf("`./dev bench capfile`, %s, %s, %s; %llu packets, %llu MB of pcap, %d rounds.\n\n",
              processor().c_str(), today().c_str(), libpcap_version(),
              static_cast<unsigned long long>(capture.packets),
              static_cast<unsigned long long>(capture.bytes / 1'000'000), kRounds);
  std::printf("| walk | ns a packet | to the bare walk |\n|---|---:|---:|\n");
  double bare = 0;  // of the format: it stands before the others
  for (Contender& contender : contenders) {
    if (contender.walk == walk_bare_pcap || contender.walk == walk_bare_pcapng) {
      bare = contender.median();
    }
    std::printf("| %s | %.1f | %.2f |\n", contender.name, contender.median(),
                contender.median() / bare);
  }
}

Result<> run(const std::string& folder, std::uint64_t mebibytes) {
  const auto pcap = make_big_pcap(folder, mebibytes << 20);
  if (!pcap) return std::unexpected(pcap.error());
  const auto pcapng = convert(*pcap, ".pcapng");
  if (!pcapng) return std::unexpected(pcapng.error());
  std::vector<Contender> contenders = {
      {"pcap: read(2) and record lengths only", walk_bare_pcap, pcap->path},
      {"pcap: weir", walk_reader, pcap->path},
      {"pcap: weir, every packet written", walk_copy_all, pcap->path},
      {"pcap: weir, every other packet written", walk_copy_half, pcap->path},
      {"pcap: libpcap", walk_libpcap, pcap->path},
      {"pcapng: read(2) and block lengths only", walk_bare_pcapng, pcapng->path},
      {"pcapng: weir", walk_reader, pcapng->path},
      {"pcapng: weir, every packet written", walk_copy_all, pcapng->path},
      {"pcapng: libpcap", walk_libpcap, pcapng->path},
  };
  for (int round = 0; round < kRounds; ++round) {
    for (Contender& contender : contenders) measure(contender, pcap->packets);
  }
  print_table(contenders, *pcap);
  return {};
}

}  // namespace
}  // namespace weir::bench

int main(int argc, char** argv) {
  const std::uint64_t mebibytes = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 256;
  std::string pattern = (std::filesystem::temp_directory_path() / "weir-bench-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) return 1;
  const auto done = weir::bench::run(pattern, mebibytes);
  std::filesystem::remove_all(pattern);
  if (!done) std::fprintf(stderr, "error: %s\n", done.error().message.c_str());
  return done ? 0 : 1;
}
