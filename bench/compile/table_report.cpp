// The filters of the table: instructions and compile times, weir and libpcap side by side.
#include <fmt/format.h>

#include <algorithm>

#include "bench/compile/markdown.h"
#include "bench/compile/reports.h"
#include "bench/compile/timing.h"
#include "bench/filter_table.h"
#include "diff/filter/weir_contender.h"
#include "diff/libpcap_oracle.h"

namespace weir::bench {
namespace {

using difftest::Compiled;
using difftest::PeerMode;
using difftest::Query;
using difftest::WeirMode;

struct Sizes {
  std::string installed = "-";  // of the libpcap on this machine
  std::size_t optimised = 0;
  std::size_t unoptimised = 0;
};

std::size_t size_of(const Compiled& compiled) { return compiled.code ? compiled.code->size() : 0; }

Sizes measure_sizes(const Query& query) {
  Sizes sizes;
  const Compiled peer = libpcap_compile(query, PeerMode::kOptimised);
  const Compiled peer_plain = libpcap_compile(query, PeerMode::kUnoptimised);
  if (peer.code) sizes.installed = fmt::format("{} / {}", size_of(peer), size_of(peer_plain));
  sizes.optimised = size_of(weir_compile(query, WeirMode::kOptimised));
  sizes.unoptimised = size_of(weir_compile(query, WeirMode::kUnoptimised));
  return sizes;
}

PairedTimes measure_times(const Query& query) {
  return time_pair([&] { difftest::libpcap_compiles(query, PeerMode::kOptimised); },
                   [&] { weir_compile(query, WeirMode::kOptimised); });
}

bool is_common(std::string_view expression) {
  return std::ranges::find(kCommonFilters, expression) != kCommonFilters.end();
}

class TableReport {
 public:
  void add(const TableRow& row) {
    const Query query{.expression = std::string(row.expression)};
    const Sizes sizes = measure_sizes(query);
    const PairedTimes times = measure_times(query);
    const bool peer_knows = sizes.installed != "-";
    newest_ += static_cast<std::size_t>(row.libpcap_optimised);
    ours_ += sizes.optimised;
    longer_ += sizes.optimised > static_cast<std::size_t>(row.libpcap_optimised);
    if (peer_knows && is_common(row.expression)) count_common(times);
    table_.add({code_cell(row.expression),
                fmt::format("{} / {}", row.libpcap_optimised, row.libpcap_unoptimised),
                sizes.installed, fmt::format("{} / {}", sizes.optimised, sizes.unoptimised),
                peer_knows ? fmt::format("{:.1f}", times.first_us) : "-",
                fmt::format("{:.1f}", times.second_us)});
  }

  std::string text() const {
    return table_.text() +
           fmt::format(
               "\nInstructions in sum: libpcap newest {}, weir {} ({:.1f} % fewer; goal: 15 %); "
               "weir is "
               "longer on {} filters (goal: 0).\n"
               "Compile time of the {} common filters in sum: libpcap {:.1f} us, weir {:.1f} us; "
               "weir is "
               "slower on {} of them (goal: 0).\n",
               newest_, ours_,
               100.0 * (1.0 - static_cast<double>(ours_) / static_cast<double>(newest_)), longer_,
               common_, peer_us_, our_us_, slower_);
  }

 private:
  void count_common(const PairedTimes& times) {
    ++common_;
    peer_us_ += times.first_us;
    our_us_ += times.second_us;
    slower_ += times.second_us > times.first_us;
  }

  MarkdownTable table_{{"filter", "libpcap newest, insns opt / not", "libpcap installed", "weir",
                        "libpcap installed, us", "weir, us"}};
  std::size_t newest_ = 0;
  std::size_t ours_ = 0;
  int longer_ = 0;
  int common_ = 0;
  int slower_ = 0;
  double peer_us_ = 0;
  double our_us_ = 0;
};

}  // namespace

std::string report_table() {
  TableReport report;
  for (const TableRow& row : kFilterTable) report.add(row);
  return report.text();
}

}  // namespace weir::bench
