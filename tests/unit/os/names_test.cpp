#include "os/names.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

namespace weir::os {
namespace {

TEST(SystemNames, FindsThisMachine) {
  const auto addresses = system_names()->host("localhost");
  ASSERT_TRUE(addresses) << addresses.error().message;
  const bool ip4 = std::ranges::find(addresses->ip4, 0x7f000001u) != addresses->ip4.end();
  EXPECT_TRUE(ip4 || !addresses->ip6.empty());
}

TEST(SystemNames, GivesEachAddressOnce) {
  const auto addresses = system_names()->host("127.0.0.1");
  ASSERT_TRUE(addresses) << addresses.error().message;
  EXPECT_EQ(addresses->ip4, std::vector<std::uint32_t>{0x7f000001});
}

// `.invalid` never resolves (RFC 6761); so the test asks nobody when there is no network either.
TEST(SystemNames, SaysWhichHostIsUnknown) {
  const auto addresses = system_names()->host("no-such-host.invalid");
  ASSERT_FALSE(addresses);
  EXPECT_TRUE(addresses.error().message.starts_with("unknown host `no-such-host.invalid`: "));
  EXPECT_FALSE(addresses.error().hint.empty());
}

TEST(SystemNames, FindsServicesWithTheirTransports) {
  if (!std::filesystem::exists("/etc/services"))
    GTEST_SKIP() << "this machine has no /etc/services";
  const auto ports = system_names()->service("domain");
  ASSERT_EQ(ports.size(), 2u);
  EXPECT_EQ(ports[0].transport, Transport::kTcp);
  EXPECT_EQ(ports[1].transport, Transport::kUdp);
  EXPECT_EQ(ports[0].port, 53);
  EXPECT_TRUE(system_names()->service("no-such-service").empty());
}

TEST(SystemNames, FindsProtocols) {
  if (!std::filesystem::exists("/etc/protocols"))
    GTEST_SKIP() << "this machine has no /etc/protocols";
  EXPECT_EQ(system_names()->protocol("tcp"), 6);
  EXPECT_EQ(system_names()->protocol("no-such-protocol"), std::nullopt);
}

TEST(SystemNames, KnowsNoNetworkAndNoStationByAnUnknownName) {
  EXPECT_EQ(system_names()->network("no-such-network.invalid"), std::nullopt);
  EXPECT_EQ(system_names()->ether("no-such-station.invalid"), std::nullopt);
}

}  // namespace
}  // namespace weir::os
