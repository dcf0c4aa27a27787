// bench_kernel [runs]: what a program of an expression costs per packet in the kernel, beside a
// program in C for the same filter. Needs the right to load programs, clang-19 and llvm-objcopy-19.
#include <fmt/format.h>
#include <sched.h>

#include <cstdio>
#include <string>
#include <utility>
#include <vector>

#include "base/check.h"
#include "bench/command.h"
#include "bench/kernel/packets.h"
#include "bench/kernel/rival.h"
#include "bench/kernel/timed_run.h"
#include "bench/machine.h"
#include "diff/filter/weir_contender.h"

namespace weir::bench {
namespace {

using difftest::ProgramKind;

constexpr int kRounds = 5;

Fd load(ProgramKind kind, const isa::ExtendedProgram& code) {
  difftest::LoadedProgram loaded = difftest::load_program(kind, code, false);
  WEIR_CHECK(loaded.error == 0);
  return std::move(loaded.fd);
}

Fd load_empty(ProgramKind kind) {
  return load(kind, {isa::alu64(isa::AluOp::kMov, isa::kR0, 0), isa::exit_program()});
}

Fd load_ours(ProgramKind kind, const Rival& rival) {
  const auto compiled = difftest::weir_compile_extended(
      {.expression = rival.expression},
      kind == ProgramKind::kTc ? filter::PacketContext::kTc : filter::PacketContext::kXdp);
  WEIR_CHECK(compiled.code.has_value());
  return load(kind, *compiled.code);
}

// Nanoseconds a packet, the mean over the mix of each packet's median.
struct Costs {
  double empty = 0;
  double ours = 0;
  double theirs = 0;
};

struct Trio {
  Fd empty, ours, theirs;
};

// Of each round its own, for where the kernel happens to place a program's code changes its time.
std::vector<Trio> load_all(ProgramKind kind, const Rival& rival, const std::string& folder) {
  const isa::ExtendedProgram theirs = compile_rival(rival, kind, folder);
  std::vector<Trio> out;
  for (int round = 0; round < kRounds; ++round) {
    out.push_back(
        {.empty = load_empty(kind), .ours = load_ours(kind, rival), .theirs = load(kind, theirs)});
  }
  return out;
}

TimedRun must_run(const Fd& program, const MixedPacket& packet, std::uint32_t times) {
  const auto timed = timed_run(program, packet.frame, times);
  WEIR_CHECK(timed.has_value());
  return *timed;
}

Costs costs_of(const std::vector<Trio>& rounds, const MixedPacket& packet, std::uint32_t times) {
  std::vector<double> empty, ours, theirs;
  for (const Trio& programs : rounds) {
    empty.push_back(must_run(programs.empty, packet, times).nanoseconds);
    const TimedRun our_run = must_run(programs.ours, packet, times);
    const TimedRun their_run = must_run(programs.theirs, packet, times);
    WEIR_CHECK(our_run.verdict == their_run.verdict);
    ours.push_back(our_run.nanoseconds);
    theirs.push_back(their_run.nanoseconds);
  }
  return {.empty = median(empty), .ours = median(ours), .theirs = median(theirs)};
}

Costs costs_of(const std::vector<Trio>& rounds, const std::vector<MixedPacket>& mix,
               std::uint32_t times) {
  Costs sum;
  for (const MixedPacket& packet : mix) {
    const Costs one = costs_of(rounds, packet, times);
    sum.empty += one.empty;
    sum.ours += one.ours;
    sum.theirs += one.theirs;
  }
  const auto count = static_cast<double>(mix.size());
  return {.empty = sum.empty / count, .ours = sum.ours / count, .theirs = sum.theirs / count};
}

// How much of the C program's time ours takes, without what a program costs that does nothing.
std::string net_ratio(const Costs& costs) {
  constexpr double kSomething = 0.5;
  const double theirs = costs.theirs - costs.empty;
  if (theirs < kSomething) return "-";
  return fmt::format("{:.2f}", (costs.ours - costs.empty) / theirs);
}

void print_table(const char* hook, ProgramKind kind, const std::string& folder,
                 std::uint32_t times) {
  const std::vector<MixedPacket> mix = packet_mix();
  fmt::print("`./dev bench kernel`, {}, {}; {} packets, each {} times, {} rounds.\n\n", processor(),
             today(), mix.size(), times, kRounds);
  fmt::print(
      "| {}, ns a packet | empty program | weir | C | ratio | without the empty program's |\n",
      hook);
  fmt::print("|---|---:|---:|---:|---:|---:|\n");
  for (const Rival& rival : rivals()) {
    const Costs costs = costs_of(load_all(kind, rival, folder), mix, times);
    fmt::print("| {} | {:.1f} | {:.1f} | {:.1f} | {:.2f} | {} |\n", rival.shown, costs.empty,
               costs.ours, costs.theirs, costs.ours / costs.theirs, net_ratio(costs));
    std::fflush(stdout);
  }
}

void stay_on_this_processor() {
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(static_cast<std::size_t>(::sched_getcpu()), &set);
  ::sched_setaffinity(0, sizeof set, &set);
}

}  // namespace
}  // namespace weir::bench

int main(int argc, char** argv) {
  using namespace weir::bench;
  using weir::difftest::ProgramKind;
  if (const std::string reason = weir::difftest::no_bpf_reason(); !reason.empty()) {
    fmt::print(stderr, "bench_kernel: {}\n", reason);
    return 1;
  }
  stay_on_this_processor();
  const BenchFolder folder;
  const auto times = static_cast<std::uint32_t>(packet_count(argc, argv, 1'000'000));
  print_table("XDP", ProgramKind::kXdp, folder.path(), times);
  fmt::print("\n");
  print_table("tc", ProgramKind::kTc, folder.path(), times);
  return 0;
}
