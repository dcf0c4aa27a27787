// The quick printer of usual segments against the printers of every packet, over packets that are
// usual, nearly so, and broken in every place.
#include "packet/print/transport/usual_segment.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "harness/hex.h"
#include "packet/print/packet_printer.h"

namespace weir::packet {
namespace {

using test::hex;
using Bytes = std::vector<std::byte>;

// Wanting fields, a printer goes the way of every packet; the text is the same.
class Ignored final : public FieldSink {
 public:
  void layer(const Protocol&, std::size_t, std::size_t) override {}
  void field(const Field&, std::size_t, std::size_t, const FieldValue&) override {}
};

PrintOptions plain_options() {
  PrintOptions options;
  options.numeric = true;
  options.timestamp = Timestamp::kNone;
  return options;
}

// Both printers see the same packets, so that they know the same connections.
class BothPrinters {
 public:
  // Tells whether the packet was a usual one.
  bool print(const Bytes& bytes, std::uint32_t wire_length) {
    const Packet packet{.bytes = bytes, .wire_length = wire_length};
    quick_.clear();
    slow_.clear();
    quick_.print(packet, 1);
    slow_.print(packet, 1);
    EXPECT_EQ(quick_.text(), slow_.text());
    line_.text().clear();
    return wire_length >= bytes.size() && print_usual_segment(line_, packet);
  }
  bool print(const Bytes& bytes) { return print(bytes, static_cast<std::uint32_t>(bytes.size())); }

 private:
  PrintOptions options_ = plain_options();
  Ignored ignored_;
  PacketPrinter quick_{options_};
  PacketPrinter slow_{options_, nullptr, &ignored_};
  FlowTable flows_;
  Line line_{options_, flows_, nullptr, nullptr};
};

Bytes operator+(Bytes a, const Bytes& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

Bytes ip4(std::size_t payload) {
  Bytes out =
      hex("020000000001 020000000002 0800  4500 0000 1234 4000 4006 0000 0a000001 c0000201");
  out[16] = static_cast<std::byte>((20 + payload) >> 8);
  out[17] = static_cast<std::byte>(20 + payload);
  return out;
}

Bytes ip6(std::size_t payload) {
  Bytes out =
      hex("020000000001 020000000002 86dd  60000000 0000 06 40 "
          "20010db8000000000000000000000001 20010db8000000000000000000000002");
  out[18] = static_cast<std::byte>(payload >> 8);
  out[19] = static_cast<std::byte>(payload);
  return out;
}

Bytes tcp(std::string_view flags, std::string_view ports = "c001 01bb") {
  return hex(std::string(ports) + " fffffff0 00000010 50" + std::string(flags) + " 01f6 0000 0000");
}

Bytes tcp_with_timestamps(std::string_view flags) {
  return hex("c001 01bb fffffff0 00000010 80" + std::string(flags) +
             " 01f6 0000 0000 0101080a ffffffff 00000007");
}

TEST(UsualSegment, IsPrintedAsEveryPacketIs) {
  for (const std::string_view flags : {"10", "18", "11", "14", "12", "19", "50", "d8"}) {
    for (const std::size_t payload : {0u, 1u, 700u}) {
      for (const Bytes& segment : {tcp(flags), tcp_with_timestamps(flags)}) {
        const Bytes rest = segment + Bytes(payload, std::byte{'x'});
        BothPrinters printers;
        for (int time = 0; time < 2; ++time) {  // the second one has relative numbers
          EXPECT_TRUE(printers.print(ip4(rest.size()) + rest));
          EXPECT_TRUE(printers.print(ip6(rest.size()) + rest));
        }
      }
    }
  }
}

TEST(UsualSegment, MayBeFollowedByPaddingOrCutShortInItsPayload) {
  BothPrinters printers;
  const Bytes padded = ip4(20) + tcp("10") + Bytes(6);
  EXPECT_TRUE(printers.print(padded));
  EXPECT_TRUE(printers.print(ip4(520) + tcp("18"), 14 + 20 + 520));
}

TEST(UsualSegment, IsNoneOfThese) {
  const std::string http = "c001 0050";
  const Bytes data(10, std::byte{'x'});
  const Bytes unusual[] = {
      tcp("02"),               // no acknowledgement
      tcp("30"),               // urgent data
      tcp("18", http) + data,  // a payload that has a printer
      hex("c001 01bb 00000001 00000001 60 10 01f6 0000 0000 020405b4"),
      hex("c001 01bb 00000001 00000001 40 10 01f6 0000 0000"),  // shorter than a header
      hex("c001 01bb 00000001 00000001 f0 10 01f6 0000 0000"),  // longer than the segment
  };
  for (const Bytes& segment : unusual) {
    BothPrinters printers;
    EXPECT_FALSE(printers.print(ip4(segment.size()) + segment));
    EXPECT_FALSE(printers.print(ip6(segment.size()) + segment));
  }
}

TEST(UsualSegment, IsTheSameCutShortAnywhere) {
  BothPrinters printers;
  const Bytes segment = tcp_with_timestamps("18") + Bytes(8);
  for (const Bytes& packet : {ip4(segment.size()) + segment, ip6(segment.size()) + segment}) {
    for (std::size_t size = 0; size <= packet.size(); ++size) {
      const Bytes cut(packet.begin(), packet.begin() + static_cast<std::ptrdiff_t>(size));
      printers.print(cut, static_cast<std::uint32_t>(packet.size()));
      printers.print(cut);
    }
  }
}

TEST(UsualSegment, IsTheSameWithAnyByteChanged) {
  std::mt19937 random(1);
  const Bytes segment = tcp_with_timestamps("18") + Bytes(8);
  int usual = 0;
  constexpr int kRounds = 20'000;
  BothPrinters printers;
  for (int round = 0; round < kRounds; ++round) {
    Bytes packet = round % 2 == 0 ? ip4(segment.size()) + segment : ip6(segment.size()) + segment;
    const std::size_t changes = random() % 3;
    for (std::size_t i = 0; i < changes; ++i)
      packet[random() % packet.size()] = static_cast<std::byte>(random());
    if (printers.print(packet)) ++usual;
    if (testing::Test::HasFailure()) FAIL() << "round " << round;
  }
  EXPECT_GT(usual, kRounds / 4);
  EXPECT_LT(usual, kRounds);
}

}  // namespace
}  // namespace weir::packet
