// ./dev bench compile: the filter compiler beside libpcap. Prints what docs/benchmarks.md holds.
#include <fmt/format.h>

#include <iostream>

#include "bench/compile/reports.h"
#include "bench/compile/timing.h"
#include "bench/machine.h"
#include "diff/libpcap_oracle.h"

int main() {
  using namespace weir;
  bench::pin_to_one_cpu();
  std::cout << fmt::format("`./dev bench compile`, {}, {}, {}.\n\n", bench::processor(),
                           bench::today(), difftest::libpcap_version());
  std::cout << "### Instructions and compile time\n\n" << bench::report_table() << std::endl;
  std::cout << "### Instructions executed for a packet\n\n"
            << bench::report_executed() << std::endl;
  std::cout << "### Lists\n\n" << bench::report_lists();
}
