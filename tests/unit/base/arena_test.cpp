#include "base/arena.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <span>
#include <utility>
#include <vector>

namespace weir {
namespace {

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

TEST(Arena, UsesAgainWhatWasTakenLast) {
  Arena arena;
  void* const kept = arena.allocate(16);
  void* const last = arena.allocate(16);
  arena.deallocate(last, 16);
  EXPECT_EQ(arena.allocate(24), last);
  arena.deallocate(kept, 16);
  EXPECT_NE(arena.allocate(16), kept);
}

TEST(Arena, HoldsVectorsAndTheirCopies) {
  Arena arena;
  std::vector<int, ArenaAllocator<int>> numbers(&arena);
  for (int i = 0; i < 10000; ++i) numbers.push_back(i);
  auto copy = numbers;
  EXPECT_EQ(copy.get_allocator().arena(), &arena);
  numbers.clear();
  numbers.push_back(7);
  EXPECT_EQ(copy[9999], 9999);
  copy = std::move(numbers);
  EXPECT_EQ(copy.front(), 7);
}

}  // namespace
}  // namespace weir
