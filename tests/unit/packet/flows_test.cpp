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
  constexpr std::uint32_t kMost = 4;  // one set
  FlowTable flows(kMost);
  for (std::uint32_t i = 0; i < kMost; ++i) flows.find(key(i, i));
  flows.find(key(0, 0));          // seen again, so 1 is the oldest now
  flows.find(key(kMost, kMost));  // and makes room
  EXPECT_FALSE(flows.find(key(0, 0)).is_new);
  EXPECT_FALSE(flows.find(key(2, 2)).is_new);
  EXPECT_TRUE(flows.find(key(1, 1)).is_new);
}

}  // namespace
}  // namespace weir::packet
