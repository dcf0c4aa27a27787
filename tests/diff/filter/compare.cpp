// The comparison itself; how a difference is made small is in shrink.h, how it prints in
// describe.cpp.
#include "diff/filter/compare.h"

#include <algorithm>
#include <array>
#include <utility>

#include "diff/filter/checked_bpf.h"
#include "diff/libpcap_oracle.h"

namespace weir::difftest {
namespace {

// What the reference and a contender say of one packet.
struct Verdicts {
  Expected expected;
  std::uint32_t actual = 0;

  bool differ() const { return expected.verdict && !expected.allows(actual); }
};

std::optional<Verdicts> verdicts(const Contender& contender, const Interpreter& interpreter,
                                 const Case& tried) {
  const Compiled reference = reference_compile(tried.query);
  const Compiled other = contender.compile(tried.query);
  if (!reference.code || !other.code) return std::nullopt;
  const SamplePacket& packet = tried.packet;
  return Verdicts{Reference(*reference.code).expect(packet),
                  interpreter.run(*other.code, packet.bytes, packet.wire_length)};
}

}  // namespace

void Comparison::count(const Expected& expected) {
  tally_.unset_reads += expected.read_unset;
  tally_.endless_runs += expected.endless;
  if (!expected.verdict) return;
  ++tally_.pairs;
  tally_.matches += *expected.verdict != 0;
  tally_.dead_loads += *expected.verdict != expected.without_dead_loads;
}

bool Comparison::compare(const Query& query, std::span<const SamplePacket> packets) {
  const Compiled compiled = reference_compile(query);
  if (!compiled.code) {
    ++tally_.refused_by_reference;
    return false;
  }
  ++tally_.expressions;
  const Reference reference(*compiled.code);
  std::vector<Expected> expected;
  expected.reserve(packets.size());
  for (const SamplePacket& packet : packets) {
    expected.push_back(reference.expect(packet));
    count(expected.back());
  }
  if (!std::ranges::all_of(expected, [](const Expected& e) { return e.verdict.has_value(); })) {
    tally_.undefined_expressions.push_back(query.expression);
  }
  for (const Contender& contender : contenders_) {
    const Compiled code = contender.compile(query);
    tally_.refused_by_contender += !code.code;
    if (code.code) compare_code(contender, query, *code.code, packets, expected);
  }
  return true;
}

void Comparison::compare_code(const Contender& contender, const Query& query,
                              const ClassicProgram& code, std::span<const SamplePacket> packets,
                              std::span<const Expected> expected) {
  for (std::size_t i = 0; i < packets.size(); ++i) {
    if (!expected[i].verdict) continue;
    for (const Interpreter& interpreter : contender.interpreters) {
      const std::uint32_t actual = interpreter.run(code, packets[i].bytes, packets[i].wire_length);
      if (!expected[i].allows(actual)) {
        return report(contender, interpreter, {.query = query, .packet = packets[i]});
      }
    }
  }
}

void Comparison::report(const Contender& contender, const Interpreter& interpreter, Case found) {
  if (enough()) return;
  found = shrink(std::move(found), [&](const Case& smaller) {
    const auto both = verdicts(contender, interpreter, smaller);
    return both && both->differ();
  });
  const auto both = verdicts(contender, interpreter, found);
  tally_.differences.push_back({.contender = contender.name,
                                .interpreter = interpreter.name,
                                .query = found.query,
                                .packet = found.packet,
                                .expected = *both->expected.verdict,
                                .actual = both->actual});
}

std::vector<SamplePacket> half_matching(const Query& query, std::span<const SamplePacket> pool,
                                        std::size_t count, Choices& choices) {
  constexpr std::size_t kReach = 20;  // packets looked at for each that is wanted
  const Compiled reference = reference_compile(query);
  std::vector<SamplePacket> chosen;
  if (!reference.code) return chosen;
  std::array<std::size_t, 2> wanted = {count - count / 2, count / 2};
  std::size_t place = choices.below(static_cast<std::uint32_t>(pool.size()));
  for (std::size_t left = kReach * count; left != 0 && chosen.size() < count; --left, ++place) {
    const SamplePacket& packet = pool[place % pool.size()];
    const bool match = run_checked(*reference.code, packet.bytes, packet.wire_length).verdict != 0;
    // The last of the reach fills what is missing with either kind.
    if (wanted[match] == 0 && left > count) continue;
    wanted[match] -= wanted[match] != 0;
    chosen.push_back(packet);
  }
  return chosen;
}

Contender libpcap_optimiser() {
  return {
      .name = "libpcap optimised",
      .compile = [](const Query& query) { return libpcap_compile(query, PeerMode::kOptimised); },
      .interpreters = {{.name = "bpf_filter", .run = libpcap_run}}};
}

}  // namespace weir::difftest
