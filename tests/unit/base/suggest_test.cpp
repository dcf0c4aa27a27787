#include "base/suggest.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace weir {
namespace {

TEST(EditDistance, CountsSingleEdits) {
  EXPECT_EQ(edit_distance("port", "port"), 0u);
  EXPECT_EQ(edit_distance("port", "prot"), 1u) << "neighbours swapped";
  EXPECT_EQ(edit_distance("port", "por"), 1u);
  EXPECT_EQ(edit_distance("port", "sport"), 1u);
  EXPECT_EQ(edit_distance("port", "pork"), 1u);
  EXPECT_EQ(edit_distance("", "abc"), 3u);
  EXPECT_EQ(edit_distance("TCP", "tcp"), 0u);
}

TEST(EditDistance, LongWordsAreInfinitelyFar) {
  EXPECT_EQ(edit_distance(std::string(1000, 'a'), "a"), SIZE_MAX);
}

TEST(ClosestWord, PrefersTheNearestAndThenTheFirst) {
  constexpr std::array<std::string_view, 4> kWords = {"port", "proto", "portrange", "host"};
  EXPECT_EQ(closest_word("prot", kWords), "port");
  EXPECT_EQ(closest_word("protoo", kWords), "proto");
  EXPECT_EQ(closest_word("portrnage", kWords), "portrange");
}

TEST(ClosestWord, IsSilentWhenNothingIsNear) {
  constexpr std::array<std::string_view, 3> kWords = {"ip", "tcp", "host"};
  EXPECT_EQ(closest_word("xyzzy", kWords), "");
  EXPECT_EQ(closest_word("q", kWords), "");
  EXPECT_EQ(closest_word("", kWords), "");
}

}  // namespace
}  // namespace weir
