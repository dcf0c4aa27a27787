#include "capfile/time_scale.h"

#include <gtest/gtest.h>

#include <limits>

namespace weir::capfile {
namespace {

constexpr auto kLatest = std::numeric_limits<std::int64_t>::max();
constexpr auto kEarliest = std::numeric_limits<std::int64_t>::min();

TEST(TimeScale, IsExactForDecimalResolutions) {
  EXPECT_EQ(TimeScale(1, 0).nanoseconds(3), 3'000'000'000);
  EXPECT_EQ(TimeScale(1'000'000, 0).nanoseconds(1'700'000'000'123'456), 1'700'000'000'123'456'000);
  EXPECT_EQ(TimeScale(1'000'000'000, 0).nanoseconds(1'700'000'000'123'456'789),
            1'700'000'000'123'456'789);
}

TEST(TimeScale, RoundsFinerResolutionsDown) {
  EXPECT_EQ(TimeScale(1'000'000'000'000, 0).nanoseconds(1'999), 1);
  EXPECT_EQ(TimeScale(10'000'000'000'000'000'000u, 0).nanoseconds(10'000'000'000'000'000'000u),
            1'000'000'000);
}

TEST(TimeScale, IsExactForPowersOfTwo) {
  EXPECT_EQ(TimeScale(1u << 10, 0).nanoseconds(1), 976'562);
  EXPECT_EQ(TimeScale(1u << 9, 0).nanoseconds(513), 1'001'953'125);
  EXPECT_EQ(TimeScale(std::uint64_t{1} << 63, 0).nanoseconds(std::uint64_t{1} << 62), 500'000'000);
}

TEST(TimeScale, AddsTheOffset) {
  EXPECT_EQ(TimeScale(1'000'000, 10).nanoseconds(5), 10'000'005'000);
  EXPECT_EQ(TimeScale(1'000'000, -10).nanoseconds(5), -9'999'995'000);
}

TEST(TimeScale, StopsAtTheBoundsOfTheRepresentableYears) {
  constexpr auto kAll = std::numeric_limits<std::uint64_t>::max();
  EXPECT_EQ(TimeScale(1, 0).nanoseconds(kAll), kLatest);
  EXPECT_EQ(TimeScale(1'000'000'000, 0).nanoseconds(kAll), kLatest);
  EXPECT_EQ(TimeScale(1'000'000, 0).nanoseconds(9'223'372'036'854'775), 9'223'372'036'854'775'000);
  EXPECT_EQ(TimeScale(1'000'000, 0).nanoseconds(9'223'372'036'854'776), kLatest);
  EXPECT_EQ(TimeScale(1'000'000, std::numeric_limits<std::int64_t>::min()).nanoseconds(0),
            kEarliest);
}

}  // namespace
}  // namespace weir::capfile
