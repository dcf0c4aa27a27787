// Printers of links and tunnels, where their input is broken.
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "harness/hex.h"
#include "packet/print/packet_printer.h"

namespace weir::packet::print_links {
namespace {

using test::hex;

// Fields that lie outside of the packet fail the test.
class CheckingSink : public FieldSink {
 public:
  explicit CheckingSink(std::size_t size) : size_(size) {}
  void layer(const Protocol&, std::size_t offset, std::size_t) override {
    EXPECT_LE(offset, size_);
  }
  void field(const Field& field, std::size_t offset, std::size_t size, const FieldValue&) override {
    EXPECT_LE(offset, size_) << field.name;
    EXPECT_LE(offset + size, size_) << field.name;
  }

 private:
  std::size_t size_;
};

class InterfaceNames : public AddressNames {
 public:
  std::string_view host4(std::uint32_t) override { return {}; }
  std::string_view host6(std::span<const std::byte, 16>) override { return {}; }
  std::string_view station(std::span<const std::byte, 6>) override { return {}; }
  std::string_view tcp_port(std::uint16_t) override { return {}; }
  std::string_view udp_port(std::uint16_t) override { return {}; }
  std::string_view ip_protocol(std::uint8_t) override { return {}; }
  std::string_view interface(std::uint32_t index) override { return index == 3 ? "eth7" : ""; }
};

PrintOptions options(int verbose) {
  PrintOptions out;
  out.numeric = true;
  out.verbose = verbose;
  out.timestamp = Timestamp::kNone;
  return out;
}

std::string printed(LinkType link_type, std::string_view packet, int verbose = 0,
                    AddressNames* names = nullptr) {
  const auto bytes = hex(packet);
  PacketPrinter printer(options(verbose), names);
  printer.print({.bytes = bytes,
                 .wire_length = static_cast<std::uint32_t>(bytes.size()),
                 .link_type = link_type},
                1);
  return std::string(printer.text());
}

TEST(PrintPpp, FindsPacketsInEscapedFrames) {
  // A flag, and then address and control field, of which the latter is escaped.
  EXPECT_EQ(printed(LinkType::kPpp, "7eff 7d23 c021 0101 0004"),
            "LCP, Conf-Request (0x01), id 1, length 6\n");
  // An escape at the end stands for nothing.
  EXPECT_EQ(printed(LinkType::kPpp, "7eff 7d23 c021 0101 0004 7d"),
            "LCP, Conf-Request (0x01), id 1, length 6\n");
}

TEST(PrintPpp, StopsAtOptionsWithoutALength) {
  EXPECT_EQ(printed(LinkType::kPpp, "ff03 c021 0101 000a 0000 0000 0000", 1),
            "LCP, Conf-Request (0x01), id 1, length 12\n"
            "\tencoded length 10 (=Option(s) length 6)\n"
            "\t  Vend-Ext Option (0x00), length 0 (length bogus, should be >= 2)\n");
}

TEST(PrintRadiotap, EndsWhereItsWordsHaveNoEnd) {
  EXPECT_EQ(printed(LinkType::kIeee80211Radio, "0000 1000 0000 0080 0000 0080 0000 0080"),
            " [|802.11_radio]\n");
}

TEST(PrintRadiotap, AlignsFields) {
  // Flags, and behind a byte of padding the channel.
  EXPECT_EQ(printed(LinkType::kIeee80211Radio,
                    "0000 0e00 0a00 0000 0200 6c09 a000 d400 0000 0200 0000 0001"),
            "short preamble 2412 MHz 11b Acknowledgment RA:02:00:00:00:00:01 \n");
}

TEST(PrintIp6, TakesNoHopByHopOptionsWithoutALengthForGranted) {
  EXPECT_EQ(printed(LinkType::kIpv6,
                    "6000 0000 0000 0001 0000 0000 0000 0000 0000 0000 0000 0001 "
                    "0000 0000 0000 0000 0000 0000 0000 0002 1100 0104 0000 0000"),
            "IP6 ::1 > ::2: HBH [No valid Jumbo Payload Hop-by-Hop option found] (invalid)\n");
}

TEST(PrintGre, EndsSourceRoutesWithoutAnEnd) {
  EXPECT_EQ(printed(LinkType::kIpv4,
                    "4500 0024 0000 0000 402f 0000 0a00 0001 0a00 0002 "
                    "4000 0800 0000 0000 0800 0004 0a00 0003"),
            "IP 10.0.0.1 > 10.0.0.2: GREv0, off 0x0, (rtaf=ip *10.0.0.3) [|gre]\n");
}

TEST(PrintLinuxCooked, NamesInterfaces) {
  constexpr std::string_view kPacket = "88b5 0000 0000 0003 0001 0006 0200 0000 0001 0000";
  InterfaceNames names;
  EXPECT_EQ(printed(LinkType::kLinuxSll2, kPacket, 0, &names).substr(0, 10), "eth7  In  ");
  EXPECT_EQ(printed(LinkType::kLinuxSll2, kPacket).substr(0, 10), "?     In  ");
}

// Cut anywhere, a packet is printed, and its fields lie within what is there.
TEST(PrintLinks, TakesCutPackets) {
  struct Case {
    LinkType link_type;
    std::string_view packet;
  };
  constexpr Case kCases[] = {
      {LinkType::kPpp, "7eff 7d23 0021 4500 0014 0000 0000 4001 0000 0a00 0001 0a00 0002"},
      {LinkType::kPpp, "c021 0101 000e 0506 1234 5678 0305 c223 05"},
      {LinkType::kEn10mb,
       "0200 0000 0001 0200 0000 0002 8864 1100 0001 000e 8021 0101 000c 0306 0a00 0001 ff02"},
      {LinkType::kEn10mb,
       "0200 0000 0001 0200 0000 0002 8847 0001 01ff 4500 0014 0000 0000 4001 0000 0a00 0001"},
      {LinkType::kEn10mb, "0200 0000 0001 0200 0000 0002 0008 aaaa 0300 000c 2004"},
      {LinkType::kEn10mb, "0200 0000 0001 0200 0000 0002 8809 0101 0114 8000 0200 0000 0001 0001"},
      {LinkType::kIeee80211,
       "8000 0000 ffff ffff ffff 0200 0000 0001 0200 0000 0001 0000 0000 0000 0000 0000 6400 "
       "0100 0003 6162 6301 0182 0301 06"},
      {LinkType::kIpv6,
       "6000 0000 0020 8701 0000 0000 0000 0000 0000 0000 0000 0001 0000 0000 0000 0000 0000 "
       "0000 0000 0002 3b03 0500 0000 0001 f000 0010 0312 0000 0000 0000 0000 0000 0000 0000"},
  };
  for (const auto& [link_type, packet] : kCases) {
    const auto bytes = hex(packet);
    for (std::size_t size = 1; size <= bytes.size(); ++size) {
      CheckingSink sink(size);
      PacketPrinter printer(options(3), nullptr, &sink);
      printer.print({.bytes = std::span(bytes).first(size),
                     .wire_length = static_cast<std::uint32_t>(bytes.size()),
                     .link_type = link_type},
                    1);
      EXPECT_TRUE(printer.text().ends_with('\n'));
    }
  }
}

}  // namespace
}  // namespace weir::packet::print_links
