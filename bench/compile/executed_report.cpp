// How many instructions run for a packet of a real capture, optimised code of both.
#include <fmt/format.h>

#include <map>
#include <string>

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
constexpr std::size_t kLargeCapture = 100;  // packets

struct Pair {
  std::string expression;
  ClassicProgram theirs;
  ClassicProgram ours;
};

// Instructions for a packet, in sum over the filters.
struct Sums {
  double theirs = 0;
  double ours = 0;

  double saved_percent() const { return 100.0 * (1.0 - ours / theirs); }
};

std::vector<Pair> compile_table() {
  std::vector<Pair> pairs;
  for (const TableRow& row : kFilterTable) {
    const Query query{.expression = std::string(row.expression)};
    Compiled peer = libpcap_compile(query, PeerMode::kOptimised);
    Compiled compiled = weir_compile(query, WeirMode::kOptimised);
    if (!peer.code || !compiled.code) continue;
    pairs.push_back({query.expression, *std::move(peer.code), *std::move(compiled.code)});
  }
  return pairs;
}

double executed_per_packet(const ClassicProgram& code, const std::vector<SamplePacket>& packets) {
  std::uint64_t executed = 0;
  for (const SamplePacket& packet : packets) {
    executed += run_checked(code, packet.bytes, packet.wire_length).executed;
  }
  return static_cast<double>(executed) / static_cast<double>(packets.size());
}

Sums executed(const Pair& pair, const std::vector<SamplePacket>& packets) {
  return {executed_per_packet(pair.theirs, packets), executed_per_packet(pair.ours, packets)};
}

Sums executed(const std::vector<Pair>& pairs, const std::vector<SamplePacket>& packets) {
  Sums sums;
  for (const Pair& pair : pairs) {
    const Sums one = executed(pair, packets);
    sums.theirs += one.theirs;
    sums.ours += one.ours;
  }
  return sums;
}

std::string by_filter(const std::vector<Pair>& pairs, const std::vector<SamplePacket>& packets) {
  MarkdownTable table({"filter", "libpcap installed", "weir"});
  for (const Pair& pair : pairs) {
    const Sums one = executed(pair, packets);
    table.add({code_cell(pair.expression), fmt::format("{:.2f}", one.theirs),
               fmt::format("{:.2f}", one.ours)});
  }
  return table.text();
}

std::string by_capture(const std::vector<Pair>& pairs, const std::vector<RealPacket>& packets) {
  std::map<std::string, std::vector<SamplePacket>> captures;
  for (const RealPacket& packet : packets) {
    if (packet.link_type == LinkType::kEn10mb) captures[packet.capture].push_back(packet.sample);
  }
  MarkdownTable table({"capture", "packets", "all filters, libpcap installed", "weir", "% fewer"});
  for (const auto& [name, samples] : captures) {
    if (samples.size() < kLargeCapture) continue;
    const Sums sums = executed(pairs, samples);
    table.add({name, std::to_string(samples.size()), fmt::format("{:.1f}", sums.theirs),
               fmt::format("{:.1f}", sums.ours), fmt::format("{:.1f}", sums.saved_percent())});
  }
  return table.text();
}

}  // namespace

std::string report_executed() {
  const std::vector<RealPacket> all = read_all_captures(kPerCapture);
  const std::vector<SamplePacket> packets = of_link_type(all, LinkType::kEn10mb);
  if (packets.empty()) return "No captures, so nothing was executed.\n";
  const std::vector<Pair> pairs = compile_table();
  const Sums sums = executed(pairs, packets);
  return fmt::format(
      "{} Ethernet packets of the captures.\n\n{}\nIn sum: libpcap {:.1f}, weir {:.1f} "
      "({:.1f} % fewer; goal: 20 %).\n\nCapture by capture, those of {} packets or more:\n\n{}",
      packets.size(), by_filter(pairs, packets), sums.theirs, sums.ours, sums.saved_percent(),
      kLargeCapture, by_capture(pairs, all));
}

}  // namespace weir::bench
