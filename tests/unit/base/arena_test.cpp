#include "base/arena.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <span>
#include <utility>

namespace weir {
namespace {

using ::testing::ElementsAre;

bool is_inside(const void* at, std::span<const std::byte> block) {
  return at >= block.data() && at < block.data() + block.size();
}

TEST(Arena, TakesFromTheFirstBlockAndThenFromTheHeap) {
  alignas(Arena::kAlignment) std::array<std::byte, 64> first;
  Arena arena(first);
  EXPECT_TRUE(is_inside(arena.allocate(40), first));
  EXPECT_FALSE(is_inside(arena.allocate(40), first));
}

TEST(Arena, AlignsAllThatItGives) {
  Arena arena;
  for (const std::size_t size : {1u, 7u, 8u, 13u}) {
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(arena.allocate(size)) % Arena::kAlignment, 0u);
  }
}

TEST(Arena, GivesBlocksLargerThanItsOwn) {
  Arena arena;
  for (const std::size_t size : {std::size_t{1} << 20, std::size_t{10}, std::size_t{1} << 21}) {
    std::memset(arena.allocate(size), 0xff, size);
  }
}

TEST(ArenaVector, KeepsWhatItHoldsWhileItGrows) {
  Arena arena;
  ArenaVector<int> numbers(&arena);
  for (int i = 0; i < 10000; ++i) numbers.push_back(i);
  for (int i = 0; i < 10000; ++i) ASSERT_EQ(numbers[static_cast<std::size_t>(i)], i);
  numbers.push_back(numbers.front());
  EXPECT_EQ(numbers.back(), 0);
}

TEST(ArenaVector, TakesAListInBraces) {
  Arena arena;
  EXPECT_THAT(ArenaVector<unsigned>({3u}, &arena), ElementsAre(3));
  EXPECT_THAT(ArenaVector<unsigned>(3, &arena), ElementsAre(0, 0, 0));
}

TEST(ArenaVector, CopiesAreIndependent) {
  Arena arena;
  ArenaVector<int> numbers(3, 5, &arena);
  ArenaVector<int> copy = numbers;
  numbers[0] = 1;
  EXPECT_THAT(copy, ElementsAre(5, 5, 5));
  copy = numbers;
  EXPECT_THAT(copy, ElementsAre(1, 5, 5));
  copy = std::move(numbers);
  EXPECT_THAT(copy, ElementsAre(1, 5, 5));
}

TEST(ArenaVector, ChangesItsSizeAsAStandardVector) {
  Arena arena;
  ArenaVector<int> numbers(&arena);
  numbers.resize(2, 7);
  numbers.resize(3);
  EXPECT_THAT(numbers, ElementsAre(7, 7, 0));
  const std::array<int, 2> more{8, 9};
  numbers.append(more.begin(), more.end());
  numbers.erase(numbers.begin() + 1);
  EXPECT_THAT(numbers, ElementsAre(7, 0, 8, 9));
  numbers.resize(1);
  numbers.emplace_back(4);
  EXPECT_THAT(numbers, ElementsAre(7, 4));
  numbers.assign(2, 1);
  EXPECT_THAT(numbers, ElementsAre(1, 1));
}

}  // namespace
}  // namespace weir
