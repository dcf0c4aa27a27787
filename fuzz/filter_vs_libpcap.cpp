// libFuzzer target: the input chooses a link type, an expression and packets; weir's verdicts,
// optimised and not, must be those of libpcap's unoptimised code.
#include <cstdio>
#include <cstdlib>

#include "diff/filter/expression_gen.h"
#include "diff/filter/link_types.h"
#include "diff/filter/weir_contender.h"

namespace {

constexpr std::size_t kPackets = 16;

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace weir::difftest;
  static const std::vector<Contender> kContenders = weir_contenders();
  Choices choices(std::span(data, size));
  const weir::LinkType type = choices.pick(kComparedLinkTypes).type;
  const Query query{.expression = generate_expression(type, choices), .link_type = type};
  Comparison comparison(kContenders);
  const bool accepted = comparison.compare(query, generate_packets(type, kPackets, choices));
  const Tally& tally = comparison.tally();
  if (tally.differences.empty() && tally.refused_by_contender == 0) return accepted ? 0 : -1;
  std::fputs((query.expression + describe_all(tally, kContenders) + "\n").c_str(), stderr);
  std::abort();
}
