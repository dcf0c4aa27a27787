// The builder decides what can be decided, makes equal things once, and loses no fault.
#include <gtest/gtest.h>

#include <array>
#include <random>
#include <string>
#include <vector>

#include "base/arena.h"
#include "filter/ir/builder.h"
#include "filter/ir/text.h"
#include "filter/ir/verify.h"

namespace weir::filter::ir {
namespace {

using enum Op;
using enum Compare;

struct BuilderTest : public ::testing::Test {
  std::string text(ValueId id) const { return print_value(b.function(), id); }
  // The function that begins at `root`, without its first line.
  std::string graph(NodeId root) {
    Function f = b.function();
    f.root = root;
    EXPECT_EQ(verify(f), "");
    const std::string all = print(f);
    return root <= kAcceptNode ? all : all.substr(all.find('\n') + 1);
  }
  NodeId test_k(Compare compare, ValueId lhs, std::uint32_t k) {
    return b.test(compare, lhs, b.constant(k), kAcceptNode, kRejectNode);
  }

  Arena arena;
  Builder b{&arena};
  ValueId byte = b.load(1, 0);
  ValueId word = b.load(4, 8);
};

// --- values ---

TEST_F(BuilderTest, FoldsEveryOperationOnConstants) {
  struct Sum {
    Op op;
    std::uint32_t a, b, result;
  };
  for (const Sum& s : std::to_array<Sum>({{kAdd, 0xffffffff, 2, 1},
                                          {kSub, 1, 2, 0xffffffff},
                                          {kMul, 0x10000, 0x10001, 0x10000},
                                          {kDiv, 7, 2, 3},
                                          {kMod, 7, 4, 3},
                                          {kAnd, 6, 3, 2},
                                          {kOr, 6, 3, 7},
                                          {kXor, 6, 3, 5},
                                          {kShl, 1, 31, 0x80000000},
                                          {kShl, 1, 32, 0},
                                          {kShr, 0x80000000, 31, 1},
                                          {kShr, 0x80000000, 32, 0}})) {
    EXPECT_EQ(b.binary_k(s.op, b.constant(s.a), s.b), b.constant(s.result));
  }
}

TEST_F(BuilderTest, MakesEqualValuesOnce) {
  EXPECT_EQ(b.load(1, 0), byte);
  EXPECT_NE(b.load(2, 0), byte);
  EXPECT_EQ(b.binary_k(kAdd, byte, 3), b.binary_k(kAdd, byte, 3));
  EXPECT_EQ(b.binary(kAdd, b.constant(3), byte), b.binary_k(kAdd, byte, 3));
  for (std::uint32_t i = 0; i < 5000; ++i) b.load(1, i);  // past several sizes of the table
  const std::size_t count = b.function().values.size();
  for (std::uint32_t i = 0; i < 5000; ++i) b.load(1, i);
  EXPECT_EQ(b.function().values.size(), count);
}

TEST_F(BuilderTest, WhatChangesNothingIsNotComputed) {
  for (const Op op : {kAdd, kSub, kOr, kXor, kShl, kShr}) EXPECT_EQ(b.binary_k(op, byte, 0), byte);
  for (const Op op : {kMul, kDiv}) EXPECT_EQ(b.binary_k(op, byte, 1), byte);
  EXPECT_EQ(b.binary_k(kAnd, byte, 0xff), byte);
  EXPECT_EQ(b.binary_k(kAnd, byte, 0x1ff), byte);
}

TEST_F(BuilderTest, MultiplicationByAPowerOfTwoIsAShift) {
  EXPECT_EQ(text(b.binary_k(kMul, byte, 4)), "(load1[0] << 0x2)");
  EXPECT_EQ(text(b.binary_k(kMul, byte, 6)), "(load1[0] * 0x6)");
}

TEST_F(BuilderTest, JoinsConstants) {
  EXPECT_EQ(b.binary_k(kSub, b.binary_k(kAdd, byte, 5), 3), b.binary_k(kAdd, byte, 2));
  EXPECT_EQ(b.binary_k(kAnd, b.binary_k(kAnd, word, 0xff00), 0xf000),
            b.binary_k(kAnd, word, 0xf000));
  EXPECT_EQ(text(b.binary_k(kDiv, b.binary_k(kDiv, byte, 3), 2)), "((load1[0] / 0x3) / 0x2)");
}

TEST_F(BuilderTest, LoadsOnlyTheLastBytesThatAMaskWants) {
  EXPECT_EQ(text(b.binary_k(kAnd, word, 0xff)), "load1[11]");
  EXPECT_EQ(text(b.binary_k(kAnd, word, 0x1fff)), "(load2[10] & 0x1fff)");
  EXPECT_EQ(text(b.binary_k(kAnd, word, 0xff00)), "(load2[10] & 0xff00)");
  // From the front it would fault for fewer packets.
  EXPECT_EQ(text(b.binary_k(kAnd, word, 0xff000000)), "(load4[8] & 0xff000000)");
}

TEST_F(BuilderTest, AMaskOfNothingStillLoads) {
  const ValueId nothing = b.binary_k(kAnd, word, 0);
  EXPECT_TRUE(b.value(nothing).faults);
  EXPECT_EQ(b.value(nothing).bits, 0u);
}

TEST_F(BuilderTest, MovesAConstantFromTheBaseIntoTheOffset) {
  const ValueId length = b.binary_k(kShl, b.binary_k(kAnd, byte, 15), 2);
  EXPECT_EQ(text(b.load(2, b.binary_k(kAdd, length, 14), 2)),
            "load2[((load1[0] & 0xf) << 0x2) + 16]");
  EXPECT_EQ(text(b.load(1, b.constant(3), 4)), "load1[7]");
}

TEST_F(BuilderTest, ABaseThatMayWrapKeepsItsSum) {
  EXPECT_EQ(text(b.load(1, b.binary_k(kAdd, word, 14), 2)), "load1[(load4[8] + 0xe) + 2]");
  EXPECT_EQ(text(b.load(1, b.binary_k(kSub, byte, 1), 0)), "load1[(load1[0] + 0xffffffff)]");
}

TEST_F(BuilderTest, KnowsWhichBitsAResultCanHave) {
  const auto bits = [&](ValueId id) { return b.value(id).bits; };
  EXPECT_EQ(bits(byte), 0xffu);
  EXPECT_EQ(bits(b.binary_k(kAnd, byte, 0xf0)), 0xf0u);
  EXPECT_EQ(bits(b.binary_k(kShr, byte, 4)), 0xfu);
  EXPECT_EQ(bits(b.binary(kAdd, byte, b.load(1, 1))), 0x1ffu);
  EXPECT_EQ(bits(b.binary(kMul, byte, b.load(1, 1))), 0xffffu);
  EXPECT_EQ(bits(b.binary_k(kMod, byte, 10)), 0xfu);
}

// --- traps ---

TEST_F(BuilderTest, DivisionByTheConstantZeroRejects) {
  for (const Op op : {kDiv, kMod}) {
    const ValueId trap = b.binary_k(op, byte, 0);
    EXPECT_TRUE(b.value(trap).traps);
    EXPECT_EQ(test_k(kEq, trap, 1), kRejectNode);
    EXPECT_EQ(b.guard(trap, kAcceptNode), kRejectNode);
    EXPECT_EQ(test_k(kEq, b.binary_k(kAdd, b.binary_k(kMul, trap, 6), 1), 1), kRejectNode);
    EXPECT_EQ(b.test(kGt, byte, trap, kAcceptNode, kAcceptNode), kRejectNode);
    EXPECT_EQ(b.assign(b.new_param(Home::kIndex), trap, test_k(kEq, byte, 1)), kRejectNode);
  }
  EXPECT_TRUE(b.value(b.binary_k(kDiv, b.constant(1), 0)).traps);
}

TEST_F(BuilderTest, ALoadBeyondAllPacketsRejects) {
  const ValueId far = b.load(1, b.constant(0xffffffff), 2);
  EXPECT_TRUE(b.value(far).traps);
  EXPECT_EQ(test_k(kEq, far, 1), kRejectNode);
}

TEST_F(BuilderTest, ALoadFromTheKernelsExtensionsDoesNotFault) {
  const ValueId present = b.load(1, kExtensionBase + 48);
  EXPECT_FALSE(b.value(present).faults);
  EXPECT_EQ(b.test(kEq, present, b.constant(1), kAcceptNode, kAcceptNode), kAcceptNode);
}

// --- tests ---

TEST_F(BuilderTest, DecidesTestsOfConstants) {
  const ValueId three = b.constant(3);
  EXPECT_EQ(test_k(kEq, three, 3), kAcceptNode);
  EXPECT_EQ(test_k(kEq, three, 4), kRejectNode);
  EXPECT_EQ(test_k(kGt, three, 3), kRejectNode);
  EXPECT_EQ(test_k(kGe, three, 3), kAcceptNode);
  EXPECT_EQ(test_k(kSet, three, 4), kRejectNode);
  EXPECT_EQ(test_k(kSet, three, 5), kAcceptNode);
}

TEST_F(BuilderTest, DecidesTestsThatNoValueCanChangeAndKeepsTheirFault) {
  const NodeId loaded = b.guard(byte, kAcceptNode);
  ASSERT_EQ(graph(loaded), "n2: guard load1[0] -> accept\n");
  EXPECT_EQ(test_k(kGe, byte, 0), loaded);
  EXPECT_EQ(b.test(kEq, byte, b.constant(0x100), kRejectNode, kAcceptNode), loaded);
  EXPECT_EQ(b.test(kGt, byte, b.constant(0xff), kRejectNode, kAcceptNode), loaded);
  EXPECT_EQ(b.test(kSet, byte, b.constant(0xf00), kRejectNode, kAcceptNode), loaded);
  EXPECT_EQ(b.test(kEq, byte, byte, kAcceptNode, kRejectNode), loaded);
  EXPECT_EQ(b.test(kGt, byte, byte, kRejectNode, kAcceptNode), loaded);
  EXPECT_EQ(b.test(kEq, byte, b.constant(1), kAcceptNode, kAcceptNode), loaded);
  // `ip[0] * 0 = 1`
  EXPECT_EQ(b.test(kEq, b.binary_k(kMul, byte, 0), b.constant(1), kRejectNode, kAcceptNode),
            loaded);
}

TEST_F(BuilderTest, AGuardInFrontOfRejectIsRejectAnyway) {
  EXPECT_EQ(b.guard(byte, kRejectNode), kRejectNode);
  EXPECT_EQ(test_k(kGt, byte, 0xff), kRejectNode);
}

TEST_F(BuilderTest, AGuardStandsForEachLoadAndDivision) {
  const ValueId sum = b.binary(kAdd, byte, b.binary(kDiv, b.load(1, 1), b.load(1, 2)));
  EXPECT_EQ(graph(b.guard(sum, kAcceptNode)),
            "n3: guard load1[0] -> n2\n"
            "n2: guard (load1[1] / load1[2]) -> accept\n");
  EXPECT_EQ(b.guard(b.length(), kAcceptNode), kAcceptNode);
}

TEST_F(BuilderTest, ConstantsStandOnTheRight) {
  EXPECT_EQ(b.test(kGt, b.constant(5), byte, kAcceptNode, kRejectNode),
            b.test(kGe, byte, b.constant(5), kRejectNode, kAcceptNode));
  EXPECT_EQ(b.test(kGe, b.constant(5), byte, kAcceptNode, kRejectNode),
            b.test(kGt, byte, b.constant(5), kRejectNode, kAcceptNode));
  EXPECT_EQ(b.test(kEq, b.constant(5), byte, kAcceptNode, kRejectNode), test_k(kEq, byte, 5));
  EXPECT_EQ(b.test(kSet, b.constant(5), byte, kAcceptNode, kRejectNode), test_k(kSet, byte, 5));
}

TEST_F(BuilderTest, ComparisonsWithTheEndsAreForEquality) {
  const NodeId zero = test_k(kEq, byte, 0);
  EXPECT_EQ(b.test(kGt, byte, b.constant(0), kRejectNode, kAcceptNode), zero);
  EXPECT_EQ(b.test(kGe, byte, b.constant(1), kRejectNode, kAcceptNode), zero);
}

TEST_F(BuilderTest, EqualityUndoesSumsAndExclusiveOr) {
  EXPECT_EQ(test_k(kEq, b.binary_k(kAdd, byte, 3), 8), test_k(kEq, byte, 5));
  EXPECT_EQ(test_k(kEq, b.binary_k(kSub, byte, 3), 8), test_k(kEq, byte, 11));
  EXPECT_EQ(test_k(kEq, b.binary_k(kXor, byte, 3), 8), test_k(kEq, byte, 11));
  // It wraps, and then no byte can be it.
  EXPECT_EQ(test_k(kEq, b.binary_k(kAdd, byte, 3), 2), kRejectNode);
}

TEST_F(BuilderTest, OtherComparisonsKeepSums) {
  EXPECT_EQ(graph(test_k(kGt, b.binary_k(kSub, byte, 3), 8)),
            "n2: test (load1[0] + 0xfffffffd) gt 0x8 ? accept : reject\n");
}

TEST_F(BuilderTest, ADifferenceOfZeroIsEquality) {
  EXPECT_EQ(graph(test_k(kEq, b.binary(kSub, byte, word), 0)),
            "n2: test load1[0] eq load4[8] ? accept : reject\n");
}

TEST_F(BuilderTest, MaskedComparisonsWithZeroAndOneBitAreForSetBits) {
  EXPECT_EQ(test_k(kEq, b.binary_k(kAnd, byte, 6), 0),
            b.test(kSet, byte, b.constant(6), kRejectNode, kAcceptNode));
  EXPECT_EQ(test_k(kEq, b.binary_k(kAnd, byte, 4), 4), test_k(kSet, byte, 4));
  EXPECT_EQ(graph(test_k(kEq, b.binary_k(kAnd, byte, 6), 6)),
            "n4: test (load1[0] & 0x6) eq 0x6 ? accept : reject\n");
}

TEST_F(BuilderTest, MakesEqualNodesOnce) {
  const NodeId first = test_k(kEq, byte, 1);
  EXPECT_EQ(test_k(kEq, byte, 1), first);
  EXPECT_NE(test_k(kEq, byte, 2), first);
  const auto cases = std::to_array<Case>({{1, 2, kAcceptNode}, {4, 5, first}});
  const NodeId one = b.switch_on(byte, cases, kRejectNode);
  EXPECT_EQ(b.switch_on(byte, cases, kRejectNode), one);
  EXPECT_NE(b.switch_on(byte, cases, kAcceptNode), one);
  EXPECT_NE(b.switch_on(word, cases, kRejectNode), one);
}

// --- switches, assignments, chains ---

TEST_F(BuilderTest, ASwitchJoinsNeighboursAndForgetsWhatTheRestDoes) {
  const NodeId other = test_k(kEq, word, 1);
  const auto cases = std::to_array<Case>(
      {{1, 1, other}, {2, 3, other}, {4, 4, kRejectNode}, {5, 5, other}, {7, 9, kAcceptNode}});
  EXPECT_EQ(graph(b.switch_on(byte, cases, kRejectNode)),
            "n3: switch load1[0] { 0x1-0x3 -> n2, 0x5 -> n2, 0x7-0x9 -> accept } else reject\n"
            "n2: test load4[8] eq 0x1 ? accept : reject\n");
}

TEST_F(BuilderTest, ASwitchOfOneComparisonIsATest) {
  const auto one = [&](std::uint32_t lo, std::uint32_t hi) {
    const auto cases = std::to_array<Case>({{lo, hi, kAcceptNode}});
    return b.switch_on(byte, cases, kRejectNode);
  };
  EXPECT_EQ(one(5, 5), test_k(kEq, byte, 5));
  EXPECT_EQ(one(0, 5), b.test(kGt, byte, b.constant(5), kRejectNode, kAcceptNode));
  EXPECT_EQ(one(5, 0xffffffff), test_k(kGe, byte, 5));
  EXPECT_EQ(graph(one(5, 6)), "n5: switch load1[0] { 0x5-0x6 -> accept } else reject\n");
}

TEST_F(BuilderTest, ASwitchWithOneWayOutKeepsItsFault) {
  const auto cases = std::to_array<Case>({{1, 2, kAcceptNode}});
  EXPECT_EQ(graph(b.switch_on(byte, cases, kAcceptNode)), "n2: guard load1[0] -> accept\n");
}

TEST_F(BuilderTest, AnAssignmentBeforeTheEndIsAGuard) {
  const ParamId param = b.new_param(Home::kIndex);
  EXPECT_EQ(graph(b.assign(param, byte, kAcceptNode)), "n2: guard load1[0] -> accept\n");
  EXPECT_EQ(b.assign(param, b.constant(3), kAcceptNode), kAcceptNode);
}

TEST_F(BuilderTest, AChainStaysEvenWhenItDecidesNothing) {
  const Chain chain{.network = 14, .protocol = 6, .ip6 = true};
  const NodeId walked = b.chain(chain, kAcceptNode, kAcceptNode);
  EXPECT_EQ(graph(walked), "n2: chain ip6[14] 6 ? accept : accept\n");
  EXPECT_EQ(b.chain(chain, kAcceptNode, kAcceptNode), walked);
  EXPECT_EQ(b.function().chains.size(), 1u);
}

}  // namespace
}  // namespace weir::filter::ir
