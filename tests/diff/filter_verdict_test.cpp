// The filter compiler against libpcap: for the same expression and packet the same verdict,
// optimised and not. The reference is libpcap's unoptimised code; docs/libpcap-differences.md says
// what is left out and why.
#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <map>

#include "diff/filter/expression_gen.h"
#include "diff/filter/test_data.h"
#include "diff/filter/weir_contender.h"

namespace weir::difftest {
namespace {

constexpr std::size_t kPacketsForCorpus = 1500;
constexpr std::uint32_t kRandomExpressions = 22000;
constexpr std::size_t kPacketsForRandom = 56;
constexpr std::size_t kPoolPackets = 4000;
constexpr std::uint64_t kRandomPairs = 1'000'000;

void expect_same(const Comparison& comparison, std::span<const Contender> contenders) {
  std::cout << summary(comparison.tally()) << '\n';
  EXPECT_TRUE(comparison.tally().differences.empty())
      << describe_all(comparison.tally(), contenders);
}

class SameVerdict : public testing::TestWithParam<ComparedLinkType> {};

TEST_P(SameVerdict, OverTheCorpus) {
  const std::vector<Contender> contenders = weir_contenders();
  const std::vector<SamplePacket> packets =
      packets_of(GetParam().type, kPacketsForCorpus * slowness());
  Comparison comparison(contenders);
  for (const CorpusEntry& entry : corpus_of(GetParam().type)) {
    if (!entry.needs_head && !comparison.enough()) comparison.compare(entry.query, packets);
  }
  expect_same(comparison, contenders);
}

INSTANTIATE_TEST_SUITE_P(LinkTypes, SameVerdict, testing::ValuesIn(kComparedLinkTypes),
                         [](const auto& link) { return std::string(link.param.name); });

TEST(SameVerdict, ForAMillionRandomPairs) {
  const std::vector<Contender> contenders = weir_contenders();
  Comparison comparison(contenders);
  Choices choices(20240101);
  std::map<LinkType, std::vector<SamplePacket>> pools;
  for (const ComparedLinkType& link : kComparedLinkTypes) {
    pools[link.type] = packets_of(link.type, kPoolPackets);
  }
  for (std::uint32_t i = 0; i < kRandomExpressions * slowness() && !comparison.enough(); ++i) {
    // Ethernet is what people use: every second expression.
    const LinkType type =
        choices.chance(50) ? LinkType::kEn10mb : choices.pick(kComparedLinkTypes).type;
    const std::string expression = generate_expression(type, choices);
    const Query query{.expression = expression, .link_type = type};
    comparison.compare(query, half_matching(query, pools[type], kPacketsForRandom, choices));
  }
  expect_same(comparison, contenders);
  EXPECT_TRUE(comparison.enough() || comparison.tally().pairs >= kRandomPairs);
}

}  // namespace
}  // namespace weir::difftest
