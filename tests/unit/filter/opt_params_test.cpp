// The passes over parameters: assigns and params.
#include <gtest/gtest.h>

#include "filter/opt/assigns.h"
#include "filter/opt/params.h"
#include "unit/filter/pass_text.h"

namespace weir::filter::opt {
namespace {

using testing::after;
using testing::expect_untouched;

TEST(Assigns, AnUnreadAssignmentKeepsItsFault) {
  EXPECT_EQ(after(assigns, R"(root n3
n3: assign p0 = load1[4] -> n2
n2: test load1[0] eq 0x1 ? accept : reject
)"),
            R"(root n3
n3: guard load1[4] -> n2
n2: test load1[0] eq 0x1 ? accept : reject
)");
}

TEST(Assigns, TheLastAssignmentCounts) {
  EXPECT_EQ(after(assigns, R"(root n4
n4: assign p0 = 0x0 -> n3
n3: assign p0 = load1[4] -> n2
n2: test load1[p0] eq 0x1 ? accept : reject
)"),
            R"(root n3
n3: assign p0 = load1[4] -> n2
n2: test load1[p0] eq 0x1 ? accept : reject
)");
}

TEST(Assigns, KeepsWhatIsReadOnOneOfTwoWays) {
  expect_untouched(assigns, R"(root n5
n5: assign p0 = 0x0 -> n4
n4: test load1[0] eq 0x1 ? n3 : n2
n3: assign p0 = load1[4] -> n2
n2: test load1[p0 + 1] eq 0x1 ? accept : reject
)");
}

TEST(Params, PutsTheOnlyValueInItsPlace) {
  EXPECT_EQ(after(params, R"(root n3
n3: assign p0 = (load1[14] & 0xf) -> n2
n2: test load1[p0 + 4] eq 0x1 ? accept : reject
)"),
            R"(root n3
n3: guard load1[14] -> n2
n2: test load1[(load1[14] & 0xf) + 4] eq 0x1 ? accept : reject
)");
}

TEST(Params, KeepsAParameterWithTwoValues) {
  expect_untouched(params, R"(root n5
n5: assign p0 = 0x0 -> n4
n4: test load1[0] eq 0x1 ? n3 : n2
n3: assign p0 = 0x4 -> n2
n2: test load1[p0 + 4] eq 0x1 ? accept : reject
)");
}

TEST(Params, AnUnreadParameterKeepsItsFault) {
  EXPECT_EQ(after(params, R"(root n3
n3: assign p0 = load1[9] -> n2
n2: test load1[0] eq 0x1 ? accept : reject
)"),
            R"(root n3
n3: guard load1[9] -> n2
n2: test load1[0] eq 0x1 ? accept : reject
)");
}

TEST(Params, FollowsAParameterInAnother) {
  EXPECT_EQ(after(params, R"(root n4
n4: assign p0 = 0x6 -> n3
n3: assign p1 = (load1[p0] & 0xf) -> n2
n2: test load1[p1] eq 0x1 ? accept : reject
)"),
            R"(root n3
n3: guard load1[6] -> n2
n2: test load1[(load1[6] & 0xf)] eq 0x1 ? accept : reject
)");
}

}  // namespace
}  // namespace weir::filter::opt
