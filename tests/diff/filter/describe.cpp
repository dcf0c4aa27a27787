// Differences as text.
#include <fmt/format.h>
#include <pcap/pcap.h>

#include <algorithm>

#include "diff/filter/compare.h"
#include "diff/filter/link_types.h"
#include "diff/filter/reference.h"

namespace weir::difftest {
namespace {

std::string listing(const Compiled& compiled) {
  if (!compiled.code) return "  refused: " + compiled.error + "\n";
  std::string text;
  int line = 0;
  for (const ClassicInsn& insn : *compiled.code) {
    const bpf_insn raw = {.code = insn.code, .jt = insn.jt, .jf = insn.jf, .k = insn.k};
    text += fmt::format("  {}\n", bpf_image(&raw, line++));
  }
  return text;
}

std::string hex(const SamplePacket& packet) {
  std::string text;
  for (const std::byte byte : packet.bytes)
    text += fmt::format("{:02x}", std::to_integer<int>(byte));
  return text;
}

}  // namespace

std::string describe(const Difference& difference, const Contender& contender) {
  const Query& query = difference.query;
  return fmt::format(
      "expression  {}\nlink type   {}\npacket      {} ({} bytes, {} on the wire)\n"
      "verdicts    reference {}, {} in {} {}\n"
      "reference (libpcap unoptimised, mended):\n{}{}:\n{}",
      query.expression, compared_link_type(query.link_type).name, hex(difference.packet),
      difference.packet.bytes.size(), difference.packet.wire_length, difference.expected,
      difference.contender, difference.interpreter, difference.actual,
      listing(reference_compile(query)), contender.name, listing(contender.compile(query)));
}

std::string describe_all(const Tally& tally, std::span<const Contender> contenders) {
  std::string text;
  for (const Difference& difference : tally.differences) {
    const auto contender = std::ranges::find(contenders, difference.contender, &Contender::name);
    text += "\n" + describe(difference, *contender);
  }
  return text;
}

std::string summary(const Tally& tally) {
  return fmt::format(
      "{} expressions ({} more refused), {} pairs ({:.0f} % match, a dead load decides {}), left "
      "out: "
      "{} that read unset cells, {} that do not end; {} refused by a contender, {} differences",
      tally.expressions, tally.refused_by_reference, tally.pairs,
      tally.pairs == 0
          ? 0.0
          : 100.0 * static_cast<double>(tally.matches) / static_cast<double>(tally.pairs),
      tally.dead_loads, tally.unset_reads, tally.endless_runs, tally.refused_by_contender,
      tally.differences.size());
}

}  // namespace weir::difftest
