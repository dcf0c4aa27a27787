#include "packet/summary.h"

#include <gtest/gtest.h>

#include <string>

#include "harness/hex.h"

namespace weir::packet {
namespace {

using test::hex;

constexpr std::string_view kEthernet = "0200 0000 0002 0200 0000 0001 ";
constexpr std::string_view kTcp4 =
    "4500 0028 0001 0000 4006 0000 0a00 0001 0a00 0002 04d2 0050 0000 0000 0000 0000 5002 ffff "
    "0000 0000";
constexpr std::string_view kUdp6 =
    "6000 0000 0008 1140 2001 0db8 0000 0000 0000 0000 0000 0001 2001 0db8 0000 0000 0000 0000 "
    "0000 0002"
    "0035 1000 0008 0000";

std::string join(std::string_view a, std::string_view b) { return std::string(a) + std::string(b); }

std::string summary(std::string_view text, LinkType link_type = LinkType::kEn10mb) {
  const std::vector<std::byte> bytes = hex(text);
  std::string out;
  append_summary({.bytes = bytes,
                  .wire_length = static_cast<std::uint32_t>(bytes.size()),
                  .link_type = link_type},
                 out);
  return out;
}

std::string ethernet(std::string_view type_and_rest) {
  return summary(join(kEthernet, type_and_rest));
}

TEST(Summary, ShowsAddressesAndPortsOfIp4) {
  EXPECT_EQ(ethernet(join("0800", kTcp4)), "10.0.0.1.1234 > 10.0.0.2.80 tcp");
}

TEST(Summary, ShowsAddressesAndPortsOfIp6) {
  EXPECT_EQ(ethernet(join("86dd", kUdp6)), "2001:db8::1.53 > 2001:db8::2.4096 udp");
}

TEST(Summary, ShowsNoPortsOfALaterFragment) {
  EXPECT_EQ(ethernet("0800 4500 0028 0001 00b9 4011 0000 0a00 0001 0a00 0002 1111 2222"),
            "10.0.0.1 > 10.0.0.2 udp fragment at 1480");
}

TEST(Summary, SkipsIp4Options) {
  EXPECT_EQ(
      ethernet(
          "0800 4600 0020 0001 0000 4011 0000 0a00 0001 0a00 0002 0101 0101 0035 0036 0008 0000"),
      "10.0.0.1.53 > 10.0.0.2.54 udp");
}

TEST(Summary, SkipsIp6ExtensionHeaders) {
  EXPECT_EQ(
      ethernet("86dd 6000 0000 0010 0040 2001 0db8 0000 0000 0000 0000 0000 0001"
               "2001 0db8 0000 0000 0000 0000 0000 0002 3a00 0502 0000 0100 8000 0000 0001 0001"),
      "2001:db8::1 > 2001:db8::2 icmp6 echo request");
}

TEST(Summary, NamesTheTypesOfIcmp) {
  EXPECT_EQ(ethernet("0800 4500 001c 0001 0000 4001 0000 0a00 0001 0a00 0002 0800 0000"),
            "10.0.0.1 > 10.0.0.2 icmp echo request");
  EXPECT_EQ(ethernet("0800 4500 001c 0001 0000 4001 0000 0a00 0001 0a00 0002 2a00 0000"),
            "10.0.0.1 > 10.0.0.2 icmp type 42");
}

TEST(Summary, ShowsArpQuestionsAndAnswers) {
  EXPECT_EQ(ethernet("0806 0001 0800 0604 0001 0200 0000 0001 0a00 0001 0000 0000 0000 0a00 0002"),
            "arp who-has 10.0.0.2 tell 10.0.0.1");
  EXPECT_EQ(ethernet("0806 0001 0800 0604 0002 0200 0000 0001 0a00 0001 0200 0000 0002 0a00 0002"),
            "arp 10.0.0.1 is-at 02:00:00:00:00:01");
}

TEST(Summary, ShowsWhatAPacketIsWrappedIn) {
  EXPECT_EQ(ethernet(join("88a8 00c8 8100 0005 0800", kTcp4)),
            "vlan 200 vlan 5 10.0.0.1.1234 > 10.0.0.2.80 tcp");
  EXPECT_EQ(ethernet(join("8847 0040 0040 0001 0140", kTcp4)),
            "mpls 1024 mpls 16 10.0.0.1.1234 > 10.0.0.2.80 tcp");
  EXPECT_EQ(ethernet(join("8864 1100 0027 002a 0021", kTcp4)),
            "pppoe 39 10.0.0.1.1234 > 10.0.0.2.80 tcp");
}

TEST(Summary, NamesWhatItDoesNotTakeApart) {
  EXPECT_EQ(ethernet("88cc 0207"), "lldp");
  EXPECT_EQ(ethernet("1234 0207"), "ethertype 0x1234");
  EXPECT_EQ(ethernet("0026 4242 0300"), "llc stp");
}

TEST(Summary, LooksBehindSnap) {
  EXPECT_EQ(ethernet(join("0030 aaaa 0300 0000 0800", kTcp4)), "10.0.0.1.1234 > 10.0.0.2.80 tcp");
}

TEST(Summary, FindsIpBehindEveryLinkType) {
  const std::string want = "10.0.0.1.1234 > 10.0.0.2.80 tcp";
  EXPECT_EQ(summary(kTcp4, LinkType::kRaw), want);
  EXPECT_EQ(summary(kTcp4, LinkType::kIpv4), want);
  EXPECT_EQ(summary(join("0200 0000", kTcp4), LinkType::kNull), want);
  EXPECT_EQ(summary(join("0000 0002", kTcp4), LinkType::kLoop), want);
  EXPECT_EQ(summary(join("0000 0001 0006 0200 0000 0001 0000 0800", kTcp4), LinkType::kLinuxSll),
            want);
  EXPECT_EQ(summary(join("0800 0000 0000 0002 0001 0006 0200 0000 0001 0000", kTcp4),
                    LinkType::kLinuxSll2),
            want);
  EXPECT_EQ(summary(join("0021", kTcp4), LinkType::kPpp), want);
  EXPECT_EQ(summary(join("ff03 0021", kTcp4), LinkType::kPpp), want);
  EXPECT_EQ(summary(join("ff03 21", kTcp4), LinkType::kPppSerial), want);
  EXPECT_EQ(summary(join("0f00 0800", kTcp4), LinkType::kPppSerial), want);
  EXPECT_EQ(summary(join("0f00 0800", kTcp4), LinkType::kCHdlc), want);
  EXPECT_EQ(summary(join("6000 0000 0000 0640 0000 0000 0000 0000 0000 0000 0000 0001"
                         "0000 0000 0000 0000 0000 0000 0000 0001",
                         "04d2 0050"),
                    LinkType::kIpv6),
            "::1.1234 > ::1.80 tcp");
}

TEST(Summary, FindsIpInWlanData) {
  const std::string data =
      "0801 0000 0200 0000 0001 0200 0000 0002 0200 0000 0003 0000 aaaa 0300 0000 0800";
  EXPECT_EQ(summary(join(data, kTcp4), LinkType::kIeee80211), "10.0.0.1.1234 > 10.0.0.2.80 tcp");
  EXPECT_EQ(summary(join("0000 0800 0000 0000" + data, kTcp4), LinkType::kIeee80211Radio),
            "10.0.0.1.1234 > 10.0.0.2.80 tcp");
}

TEST(Summary, NamesWlanFramesWithoutData) {
  EXPECT_EQ(
      summary("8000 0000 ffff ffff ffff 0200 0000 0002 0200 0000 0002 0000", LinkType::kIeee80211),
      "02:00:00:00:00:02 > ff:ff:ff:ff:ff:ff 802.11 beacon");
  EXPECT_EQ(summary("d400 0000 0200 0000 0001", LinkType::kIeee80211), "802.11 ack");
}

TEST(Summary, SaysWhenAPacketIsCut) {
  const std::string whole = join(join(kEthernet, "8100 0005 0800"), kTcp4);
  const std::vector<std::byte> bytes = hex(whole);
  constexpr std::size_t kPortsEnd = 14 + 4 + 20 + 4;
  for (std::size_t length = 0; length < kPortsEnd; ++length) {
    std::string out;
    append_summary({.bytes = std::span(bytes).first(length), .wire_length = 58}, out);
    EXPECT_TRUE(out.ends_with("cut short")) << length << ": " << out;
  }
}

TEST(Summary, EndsOnAnyBytes) {
  for (const LinkTypeInfo& info : link_types()) {
    for (unsigned fill = 0; fill < 256; ++fill) {
      const std::vector<std::byte> bytes(200, static_cast<std::byte>(fill));
      std::string out;
      append_summary({.bytes = bytes, .wire_length = 200, .link_type = info.type}, out);
      EXPECT_FALSE(out.empty()) << info.name << " " << fill;
    }
  }
}

TEST(Time, HasSixDigitsOrNineWhereNeeded) {
  std::string out;
  append_time(1'433'421'113'718'074'000, out);
  EXPECT_EQ(out, "2015-06-04T12:31:53.718074Z");
  out.clear();
  append_time(1, out);
  EXPECT_EQ(out, "1970-01-01T00:00:00.000000001Z");
  out.clear();
  append_time(-1000, out);
  EXPECT_EQ(out, "1969-12-31T23:59:59.999999Z");
}

}  // namespace
}  // namespace weir::packet
