// The passes that follow the ways through the graph: thread and switches.
#include <gtest/gtest.h>

#include "filter/opt/switches.h"
#include "filter/opt/thread.h"
#include "unit/filter/pass_text.h"

namespace weir::filter::opt {
namespace {

using testing::after;
using testing::expect_untouched;

TEST(Thread, SkipsATestThatTheWayHasDecided) {
  EXPECT_EQ(after(thread, R"(root n4
n4: test load1[0] eq 0x1 ? n3 : n2
n3: test load1[1] eq 0x2 ? accept : n2
n2: test load1[0] eq 0x1 ? reject : accept
)"),
            R"(root n3
n3: test load1[0] eq 0x1 ? n2 : accept
n2: test load1[1] eq 0x2 ? accept : reject
)");
}

TEST(Thread, EachCaseDecidesTheTestThatAllLeadTo) {
  EXPECT_EQ(after(thread, R"(root n3
n3: switch load1[0] { 0x1 -> n2, 0x3 -> n2, 0x5 -> n2 } else reject
n2: test load1[0] eq 0x3 ? accept : reject
)"),
            R"(root n2
n2: test load1[0] eq 0x3 ? accept : reject
)");
}

TEST(Thread, AnotherValueThanTheKnownOneIsOutOfTheQuestion) {
  EXPECT_EQ(after(thread, R"(root n3
n3: test load1[0] eq 0x1 ? n2 : reject
n2: test load1[0] eq 0x2 ? accept : reject
)"),
            R"(root reject
)");
}

TEST(Thread, AboveSixteenIsAboveEight) {
  EXPECT_EQ(after(thread, R"(root n3
n3: test load1[0] gt 0x10 ? n2 : reject
n2: test load1[0] ge 0x8 ? accept : reject
)"),
            R"(root n2
n2: test load1[0] gt 0x10 ? accept : reject
)");
}

TEST(Thread, AboveSixteenMayBeBelowThirtyTwo) {
  expect_untouched(thread, R"(root n3
n3: test load1[0] gt 0x10 ? n2 : reject
n2: test load1[0] ge 0x20 ? accept : reject
)");
}

TEST(Thread, NoneOfTwoBitsIsNeither) {
  EXPECT_EQ(after(thread, R"(root n3
n3: test load1[0] set 0x6 ? reject : n2
n2: test load1[0] set 0x2 ? accept : reject
)"),
            R"(root reject
)");
}

TEST(Thread, OneOfTwoBitsMayBeTheOther) {
  expect_untouched(thread, R"(root n3
n3: test load1[0] set 0x6 ? n2 : reject
n2: test load1[0] set 0x2 ? accept : reject
)");
}

TEST(Thread, ASwitchDecidesForAllValuesThatLeadOneWay) {
  EXPECT_EQ(after(thread, R"(root n4
n4: switch load1[0] { 0x1-0x3 -> n3, 0x7 -> n2 } else reject
n3: test load1[0] gt 0x3 ? accept : n2
n2: test load1[0] eq 0x7 ? accept : reject
)"),
            R"(root n2
n2: test load1[0] eq 0x7 ? accept : reject
)");
}

TEST(Thread, ComputesAMaskOfAKnownValue) {
  EXPECT_EQ(after(thread, R"(root n3
n3: test load1[0] eq 0x13 ? n2 : reject
n2: test (load1[0] & 0xf) eq 0x3 ? accept : reject
)"),
            R"(root n2
n2: test load1[0] eq 0x13 ? accept : reject
)");
}

TEST(Thread, DropsAGuardOfWhatWasComputed) {
  EXPECT_EQ(after(thread, R"(root n3
n3: test load1[4] eq 0x1 ? n2 : reject
n2: guard load1[4] -> accept
)"),
            R"(root n2
n2: test load1[4] eq 0x1 ? accept : reject
)");
}

TEST(Thread, KeepsAGuardOfWhatWasNot) {
  expect_untouched(thread, R"(root n3
n3: test load1[4] eq 0x1 ? n2 : reject
n2: guard load1[5] -> accept
)");
}

// A packet of five bytes must not match.
TEST(Thread, KeepsTheLoadOfATestThatDecidesNothing) {
  EXPECT_EQ(after(thread, R"(root n4
n4: test load1[0] eq 0x1 ? n3 : n2
n3: test load1[9] eq 0x2 ? n2 : n2
n2: test load1[0] eq 0x1 ? accept : reject
)"),
            R"(root n3
n3: test load1[0] eq 0x1 ? n2 : reject
n2: guard load1[9] -> accept
)");
}

// n2 is decided behind n3 alone.
TEST(Thread, WhatOneOfTwoWaysKnowsIsNotKnownWhereTheyMeet) {
  EXPECT_EQ(after(thread, R"(root n5
n5: test load1[1] eq 0x1 ? n4 : n3
n4: test load1[0] eq 0x1 ? n2 : reject
n3: test load1[0] eq 0x2 ? n2 : reject
n2: test load1[0] eq 0x1 ? accept : reject
)"),
            R"(root n3
n3: test load1[1] eq 0x1 ? n2 : reject
n2: test load1[0] eq 0x1 ? accept : reject
)");
}

TEST(Thread, KnowsWhatAParameterWasGiven) {
  EXPECT_EQ(after(thread, R"(root n4
n4: test load1[0] eq 0x1 ? n3 : n2
n3: assign p0 = 0x2 -> n2
n2: test p0 eq 0x2 ? accept : reject
)"),
            R"(root n3
n3: test load1[0] eq 0x1 ? accept : n2
n2: test p0 eq 0x2 ? accept : reject
)");
}

TEST(Thread, KnowsTheComparisonOfTwoLoads) {
  EXPECT_EQ(after(thread, R"(root n4
n4: test load1[0] gt load1[1] ? n3 : n2
n3: test load1[0] gt load1[1] ? accept : reject
n2: test load1[0] gt load1[2] ? accept : reject
)"),
            R"(root n3
n3: test load1[0] gt load1[1] ? accept : n2
n2: test load1[0] gt load1[2] ? accept : reject
)");
}

TEST(Thread, WhatOneOfTwoWaysAssignsIsNotKnownWhereTheyMeet) {
  expect_untouched(thread, R"(root n6
n6: assign p0 = 0x0 -> n5
n5: test load1[0] eq 0x1 ? n4 : n3
n4: assign p0 = load1[1] -> n3
n3: test load1[2] eq 0x7 ? n2 : reject
n2: test p0 eq 0x5 ? accept : reject
)");
}

TEST(Switches, TurnsAChainIntoASwitch) {
  EXPECT_EQ(after(switches, R"(root n5
n5: test load1[0] eq 0x5 ? n2 : n4
n4: test load1[0] eq 0x1 ? accept : n3
n3: test load1[0] eq 0x3 ? n2 : reject
n2: test load1[9] eq 0x1 ? accept : reject
)"),
            R"(root n3
n3: switch load1[0] { 0x1 -> accept, 0x3 -> n2, 0x5 -> n2 } else reject
n2: test load1[9] eq 0x1 ? accept : reject
)");
}

TEST(Switches, DropsWhatLeadsToTheSamePlaceAsTheRest) {
  EXPECT_EQ(after(switches, R"(root n4
n4: test load1[0] eq 0x5 ? accept : n3
n3: test load1[0] eq 0x1 ? accept : n2
n2: test load1[0] eq 0x3 ? reject : accept
)"),
            R"(root n2
n2: test load1[0] eq 0x3 ? reject : accept
)");
}

TEST(Switches, TheFirstTestOfAValueWins) {
  EXPECT_EQ(after(switches, R"(root n4
n4: test load1[0] eq 0x5 ? n2 : n3
n3: test load1[0] ge 0x4 ? accept : reject
n2: test load1[9] eq 0x1 ? accept : reject
)"),
            R"(root n3
n3: switch load1[0] { 0x4 -> accept, 0x5 -> n2, 0x6-0xffffffff -> accept } else reject
n2: test load1[9] eq 0x1 ? accept : reject
)");
}

TEST(Switches, TwoBoundsAreAnInterval) {
  EXPECT_EQ(after(switches, R"(root n4
n4: test load2[0] ge 0x10 ? n3 : reject
n3: test load2[0] gt 0x20 ? reject : n2
n2: test load1[9] eq 0x1 ? accept : reject
)"),
            R"(root n3
n3: switch load2[0] { 0x10-0x20 -> n2 } else reject
n2: test load1[9] eq 0x1 ? accept : reject
)");
}

TEST(Switches, JoinsNeighboursWithOneTarget) {
  EXPECT_EQ(after(switches, R"(root n4
n4: test load1[0] eq 0x5 ? accept : n3
n3: test load1[0] eq 0x6 ? accept : n2
n2: test load1[0] eq 0x7 ? accept : reject
)"),
            R"(root n2
n2: switch load1[0] { 0x5-0x7 -> accept } else reject
)");
}

TEST(Switches, LeavesTestsOfBits) {
  expect_untouched(switches, R"(root n3
n3: test load1[0] eq 0x5 ? accept : n2
n2: test load1[0] set 0x3 ? accept : reject
)");
}

TEST(Switches, LeavesTestsOfDifferentValues) {
  expect_untouched(switches, R"(root n3
n3: test load1[0] eq 0x5 ? accept : n2
n2: test load1[1] eq 0x5 ? accept : reject
)");
}

// A packet of one byte with the value 5 matches.
TEST(Switches, DoesNotReachAcrossAGuard) {
  expect_untouched(switches, R"(root n4
n4: test load1[0] eq 0x5 ? accept : n3
n3: guard load1[7] -> n2
n2: test load1[0] eq 0x6 ? accept : reject
)");
}

}  // namespace
}  // namespace weir::filter::opt
