// What weir's code is like: it passes libpcap's check and the kernel's, it is never longer than
// what libpcap's optimiser makes of the filters of the table, and it reads no cell that nothing
// stored.
#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>

#include "bench/filter_table.h"
#include "diff/filter/checked_bpf.h"
#include "diff/filter/test_data.h"
#include "diff/filter/weir_contender.h"
#include "diff/libpcap_oracle.h"
#include "isa/classic_check.h"

namespace weir::difftest {
namespace {

constexpr double kSumGoal = 0.85;  // of libpcap's instructions, in sum over the table

// A protocol chain is a loop, which no kernel takes.
bool has_loop(const Query& query) {
  return query.expression.find("protochain") != std::string::npos;
}

class Code : public testing::TestWithParam<WeirMode> {
 protected:
  template <typename Check>
  void for_each_code(Check check) {
    for (const CorpusEntry& entry : accepted_corpus()) {
      const Compiled compiled = weir_compile(entry.query, GetParam());
      if (compiled.code && !compiled.never_matches) check(entry.query, *compiled.code);
    }
  }
};

INSTANTIATE_TEST_SUITE_P(Modes, Code, testing::Values(WeirMode::kUnoptimised, WeirMode::kOptimised),
                         [](const auto& mode) {
                           return mode.param == WeirMode::kOptimised ? "Optimised" : "Unoptimised";
                         });

TEST_P(Code, PassesLibpcapsCheck) {
  for_each_code([](const Query& query, const ClassicProgram& code) {
    EXPECT_TRUE(libpcap_validates(code)) << query.expression;
  });
}

TEST_P(Code, PassesTheKernelsCheckUnlessItLoops) {
  for_each_code([](const Query& query, const ClassicProgram& code) {
    if (has_loop(query)) return;
    const auto faults = isa::check_classic(code, isa::ClassicRules::kKernel);
    EXPECT_TRUE(faults.empty()) << query.expression << ": " << isa::describe(faults.front());
  });
}

TEST_P(Code, ReadsNoCellThatNothingStored) {
  for_each_code([](const Query& query, const ClassicProgram& code) {
    static const std::vector<SamplePacket> kPackets = packets_of(LinkType::kEn10mb, 300);
    const auto reads_unset = [&](const SamplePacket& packet) {
      return run_checked(code, packet.bytes, packet.wire_length).read_unset;
    };
    EXPECT_TRUE(std::ranges::none_of(kPackets, reads_unset)) << query.expression;
  });
}

// weir's additions to the language must not touch what libpcap's language says.
TEST(Additions, ChangeNoCode) {
  for (const CorpusEntry& entry : accepted_corpus()) {
    EXPECT_EQ(weir_compile(entry.query, WeirMode::kOptimised).code,
              weir_compile(entry.query, WeirMode::kOptimised, Language::kExtended).code)
        << entry.query.expression;
  }
}

TEST(CodeSize, IsNeverAboveLibpcapsOnTheTable) {
  int ours = 0;
  int theirs = 0;
  for (const bench::TableRow& row : bench::kFilterTable) {
    const Query query{.expression = std::string(row.expression)};
    const Compiled compiled = weir_compile(query, WeirMode::kOptimised);
    ASSERT_TRUE(compiled.code) << row.expression << ": " << compiled.error;
    const int size = static_cast<int>(compiled.code->size());
    EXPECT_LE(size, row.libpcap_optimised) << row.expression;
    ours += size;
    theirs += row.libpcap_optimised;
  }
  std::cout << ours << " instructions, libpcap " << theirs << '\n';
  EXPECT_LE(ours, kSumGoal * theirs);
}

// No goal, but whoever changes the optimiser wants to know.
TEST(CodeSize, OverTheCorpusIsReported) {
  std::size_t ours = 0;
  std::size_t theirs = 0;
  int longer = 0;
  for (const CorpusEntry& entry : accepted_corpus()) {
    const Compiled peer = libpcap_compile(entry.query, PeerMode::kOptimised);
    const Compiled compiled = weir_compile(entry.query, WeirMode::kOptimised);
    if (!peer.code || !compiled.code || compiled.never_matches) continue;
    ours += compiled.code->size();
    theirs += peer.code->size();
    if (compiled.code->size() <= peer.code->size()) continue;
    ++longer;
    std::cout << "longer: " << compiled.code->size() << " > " << peer.code->size() << ' '
              << compared_link_type(entry.query.link_type).name << ": " << entry.query.expression
              << '\n';
  }
  std::cout << ours << " instructions, libpcap " << theirs << ", longer for " << longer << '\n';
  EXPECT_LT(ours, theirs);
}

}  // namespace
}  // namespace weir::difftest
