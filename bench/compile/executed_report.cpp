// How many instructions run for a packet of a real capture, optimised code of both.
#include <fmt/format.h>

#include "bench/compile/markdown.h"
#include "bench/compile/reports.h"
#include "bench/filter_table.h"
#include "diff/filter/checked_bpf.h"
#include "diff/filter/packet_files.h"
#include "diff/filter/weir_contender.h"
#include "diff/libpcap_oracle.h"

namespace weir::bench {
namespace {

using namespace difftest;

constexpr std::size_t kPerCapture = 1000;

double executed_per_packet(const ClassicProgram& code, const std::vector<SamplePacket>& packets) {
  std::uint64_t executed = 0;
  for (const SamplePacket& packet : packets) {
    executed += run_checked(code, packet.bytes, packet.wire_length).executed;
  }
  return static_cast<double>(executed) / static_cast<double>(packets.size());
}

}  // namespace

std::string report_executed() {
  const auto packets = of_link_type(read_all_captures(kPerCapture), LinkType::kEn10mb);
  if (packets.empty()) return "No captures, so nothing was executed.\n";
  MarkdownTable table({"filter", "libpcap installed", "weir"});
  double theirs = 0;
  double ours = 0;
  for (const TableRow& row : kFilterTable) {
    const Query query{.expression = std::string(row.expression)};
    const Compiled peer = libpcap_compile(query, PeerMode::kOptimised);
    const Compiled compiled = weir_compile(query, WeirMode::kOptimised);
    if (!peer.code || !compiled.code) continue;
    const double peer_executed = executed_per_packet(*peer.code, packets);
    const double executed = executed_per_packet(*compiled.code, packets);
    theirs += peer_executed;
    ours += executed;
    table.add({code_cell(row.expression), fmt::format("{:.2f}", peer_executed),
               fmt::format("{:.2f}", executed)});
  }
  return fmt::format(
      "{} Ethernet packets of the captures.\n\n{}\nIn sum: libpcap {:.1f}, weir {:.1f} "
      "({:.1f} % fewer; goal: 20 %).\n",
      packets.size(), table.text(), theirs, ours, 100.0 * (1.0 - ours / theirs));
}

}  // namespace weir::bench
