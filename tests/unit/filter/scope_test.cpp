// What is behind headers of variable length, on packets made by hand.
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include <weir/link_type.h>

#include "filter/compile.h"
#include "harness/hex.h"
#include "vm/classic_interpreter.h"

namespace weir::filter {
namespace {

bool matches(std::string_view expression, std::string_view bytes) {
  Options options;
  options.link_type = LinkType::kRaw;
  diag::Diagnostics diagnostics;
  const auto code = compile(expression, options, diagnostics);
  if (!code) {
    ADD_FAILURE() << diagnostics.all().front().message;
    return false;
  }
  const std::vector<std::byte> packet = test::hex(bytes);
  const auto length = static_cast<std::uint32_t>(packet.size());
  return vm::run_classic(*code, {.bytes = packet, .wire_length = length}).verdict != 0;
}

// An IPv4 header of 20 bytes: total length 40, the protocol.
#define IP4(protocol) "450000280000000000" protocol "00000a0000010a000002"

constexpr std::string_view kUdpWithPadding = IP4("11") "0035003500140000" "414243444546474849404142" "5859";

TEST(Payload, EndsWhereTheIpPacketEnds) {
  EXPECT_TRUE(matches(R"(payload "ABCDEFGHI@AB")", kUdpWithPadding));
  EXPECT_FALSE(matches(R"(payload "ABCDEFGHI@ABX")", kUdpWithPadding));
  EXPECT_TRUE(matches("payload[11:1] = 0x42", kUdpWithPadding));
  EXPECT_FALSE(matches("payload[12:1] = 0x58", kUdpWithPadding));
}

TEST(Payload, OfAPacketWithoutALengthIsAllOfIt) {
  std::string packet(kUdpWithPadding);
  packet.replace(4, 4, "0000");
  EXPECT_TRUE(matches("payload[12:1] = 0x58", packet));
}

TEST(Gre, IsNotEnteredWithASourceRoute) {
  EXPECT_TRUE(matches("gre { ip proto 17 }", IP4("2f") "00000800" IP4("11")));
  EXPECT_FALSE(matches("gre { ip proto 17 }", IP4("2f") "40000800" IP4("11")));
  EXPECT_TRUE(matches("gre { ip proto 17 }", IP4("2f") "80000800"
                                                       "00000000" IP4("11")));
}

#undef IP4

}  // namespace
}  // namespace weir::filter
