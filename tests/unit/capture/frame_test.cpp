#include "capture/frame.h"

#include <gtest/gtest.h>

#include "harness/fake_packet_socket.h"

namespace weir::capture {
namespace {

using test::FakeFrame;
using Bytes = std::vector<std::byte>;

constexpr std::size_t kBlock = 4096;
constexpr OfferedLinkType kEthernet = {.type = LinkType::kEn10mb};

Bytes counting(std::size_t size) {
  Bytes out;
  for (std::size_t i = 0; i < size; ++i) out.push_back(static_cast<std::byte>(i + 1));
  return out;
}

// The packet of a block's only frame, copied.
struct Made {
  Bytes block;
  std::optional<Packet> packet;

  Made(const FakeFrame& frame, const FrameShape& shape) : block(test::block_of({frame}, kBlock)) {
    os::RingBlock frames(block);
    os::RingFrame next;
    if (frames.next(next)) packet = packet_of(next, shape);
  }
  std::string hex(std::size_t begin, std::size_t size) const {
    std::string out;
    for (const std::byte byte : packet->bytes.subspan(begin, size)) {
      out += "0123456789abcdef"[std::to_integer<unsigned>(byte) >> 4];
      out += "0123456789abcdef"[std::to_integer<unsigned>(byte) & 15];
    }
    return out;
  }
};

TEST(Frame, IsAPacketWithItsTimeAndLengths) {
  const Made made({.bytes = counting(60), .wire_length = 1500, .seconds = 5, .nanoseconds = 1999},
                  {.link_type = kEthernet, .snaplen = 262144, .interface_id = 3});
  ASSERT_TRUE(made.packet);
  EXPECT_EQ(made.packet->bytes.size(), 60u);
  EXPECT_EQ(made.packet->wire_length, 1500u);
  EXPECT_EQ(made.packet->time_ns, 5'000'001'000);
  EXPECT_EQ(made.packet->interface_id, 3u);
  EXPECT_EQ(made.packet->direction, Direction::kInbound);
}

TEST(Frame, KeepsNanosecondsWhenTheyAreWanted) {
  const Made made({.bytes = counting(60), .nanoseconds = 1999, .packet_type = os::kPacketOutgoing},
                  {.link_type = kEthernet, .snaplen = 262144, .nanoseconds = true});
  EXPECT_EQ(made.packet->time_ns, 1'000'001'999);
  EXPECT_EQ(made.packet->direction, Direction::kOutbound);
}

TEST(Frame, GetsItsVlanTagBackBehindTheAddresses) {
  const Made made({.bytes = counting(60), .tag = 0x2005, .tpid = 0x88a8},
                  {.link_type = kEthernet, .snaplen = 262144});
  ASSERT_TRUE(made.packet);
  EXPECT_EQ(made.packet->bytes.size(), 64u);
  EXPECT_EQ(made.packet->wire_length, 64u);
  EXPECT_EQ(made.hex(0, 18), "0102030405060708090a0b0c88a820050d0e");
}

TEST(Frame, TakesTheTagFor8021qWhenTheKernelDoesNotSay) {
  const Made made({.bytes = counting(60), .tag = 7}, {.link_type = kEthernet, .snaplen = 262144});
  EXPECT_EQ(made.hex(12, 4), "81000007");
}

TEST(Frame, GetsNoTagWhereThePacketEndsBeforeIt) {
  const Made made({.bytes = counting(11), .tag = 7}, {.link_type = kEthernet, .snaplen = 262144});
  EXPECT_EQ(made.packet->bytes.size(), 11u);
}

TEST(Frame, IsCutToTheSnaplenWithWhatWasPutIn) {
  const Made made({.bytes = counting(60), .tag = 7}, {.link_type = kEthernet, .snaplen = 20});
  EXPECT_EQ(made.packet->bytes.size(), 20u);
  EXPECT_EQ(made.packet->wire_length, 64u);
}

TEST(Frame, GetsCookedHeaders) {
  const FakeFrame frame = {
      .bytes = counting(20), .packet_type = 4, .hardware_type = 772, .interface_index = 258};
  const auto header_of = [&](LinkType type, CookedHeader header, std::size_t size) {
    return Made(frame, {.link_type = {.type = type, .header = header}, .snaplen = 262144})
        .hex(0, size);
  };
  EXPECT_EQ(header_of(LinkType::kLinuxSll2, CookedHeader::kSll2, 22),
            "08000000000001020304040601020304050607080102");
  EXPECT_EQ(header_of(LinkType::kLinuxSll, CookedHeader::kSll, 18),
            "000403040006010203040506070808000102");
}

TEST(Frame, FailsWithoutSpaceForItsHeader) {
  const Made made({.bytes = counting(20), .room = 19},
                  {.link_type = {.type = LinkType::kLinuxSll2, .header = CookedHeader::kSll2},
                   .snaplen = 262144});
  EXPECT_FALSE(made.packet);
}

TEST(RingBlock, IsNotReadPastItsEndWhateverItsOffsetsSay) {
  const Bytes whole = test::block_of({{.bytes = counting(60)}, {.bytes = counting(60)}}, 512);
  for (std::size_t at = 0; at < 200; ++at) {
    for (const int value : {0, 1, 127, 255}) {
      Bytes block = whole;
      block[at] = static_cast<std::byte>(value);
      os::RingBlock frames(block);
      os::RingFrame frame;
      for (int i = 0; i < 1000 && frames.next(frame); ++i) {
        ASSERT_GE(frame.space.data(), block.data());
        ASSERT_LE(frame.space.data() + frame.space.size(), block.data() + block.size());
        (void)packet_of(frame, {.link_type = kEthernet, .snaplen = 262144});
      }
    }
  }
}

}  // namespace
}  // namespace weir::capture
