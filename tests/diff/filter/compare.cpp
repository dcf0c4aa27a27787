// The comparison itself; how a difference is made small is in shrink.h, how it prints in
// describe.cpp.
#include "diff/filter/compare.h"

#include <algorithm>
#include <array>
#include <utility>

#include "diff/libpcap_oracle.h"

namespace weir::difftest {
namespace {

// What the reference and a contender say of one packet.
struct Verdicts {
  Expected expected;
  std::uint32_t actual = 0;
};

Expected defined_verdicts(const CheckedRun& strict, const CheckedRun& lenient) {
  const bool undefined = strict.read_unset || strict.endless || strict.broken;
  if (undefined || lenient.read_unset || lenient.endless) return {};
  return {.strict = strict.verdict, .lenient = lenient.verdict};
}

Expected expected_verdicts(const ClassicProgram& code, const SamplePacket& packet) {
  return defined_verdicts(run_checked(code, packet.bytes, packet.wire_length),
                          run_checked(code, packet.bytes, packet.wire_length, DeadLoads::kSkip));
}

std::optional<Verdicts> verdicts(const Contender& contender, const Interpreter& interpreter,
                                 const Case& tried) {
  const Compiled reference = libpcap_compile(tried.query, PeerMode::kUnoptimised);
  const Compiled other = contender.compile(tried.query);
  if (!reference.code || !other.code) return std::nullopt;
  const SamplePacket& packet = tried.packet;
  const Expected expected = expected_verdicts(*reference.code, packet);
  if (!expected.strict) return std::nullopt;
  return Verdicts{expected, interpreter.run(*other.code, packet.bytes, packet.wire_length)};
}

}  // namespace

Expected Comparison::expect(const ClassicProgram& reference, const SamplePacket& packet) {
  const CheckedRun strict = run_checked(reference, packet.bytes, packet.wire_length);
  const CheckedRun lenient =
      run_checked(reference, packet.bytes, packet.wire_length, DeadLoads::kSkip);
  const Expected expected = defined_verdicts(strict, lenient);
  tally_.unset_reads += strict.read_unset || lenient.read_unset;
  tally_.endless_runs += strict.endless || lenient.endless;
  tally_.dead_loads += expected.strict != expected.lenient;
  tally_.pairs += expected.strict.has_value();
  tally_.matches += expected.strict.value_or(0) != 0;
  return expected;
}

bool Comparison::compare(const Query& query, std::span<const SamplePacket> packets) {
  const Compiled reference = libpcap_compile(query, PeerMode::kUnoptimised);
  if (!reference.code) {
    ++tally_.refused_by_reference;
    return false;
  }
  ++tally_.expressions;
  std::vector<Expected> expected;
  expected.reserve(packets.size());
  for (const SamplePacket& packet : packets) expected.push_back(expect(*reference.code, packet));
  const bool undefined = std::ranges::any_of(expected, [](const Expected& e) { return !e.strict; });
  if (undefined) tally_.undefined_expressions.push_back(query.expression);
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
    if (!expected[i].strict) continue;
    for (const Interpreter& interpreter : contender.interpreters) {
      const std::uint32_t actual = interpreter.run(code, packets[i].bytes, packets[i].wire_length);
      if (!expected[i].allows(actual, contender.dead_loads)) {
        return report(contender, interpreter, {.query = query, .packet = packets[i]});
      }
    }
  }
}

void Comparison::report(const Contender& contender, const Interpreter& interpreter, Case found) {
  if (enough()) return;
  found = shrink(std::move(found), [&](const Case& smaller) {
    const auto both = verdicts(contender, interpreter, smaller);
    return both && !both->expected.allows(both->actual, contender.dead_loads);
  });
  const auto both = verdicts(contender, interpreter, found);
  tally_.differences.push_back({.contender = contender.name,
                                .interpreter = interpreter.name,
                                .query = found.query,
                                .packet = found.packet,
                                .expected = *both->expected.strict,
                                .actual = both->actual});
}

std::vector<SamplePacket> half_matching(const Query& query, std::span<const SamplePacket> pool,
                                        std::size_t count, Choices& choices) {
  constexpr std::size_t kReach = 20;  // packets looked at for each that is wanted
  const Compiled reference = libpcap_compile(query, PeerMode::kUnoptimised);
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
      .interpreters = {{.name = "bpf_filter", .run = libpcap_run}},
      .dead_loads = DeadLoads::kSkip};
}

}  // namespace weir::difftest
