#include "live_bench.h"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string_view>

#include "base/check.h"
#include "bench/command.h"

namespace weir::bench {
namespace {

constexpr unsigned kSendersProcessor = 0;
constexpr unsigned kReadersProcessor = 1;
constexpr std::chrono::seconds kPatience(20);

template <typename Condition>
void wait_for(Condition condition) {
  const auto end = std::chrono::steady_clock::now() + kPatience;
  while (!condition()) {
    WEIR_CHECK(std::chrono::steady_clock::now() < end);
    ::usleep(1000);
  }
}

std::string text_of(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

// User's and system's time of a process that runs, in ticks; proc_pid_stat(5).
std::uint64_t ticks_of(pid_t id) {
  const std::string text = text_of("/proc/" + std::to_string(id) + "/stat");
  std::istringstream fields(text.substr(text.rfind(')') + 1));
  const std::vector<std::string> words{std::istream_iterator<std::string>(fields), {}};
  WEIR_CHECK(words.size() > 12);
  return std::stoull(words[11]) + std::stoull(words[12]);
}

// tcpdump leaves what is in its ring when it is stopped: it may take all of it before.
void wait_until_idle(pid_t id) {
  constexpr int kLongEnough = 300;  // looks, a millisecond apart: three of libpcap's time-outs
  std::uint64_t before = ticks_of(id);
  int same = 0;
  wait_for([&] {
    const std::uint64_t now = ticks_of(id);
    same = now == before ? same + 1 : 0;
    before = now;
    return same == kLongEnough;
  });
}

// Of the summary, which both write in the same words.
double count_before(const std::string& text, std::string_view what) {
  const std::size_t end = text.find(what);
  WEIR_CHECK(end != std::string::npos);
  const std::size_t line = text.rfind('\n', end);
  return std::stod(text.substr(line == std::string::npos ? 0 : line + 1));
}

}  // namespace

Measured LiveBench::measure(const std::vector<std::string>& command, const Flood& flood) {
  const std::string messages = folder_ + "/messages";
  std::filesystem::remove(messages);
  run_on(kReadersProcessor);
  Command capture(command, messages);
  run_on(kSendersProcessor);
  wait_for([&] { return text_of(messages).contains("listening on"); });
  const double seconds = cable_.flood(flood.packets, flood.rate);
  wait_until_idle(capture.id());
  ::kill(capture.id(), SIGINT);
  const Spent spent = capture.end();
  const std::string summary = text_of(messages);
  return {.cpu_ns = spent.cpu_seconds * 1e9 / count_before(summary, " packets captured"),
          .dropped_percent = 100 * count_before(summary, " packets dropped by kernel") /
                             count_before(summary, " packets received by filter"),
          .offered = static_cast<double>(flood.packets) / seconds};
}

}  // namespace weir::bench
