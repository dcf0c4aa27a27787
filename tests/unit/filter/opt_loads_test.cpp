// The passes over loads: guards and merge-loads. What must not be lost is a fault, nor one be won.
#include <gtest/gtest.h>

#include "filter/opt/guards.h"
#include "filter/opt/merge_loads.h"
#include "unit/filter/pass_text.h"

namespace weir::filter::opt {
namespace {

using testing::after;
using testing::expect_untouched;

TEST(Guards, DropsAGuardBeforeALaterLoad) {
  EXPECT_EQ(after(guards, R"(root n3
n3: guard load1[4] -> n2
n2: test load1[9] eq 0x1 ? accept : reject
)"),
            R"(root n2
n2: test load1[9] eq 0x1 ? accept : reject
)");
}

TEST(Guards, DropsAGuardWhenEveryWayToAcceptLoadsMore) {
  EXPECT_EQ(after(guards, R"(root n4
n4: guard load1[9] -> n3
n3: test load1[0] eq 0x1 ? n2 : reject
n2: test load1[9] eq 0x1 ? accept : reject
)"),
            R"(root n3
n3: test load1[0] eq 0x1 ? n2 : reject
n2: test load1[9] eq 0x1 ? accept : reject
)");
}

TEST(Guards, KeepsAGuardWhenOneWayToAcceptLoadsLess) {
  expect_untouched(guards, R"(root n4
n4: guard load1[9] -> n3
n3: test load1[0] eq 0x1 ? n2 : accept
n2: test load1[9] eq 0x1 ? accept : reject
)");
}

TEST(Guards, DropsAGuardBehindALaterLoad) {
  EXPECT_EQ(after(guards, R"(root n3
n3: test load1[9] eq 0x1 ? n2 : accept
n2: guard load1[4] -> accept
)"),
            R"(root n2
n2: guard load1[9] -> accept
)");
}

TEST(Guards, OfTwoEqualGuardsOneStays) {
  EXPECT_EQ(after(guards, R"(root n4
n4: guard load1[4] -> n3
n3: test load1[0] eq 0x1 ? accept : n2
n2: guard load1[4] -> accept
)"),
            R"(root n3
n3: guard load1[4] -> n2
n2: guard load1[0] -> accept
)");
}

TEST(Guards, KeepsAGuardThatReadsFurther) {
  expect_untouched(guards, R"(root n3
n3: guard load2[4] -> n2
n2: test load1[4] eq 0x1 ? accept : reject
)");
}

TEST(Guards, KeepsAGuardAtAnOffsetThatThePacketSays) {
  expect_untouched(guards, R"(root n3
n3: guard load1[(load1[0] & 0xf)] -> n2
n2: test load1[200] eq 0x1 ? accept : reject
)");
}

TEST(Guards, DropsAGuardOfWhatTheNextTestComputes) {
  EXPECT_EQ(after(guards, R"(root n3
n3: guard load1[(load1[0] & 0xf)] -> n2
n2: test (load1[(load1[0] & 0xf)] & 0x3) eq 0x1 ? accept : reject
)"),
            R"(root n2
n2: test (load1[(load1[0] & 0xf)] & 0x3) eq 0x1 ? accept : reject
)");
}

TEST(MergeLoads, TestsTwoBytesAtOnce) {
  EXPECT_EQ(after(merge_loads, R"(root n3
n3: test load1[0] eq 0x12 ? n2 : reject
n2: test load1[1] eq 0x34 ? accept : reject
)"),
            R"(root n2
n2: test load2[0] eq 0x1234 ? accept : reject
)");
}

TEST(MergeLoads, TestsFourBytesInTwoLoadsAtMost) {
  EXPECT_EQ(after(merge_loads, R"(root n5
n5: test load1[0] eq 0x1 ? n4 : reject
n4: test load1[1] eq 0x2 ? n3 : reject
n3: test load1[2] eq 0x3 ? n2 : reject
n2: test load1[3] eq 0x4 ? accept : reject
)"),
            R"(root n3
n3: test load2[0] eq 0x102 ? n2 : reject
n2: test load2[2] eq 0x304 ? accept : reject
)");
}

TEST(MergeLoads, TestsFieldsWithAGapBetweenThem) {
  EXPECT_EQ(after(merge_loads, R"(root n3
n3: test load2[14] eq 0x800 ? n2 : reject
n2: test load1[12] eq 0x34 ? accept : reject
)"),
            R"(root n2
n2: test (load4[12] & 0xff00ffff) eq 0x34000800 ? accept : reject
)");
}

TEST(MergeLoads, LeavesTestsThatFailMostly) {
  expect_untouched(merge_loads, R"(root n3
n3: test load2[14] eq 0x8100 ? n2 : reject
n2: test load1[12] eq 0x34 ? accept : reject
)");
}

TEST(MergeLoads, TestsMasksTogether) {
  EXPECT_EQ(after(merge_loads, R"(root n3
n3: test load1[6] set 0x1f ? reject : n2
n2: test load1[7] eq 0x0 ? accept : reject
)"),
            R"(root n2
n2: test load2[6] set 0x1fff ? reject : accept
)");
}

TEST(MergeLoads, TestsFieldsAtOneBase) {
  EXPECT_EQ(after(merge_loads, R"(root n3
n3: test load1[((load1[14] & 0xf) << 0x2) + 14] eq 0x12 ? n2 : reject
n2: test load1[((load1[14] & 0xf) << 0x2) + 15] eq 0x34 ? accept : reject
)"),
            R"(root n2
n2: test load2[((load1[14] & 0xf) << 0x2) + 14] eq 0x1234 ? accept : reject
)");
}

TEST(MergeLoads, MergesASwitchWithTheTestBehindAllItsCases) {
  EXPECT_EQ(after(merge_loads, R"(root n5
n5: switch load1[0] { 0x1 -> n4, 0x3 -> n3 } else reject
n4: test load1[1] eq 0x34 ? accept : reject
n3: test load1[1] eq 0x34 ? n2 : reject
n2: test load1[9] eq 0x1 ? accept : reject
)"),
            R"(root n3
n3: switch load2[0] { 0x134 -> accept, 0x334 -> n2 } else reject
n2: test load1[9] eq 0x1 ? accept : reject
)");
}

TEST(MergeLoads, MergesWhenTheOtherWayReadsFurtherAnyway) {
  EXPECT_EQ(after(merge_loads, R"(root n4
n4: test load1[0] eq 0x12 ? n3 : n2
n3: test load1[1] eq 0x34 ? accept : n2
n2: test load1[9] eq 0x1 ? accept : reject
)"),
            R"(root n3
n3: test load2[0] eq 0x1234 ? accept : n2
n2: test load1[9] eq 0x1 ? accept : reject
)");
}

// A packet of one byte with another value matches.
TEST(MergeLoads, DoesNotReadFurtherForAWayThatAccepts) {
  expect_untouched(merge_loads, R"(root n3
n3: test load1[0] eq 0x12 ? n2 : accept
n2: test load1[1] eq 0x34 ? reject : accept
)");
}

TEST(MergeLoads, DoesNotMergeTestsThatFailToDifferentPlaces) {
  expect_untouched(merge_loads, R"(root n4
n4: test load1[0] eq 0x12 ? n3 : reject
n3: test load1[1] eq 0x34 ? accept : n2
n2: test load1[9] eq 0x1 ? accept : reject
)");
}

TEST(MergeLoads, DoesNotMergeWhatLiesFurtherApartThanAWord) {
  expect_untouched(merge_loads, R"(root n3
n3: test load1[0] eq 0x12 ? n2 : reject
n2: test load1[4] eq 0x34 ? accept : reject
)");
}

TEST(MergeLoads, DoesNotMergeATestThatIsEnteredFromElsewhere) {
  expect_untouched(merge_loads, R"(root n4
n4: test load1[9] eq 0x1 ? n3 : n2
n3: test load1[0] eq 0x12 ? n2 : reject
n2: test load1[1] eq 0x34 ? accept : reject
)");
}

// Three bytes: a load of four would end behind the third at the earliest.
TEST(MergeLoads, DoesNotReadBeforeThePacket) {
  expect_untouched(merge_loads, R"(root n3
n3: test load1[2] eq 0x12 ? n2 : reject
n2: test load2[0] eq 0x34 ? accept : reject
)");
}

TEST(MergeLoads, DoesNotMergeASwitchWithATestOfTheSameByte) {
  expect_untouched(merge_loads, R"(root n3
n3: switch load1[9] { 0x6 -> n2, 0x11 -> n2 } else reject
n2: test load2[8] eq 0x4006 ? accept : reject
)");
}

}  // namespace
}  // namespace weir::filter::opt
