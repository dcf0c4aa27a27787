// The passes that choose between ways to ask the same, and the guess that they go by.
#include <gtest/gtest.h>

#include "base/arena.h"
#include "filter/opt/frequency.h"
#include "filter/opt/order.h"
#include "filter/opt/prefixes.h"
#include "unit/filter/pass_text.h"

namespace weir::filter::opt {
namespace {

using testing::after;
using testing::expect_untouched;

TEST(Prefixes, AsksForAnInterval) {
  EXPECT_EQ(after(prefixes, R"(root n2
n2: test (load4[26] & 0xff000000) eq 0xa000000 ? accept : reject
)"),
            R"(root n2
n2: switch load4[26] { 0xa000000-0xaffffff -> accept } else reject
)");
}

TEST(Prefixes, LeaveAMaskedValueThatIsAskedTwice) {
  expect_untouched(prefixes, R"(root n3
n3: test (load1[0] & 0xf0) eq 0x40 ? accept : n2
n2: test (load1[0] & 0xf0) eq 0x60 ? accept : reject
)");
}

TEST(Prefixes, LeaveAMaskWithAGap) {
  expect_untouched(prefixes, R"(root n2
n2: test (load2[14] & 0xfff) eq 0x5 ? accept : reject
)");
}

TEST(Order, AsksFirstForTheValueAtHand) {
  EXPECT_EQ(after(order, R"(root n5
n5: test load4[26] eq 0x1 ? n2 : n4
n4: test load4[30] eq 0x1 ? n3 : reject
n3: test load4[26] eq 0x2 ? accept : reject
n2: test load4[30] eq 0x2 ? accept : reject
)"),
            R"(root n5
n5: test load4[26] eq 0x1 ? n2 : n4
n4: test load4[26] eq 0x2 ? n3 : reject
n3: test load4[30] eq 0x1 ? accept : reject
n2: test load4[30] eq 0x2 ? accept : reject
)");
}

TEST(Order, LeavesTestsWithDifferentWaysOut) {
  expect_untouched(order, R"(root n4
n4: test load4[26] eq 0x1 ? accept : n3
n3: test load4[30] eq 0x1 ? n2 : accept
n2: test load4[26] eq 0x2 ? accept : reject
)");
}

// A load past the end rejects: where failing does not, it may not come first.
TEST(Order, LeavesTestsThatDoNotFailToReject) {
  expect_untouched(order, R"(root n5
n5: test load4[26] eq 0x1 ? accept : n4
n4: test load4[30] eq 0x1 ? n3 : n2
n3: test load4[26] eq 0x2 ? accept : n2
n2: test load1[0] eq 0x2 ? accept : reject
)");
}

TEST(Frequency, FollowsTheLikelyWays) {
  Arena arena;
  const auto f = ir::read(R"(root n4
n4: test load2[12] eq 0x800 ? n3 : n2
n3: test load1[23] eq 0x6 ? accept : reject
n2: test load2[12] eq 0x8137 ? accept : reject
)",
                          &arena);
  ASSERT_TRUE(f);
  const Frequency frequency(*f);
  EXPECT_FLOAT_EQ(frequency.of(4), 1.0F);
  EXPECT_GT(frequency.of(3), frequency.of(2));
  EXPECT_NEAR(frequency.of(ir::kAcceptNode) + frequency.of(ir::kRejectNode), 1.0F, 1e-5);
}

TEST(Frequency, KnowsHowMuchOfTheRangeAnIntervalIs) {
  Arena arena;
  const auto f = ir::read("root n2\nn2: test load1[0] ge 0x80 ? accept : reject\n", &arena);
  ASSERT_TRUE(f);
  const ir::ValueId byte = f->nodes[2].lhs;
  EXPECT_NEAR(Frequency::chance(*f, byte, 0, 127), 0.5F, 0.01);
  EXPECT_LT(Frequency::chance(*f, byte, 200, 200), 0.5F);
}

}  // namespace
}  // namespace weir::filter::opt
