// The passes that share ends: peel and tails.
#include <gtest/gtest.h>

#include "filter/opt/peel.h"
#include "filter/opt/tails.h"
#include "unit/filter/pass_text.h"

namespace weir::filter::opt {
namespace {

using testing::after;
using testing::expect_untouched;

TEST(Peel, TakesOutTheCaseThatAsksTheRestOfAnotherByte) {
  EXPECT_EQ(after(peel, R"(root n5
n5: switch load1[20] { 0x6 -> n2, 0x11 -> n3, 0x2c -> n4 } else reject
n4: switch load1[54] { 0x6 -> n2, 0x11 -> n3 } else reject
n3: test load1[40] eq 0x1 ? accept : reject
n2: test load1[40] eq 0x2 ? accept : reject
)"),
            R"(root n6
n6: test load1[20] eq 0x2c ? n4 : n5
n5: switch load1[20] { 0x6 -> n2, 0x11 -> n3 } else reject
n4: switch load1[54] { 0x6 -> n2, 0x11 -> n3 } else reject
n3: test load1[40] eq 0x1 ? accept : reject
n2: test load1[40] eq 0x2 ? accept : reject
)");
}

TEST(Peel, TakesItOutOfASwitchOfTwo) {
  EXPECT_EQ(after(peel, R"(root n4
n4: switch load1[20] { 0x6 -> n2, 0x2c -> n3 } else reject
n3: test load1[54] eq 0x6 ? n2 : reject
n2: test load1[40] eq 0x2 ? accept : reject
)"),
            R"(root n5
n5: test load1[20] eq 0x2c ? n3 : n4
n4: test load1[20] eq 0x6 ? n2 : reject
n3: test load1[54] eq 0x6 ? n2 : reject
n2: test load1[40] eq 0x2 ? accept : reject
)");
}

TEST(Peel, LeavesACaseThatAsksSomethingElse) {
  expect_untouched(peel, R"(root n5
n5: switch load1[20] { 0x6 -> n2, 0x11 -> n3, 0x2c -> n4 } else reject
n4: switch load1[54] { 0x6 -> n3, 0x11 -> n2 } else reject
n3: test load1[40] eq 0x1 ? accept : reject
n2: test load1[40] eq 0x2 ? accept : reject
)");
}

TEST(Tails, SharesTcpOverBothKindsOfIp) {
  EXPECT_EQ(after(tails, R"(root n8
n8: switch load2[12] { 0x800 -> n7, 0x86dd -> n4 } else reject
n7: test load1[23] eq 0x6 ? n6 : reject
n6: test load2[((load1[14] & 0xf) << 0x2) + 14] eq 0x50 ? accept : n5
n5: test load2[((load1[14] & 0xf) << 0x2) + 16] eq 0x50 ? accept : reject
n4: test load1[20] eq 0x6 ? n3 : reject
n3: test load2[54] eq 0x50 ? accept : n2
n2: test load2[56] eq 0x50 ? accept : reject
)"),
            R"(root n9
n9: switch load2[12] { 0x800 -> n8, 0x86dd -> n6 } else reject
n8: assign p0 = ((load1[14] & 0xf) << 0x2) -> n7
n7: assign p1 = load1[23] -> n4
n6: assign p0 = 0x28 -> n5
n5: assign p1 = load1[20] -> n4
n4: test p1 eq 0x6 ? n3 : reject
n3: test load2[p0 + 14] eq 0x50 ? accept : n2
n2: test load2[p0 + 16] eq 0x50 ? accept : reject
)");
}

TEST(Tails, DoesNotShareWhatReadsAtDifferentDistances) {
  expect_untouched(tails, R"(root n8
n8: switch load2[12] { 0x800 -> n7, 0x86dd -> n4 } else reject
n7: test load1[23] eq 0x6 ? n6 : reject
n6: test load2[((load1[14] & 0xf) << 0x2) + 14] eq 0x50 ? accept : n5
n5: test load2[((load1[14] & 0xf) << 0x2) + 16] eq 0x50 ? accept : reject
n4: test load1[20] eq 0x6 ? n3 : reject
n3: test load2[54] eq 0x50 ? accept : n2
n2: test load2[58] eq 0x50 ? accept : reject
)");
}

TEST(Tails, DoesNotShareWhatIsEnteredInItsMiddle) {
  expect_untouched(tails, R"(root n9
n9: test load1[0] eq 0x1 ? n8 : n5
n8: switch load2[12] { 0x800 -> n7, 0x86dd -> n4 } else reject
n7: test load1[23] eq 0x6 ? n6 : reject
n6: test load2[((load1[14] & 0xf) << 0x2) + 14] eq 0x50 ? accept : n5
n5: test load2[((load1[14] & 0xf) << 0x2) + 16] eq 0x50 ? accept : reject
n4: test load1[20] eq 0x6 ? n3 : reject
n3: test load2[54] eq 0x50 ? accept : n2
n2: test load2[56] eq 0x50 ? accept : reject
)");
}

// The base is a byte that only packets with another field need.
TEST(Tails, DoesNotComputeABaseForPacketsThatNeedNone) {
  expect_untouched(tails, R"(root n6
n6: test load1[0] eq 0x2 ? n5 : n3
n5: test load1[1] eq 0x4 ? n4 : accept
n4: test load2[((load1[2] & 0x3) << 0x2)] eq 0x3 ? accept : reject
n3: test load1[2] eq 0x4 ? n2 : accept
n2: test load2[((load1[1] & 0xf) << 0x2)] eq 0x3 ? accept : reject
)");
}

}  // namespace
}  // namespace weir::filter::opt
