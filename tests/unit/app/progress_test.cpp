#include "app/progress.h"

#include <gtest/gtest.h>

namespace weir::app {
namespace {

using namespace std::chrono_literals;

TEST(Progress, SaysHowMuchIsDoneAndHowLongTheRestTakes) {
  EXPECT_EQ(render({.bytes = 500'000'000,
                    .bytes_total = 2'000'000'000,
                    .packets = 1000,
                    .matched = 7,
                    .elapsed = 2s}),
            "500.0 MB of 2.0 GB (25 %), 1000 packets, 7 matched, 6 s left");
}

TEST(Progress, SaysWhatItKnowsOfAPipe) {
  EXPECT_EQ(
      render(
          {.bytes = 999, .bytes_total = std::nullopt, .packets = 3, .matched = 0, .elapsed = 5s}),
      "999 B, 3 packets, 0 matched");
}

TEST(Progress, PromisesNothingOfAFileThatGrew) {
  EXPECT_EQ(render({.bytes = 20, .bytes_total = 10, .packets = 1, .matched = 1, .elapsed = 1s}),
            "20 B of 10 B (200 %), 1 packets, 1 matched");
}

TEST(ProgressClock, IsDueAfterASecondAndThenFiveTimesASecond) {
  const ProgressClock::Clock::time_point begin;
  ProgressClock clock(begin);
  EXPECT_FALSE(clock.due(begin + 999ms));
  EXPECT_TRUE(clock.due(begin + 1000ms));
  EXPECT_FALSE(clock.due(begin + 1199ms));
  EXPECT_TRUE(clock.due(begin + 1200ms));
  EXPECT_EQ(clock.elapsed(begin + 1200ms), 1200ms);
}

}  // namespace
}  // namespace weir::app
