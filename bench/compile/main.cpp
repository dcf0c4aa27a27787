// ./dev bench compile: the filter compiler beside libpcap. Prints what docs/benchmarks.md holds.
#include <fmt/format.h>

#include <array>
#include <chrono>
#include <ctime>
#include <fstream>
#include <iostream>
#include <string>

#include "bench/compile/reports.h"
#include "bench/compile/timing.h"
#include "diff/libpcap_oracle.h"

namespace {

std::string processor() {
  std::ifstream file("/proc/cpuinfo");
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("model name")) return line.substr(line.find(':') + 2);
  }
  return "unknown processor";
}

std::string today() {
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::array<char, 16> text;
  std::strftime(text.data(), text.size(), "%Y-%m-%d", std::gmtime(&now));
  return text.data();
}

}  // namespace

int main() {
  using namespace weir;
  bench::pin_to_one_cpu();
  std::cout << fmt::format("`./dev bench compile`, {}, {}, {}.\n\n", processor(), today(),
                           difftest::libpcap_version());
  std::cout << "### Instructions and compile time\n\n" << bench::report_table() << std::endl;
  std::cout << "### Instructions executed for a packet\n\n"
            << bench::report_executed() << std::endl;
  std::cout << "### Lists\n\n" << bench::report_lists();
}
