#include "os/links.h"

#include <gtest/gtest.h>

#include "harness/fake_netlink.h"

namespace weir::os {
namespace {

using namespace weir::test;

constexpr std::uint16_t kName = 3;
constexpr std::uint16_t kQdisc = 6;
constexpr std::uint16_t kLinkInfo = 18;
constexpr std::uint16_t kLocal = 2;
constexpr std::uint32_t kUpAndRunning = 0x41;

Bytes veth(std::uint32_t index, std::string_view name) {
  return message(kNewLink, link_body(index, 1, kUpAndRunning) + attribute(kName, name) +
                               attribute(kQdisc, "noqueue") +
                               attribute(kLinkInfo, attribute(1, "veth")));
}
const Bytes kEnd = message(kDone, Bytes(4));

TEST(Links, AreListedByIndexWithTheirAddresses) {
  FakeNetlink netlink;
  const std::byte address[] = {std::byte{10}, std::byte{0}, std::byte{0}, std::byte{1}};
  netlink.answers = {veth(7, "b") + veth(2, "a"), kEnd,
                     message(kNewAddress, address_body(7, 24) + attribute(kLocal, address)) +
                         message(kNewAddress, address_body(9, 24) + attribute(kLocal, address)) +
                         kEnd};
  const auto links = list_links(netlink);
  ASSERT_TRUE(links) << links.error().message;
  ASSERT_EQ(links->size(), 2u);
  EXPECT_EQ(links->front().name, "a");
  const Link& link = links->back();
  EXPECT_EQ(link.name, "b");
  EXPECT_EQ(link.kind, "veth");
  EXPECT_EQ(link.qdisc, "noqueue");
  EXPECT_EQ(state_text(link), "up");
  EXPECT_FALSE(link.has_device);
  ASSERT_EQ(link.addresses.size(), 1u);
  EXPECT_EQ(link.addresses.front().prefix, 24);
}

TEST(Links, AreListedAgainWhenTheyChangeMeanwhile) {
  FakeNetlink netlink;
  netlink.answers = {veth(1, "old"), message(kDone, Bytes(4), kInterrupted), veth(2, "new") + kEnd,
                     kEnd};
  const auto links = list_links(netlink);
  ASSERT_TRUE(links);
  ASSERT_EQ(links->size(), 1u);
  EXPECT_EQ(links->front().name, "new");
  EXPECT_EQ(netlink.requests.size(), 3u);
}

TEST(Links, ThatNeverHoldStillAreAnError) {
  FakeNetlink netlink;
  for (int i = 0; i < 100; ++i) netlink.answers.push_back(message(kDone, Bytes(4), kInterrupted));
  EXPECT_FALSE(list_links(netlink));
}

TEST(Links, FailWhenTheKernelRefusesOrTheSocketFails) {
  FakeNetlink netlink;
  ByteWriter code(std::endian::native);
  code.u32(static_cast<std::uint32_t>(-1));  // EPERM
  netlink.answers = {message(kError, code.release())};
  const auto refused = list_links(netlink);
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("Operation not permitted"), std::string::npos);
  EXPECT_FALSE(list_links(netlink));  // nothing left to receive
}

TEST(Links, AreNotReadPastTheEndOfWhatCame) {
  const Bytes whole = veth(2, "a") + kEnd;
  for (std::size_t size = 0; size < whole.size(); ++size) {
    FakeNetlink netlink;
    netlink.answers = {Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)),
                       kEnd, kEnd};
    (void)list_links(netlink);  // the sanitizers watch
  }
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (const int value : {0, 1, 3, 255}) {
      FakeNetlink netlink;
      Bytes bytes = whole;
      bytes[at] = static_cast<std::byte>(value);
      netlink.answers = {bytes, kEnd, kEnd};
      (void)list_links(netlink);
    }
  }
}

TEST(Links, OfThisMachineHaveNames) {
  const auto links = list_links();
  ASSERT_TRUE(links) << links.error().message;
  for (const Link& link : *links) EXPECT_FALSE(link.name.empty());
}

}  // namespace
}  // namespace weir::os
