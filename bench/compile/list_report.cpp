// Long lists: libpcap compiles them into a chain in more than quadratic time, so it gets smaller
// lists and a time limit.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "bench/compile/markdown.h"
#include "bench/compile/reports.h"
#include "bench/compile/timing.h"
#include "diff/filter/checked_bpf.h"
#include "diff/filter/weir_contender.h"
#include "diff/libpcap_oracle.h"

namespace weir::bench {
namespace {

using namespace difftest;

constexpr double kLimitMicroseconds = 2e6;  // libpcap gets no longer list once one took this long
constexpr double kGoalMilliseconds = 20;
constexpr auto kLengths = std::to_array<std::uint32_t>({10, 100, 1000});
constexpr std::size_t kPackets = 2000;

// Spreads the elements over their space (Knuth's multiplicative hash).
std::uint32_t spread(std::uint32_t index) { return index * 2654435761u; }

std::string host(std::uint32_t index) {
  const std::uint32_t bits = spread(index);
  return fmt::format("host 10.{}.{}.{}", bits >> 24, bits >> 16 & 255, bits >> 8 & 255);
}

std::string port(std::uint32_t index) { return fmt::format("port {}", 1 + index * 61 % 65535); }

std::string net(std::uint32_t index) {
  const std::uint32_t bits = spread(index);
  return fmt::format("net 10.{}.{}.0/24", bits >> 24, bits >> 16 & 255);
}

struct List {
  std::string_view name;
  std::string (*element)(std::uint32_t index);
};
constexpr auto kLists = std::to_array<List>({{"hosts", host}, {"ports", port}, {"/24 nets", net}});

Query query_for(const List& list, std::uint32_t length) {
  Query query;
  for (std::uint32_t i = 0; i < length; ++i) {
    query.expression += (i == 0 ? "" : " or ") + list.element(i);
  }
  return query;
}

std::uint64_t most_executed(const ClassicProgram& code, const std::vector<SamplePacket>& packets) {
  std::uint64_t most = 0;
  for (const SamplePacket& packet : packets) {
    most = std::max(most, run_checked(code, packet.bytes, packet.wire_length).executed);
  }
  return most;
}

struct Measured {
  double milliseconds = 0;
  std::size_t size = 0;
  std::uint64_t executed = 0;
};

Measured measure(const Compiled& compiled, double microseconds,
                 const std::vector<SamplePacket>& packets) {
  if (!compiled.code) return {.milliseconds = microseconds / 1e3};
  return {.milliseconds = microseconds / 1e3,
          .size = compiled.code->size(),
          .executed = most_executed(*compiled.code, packets)};
}

Measured measure_weir(const Query& query, const std::vector<SamplePacket>& packets) {
  Compiled compiled;
  const double time = time_once([&] { compiled = weir_compile(query, WeirMode::kOptimised); }, 5);
  return measure(compiled, time, packets);
}

Measured measure_libpcap(const Query& query, const std::vector<SamplePacket>& packets) {
  Compiled compiled;
  const double time =
      time_once([&] { compiled = libpcap_compile(query, PeerMode::kOptimised); }, 1);
  return measure(compiled, time, packets);
}

std::string cell(const std::optional<Measured>& measured) {
  if (!measured) return "not run";
  return fmt::format("{:.2f} ms, {} insns, at most {} run", measured->milliseconds, measured->size,
                     measured->executed);
}

}  // namespace

std::string report_lists() {
  Choices choices(1);
  const auto packets = generate_packets(LinkType::kEn10mb, kPackets, choices);
  MarkdownTable table({"list", "libpcap installed", "weir"});
  std::string goals;
  for (const List& list : kLists) {
    bool within_limit = true;
    for (const std::uint32_t length : kLengths) {
      const Query query = query_for(list, length);
      std::optional<Measured> peer;
      if (within_limit) peer = measure_libpcap(query, packets);
      // The next list is ten times as long, and time grows with more than the square.
      within_limit = peer && peer->milliseconds * 1e3 * 100 < kLimitMicroseconds;
      const Measured ours = measure_weir(query, packets);
      table.add({fmt::format("{} {}", length, list.name), cell(peer), cell(ours)});
      if (length == kLengths.back()) {
        goals += fmt::format("{} {}: {:.1f} ms (goal: below {} ms).\n", length, list.name,
                             ours.milliseconds, kGoalMilliseconds);
      }
    }
  }
  return table.text() + "\n" + goals;
}

}  // namespace weir::bench
