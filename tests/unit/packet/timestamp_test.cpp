#include "packet/print/timestamp.h"

#include <gtest/gtest.h>
#include <stdlib.h>
#include <time.h>

#include <initializer_list>
#include <string>

namespace weir::packet {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::int64_t kNoon = 1'700'049'600 * kSecond;  // 2023-11-15 12:00:00 UTC

std::string printed(Timestamp kind, std::initializer_list<std::int64_t> times, bool nano = false) {
  setenv("TZ", "UTC", 1);
  tzset();
  TimestampPrinter printer(kind, nano);
  Text text;
  for (const std::int64_t time : times) printer.put(text, time);
  return std::string(text.view());
}

TEST(Timestamp, PrintsEachKind) {
  EXPECT_EQ(printed(Timestamp::kTime, {kNoon + 1500}), "12:00:00.000001 ");
  EXPECT_EQ(printed(Timestamp::kNone, {kNoon}), "");
  EXPECT_EQ(printed(Timestamp::kSeconds, {kNoon}), "1700049600.000000 ");
  EXPECT_EQ(printed(Timestamp::kDateTime, {kNoon}), "2023-11-15 12:00:00.000000 ");
  EXPECT_EQ(printed(Timestamp::kTime, {kNoon + 1500}, true), "12:00:00.000001500 ");
}

TEST(Timestamp, CountsFromThePacketBeforeOrTheFirst) {
  EXPECT_EQ(printed(Timestamp::kSincePrevious, {kNoon, kNoon + kSecond, kNoon + 3 * kSecond}),
            " 00:00:00.000000  00:00:01.000000  00:00:02.000000 ");
  EXPECT_EQ(printed(Timestamp::kSinceFirst, {kNoon, kNoon + kSecond, kNoon + 3601 * kSecond}),
            " 00:00:00.000000  00:00:01.000000  01:00:01.000000 ");
}

TEST(Timestamp, CountsBackwardsWithASign) {
  EXPECT_EQ(printed(Timestamp::kSincePrevious, {kNoon, kNoon - 2 * kSecond}),
            " 00:00:00.000000 -00:00:02.000000 ");
}

TEST(Timestamp, PrintsTimesBefore1970AndFarAway) {
  EXPECT_EQ(printed(Timestamp::kDateTime, {-kSecond / 2}), "1969-12-31 23:59:59.500000 ");
  EXPECT_EQ(printed(Timestamp::kDateTime, {4'294'967'296 * kSecond}),
            "2106-02-07 06:28:16.000000 ");
}

TEST(Timestamp, FollowsTheMinute) {
  EXPECT_EQ(printed(Timestamp::kTime, {kNoon + 59 * kSecond, kNoon + 60 * kSecond, kNoon}),
            "12:00:59.000000 12:01:00.000000 12:00:00.000000 ");
}

}  // namespace
}  // namespace weir::packet
