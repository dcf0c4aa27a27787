#include "packet/print/flows.h"

#include <gtest/gtest.h>

namespace weir::packet {
namespace {

FlowKey key(std::uint64_t addresses, std::uint32_t ports) {
  return {.addresses = {addresses, 0, 0, 0}, .ports = ports, .version = 4};
}

TEST(FlowTable, FindsAFlowAgain) {
  FlowTable flows;
  EXPECT_TRUE(flows.find(key(1, 2)).is_new);
  flows.find(key(1, 2)).flow.forward = 77;
  EXPECT_FALSE(flows.find(key(1, 2)).is_new);
  EXPECT_EQ(flows.find(key(1, 2)).flow.forward, 77u);
  EXPECT_TRUE(flows.find(key(1, 3)).is_new);
  EXPECT_TRUE(flows.find(key(2, 2)).is_new);
}

TEST(FlowTable, TellsVersionsApart) {
  FlowTable flows;
  flows.find(key(1, 2));
  FlowKey six = key(1, 2);
  six.version = 6;
  EXPECT_TRUE(flows.find(six).is_new);
}

TEST(FlowTable, KeepsEveryFlowWhileItGrows) {
  constexpr std::uint32_t kFlows = 20'000;
  FlowTable flows;
  for (std::uint32_t i = 0; i < kFlows; ++i) flows.find(key(i, i)).flow.forward = i;
  std::uint32_t kept = 0;
  for (std::uint32_t i = 0; i < kFlows; ++i) {
    const auto [flow, is_new] = flows.find(key(i, i));
    if (!is_new && flow.forward == i) ++kept;
  }
  EXPECT_EQ(kept, kFlows);
}

TEST(FlowTable, ForgetsTheFlowSeenLongestAgoWhenItIsFull) {
  constexpr std::uint32_t kMost = 4;
  FlowTable flows(kMost);
  for (std::uint32_t i = 0; i < kMost; ++i) flows.find(key(i, i));
  flows.find(key(0, 0));          // seen again, so 1 is the oldest now
  flows.find(key(kMost, kMost));  // and makes room
  EXPECT_FALSE(flows.find(key(0, 0)).is_new);
  EXPECT_FALSE(flows.find(key(2, 2)).is_new);
  EXPECT_TRUE(flows.find(key(1, 1)).is_new);
}

TEST(FlowTable, FindsWhatItKeepsAfterManyWereForgotten) {
  constexpr std::uint32_t kMost = 100;
  FlowTable flows(kMost);
  for (std::uint32_t i = 0; i < 50 * kMost; ++i) {
    flows.find(key(i, i)).flow.forward = i;
    const auto [flow, is_new] = flows.find(key(i - i % 10, i - i % 10));
    EXPECT_FALSE(is_new) << i;
    EXPECT_EQ(flow.forward, i - i % 10) << i;
  }
  std::uint32_t kept = 0;
  for (std::uint32_t i = 50 * kMost; i-- > 0;) {
    // Asking for a flow that is forgotten makes another one go, so the last are asked for first.
    if (i + kMost / 2 < 50 * kMost) break;
    if (!flows.find(key(i, i)).is_new) ++kept;
  }
  EXPECT_GT(kept, kMost / 4);
}

}  // namespace
}  // namespace weir::packet
