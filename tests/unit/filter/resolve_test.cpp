#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "filter/address.h"
#include "filter/resolve/prefixes.h"
#include "unit/filter/front.h"

namespace weir::filter {
namespace {

using testing::resolved_text;
using testing::run_front;

Options with_file(std::map<std::string, std::string> files) {
  Options options;
  options.load_list = [files = std::move(files)](const std::string& path) -> Result<std::string> {
    const auto found = files.find(path);
    if (found != files.end()) return found->second;
    return fail(fmt::format("cannot read `{}`: no such file", path));
  };
  return options;
}

TEST(Resolve, AListThatIsEmptyIsRefusedByEveryTest) {
  const Options options = with_file({{"empty", ""}, {"blank", "# nothing\n , \t\n"}, {"one", "1"}});
  for (const std::string file : {"@empty", "@blank", "{@empty, @blank}"}) {
    for (const std::string test : {"host", "net", "not src host", "ether host", "port", "proto",
                                   "vlan", "mpls", "pppoes", "geneve", "vxlan"}) {
      const std::string text = fmt::format("{} in {}", test, file);
      const auto front = run_front(text, options);
      ASSERT_EQ(front.diagnostics.all().size(), 1u) << text;
      const diag::Diagnostic& error = front.diagnostics.all()[0];
      EXPECT_EQ(text_of(text, error.range), file == "@blank" ? "@blank" : "@empty") << text;
      EXPECT_EQ(error.message, fmt::format("the list in `{}` has no elements",
                                           file == "@blank" ? "blank" : "empty"));
    }
  }
  EXPECT_EQ(resolved_text("vlan in {@empty, @one}", options), "vlan {1}\n");
}

TEST(Resolve, ABackslashByItselfIsNoName) {
  const Options options = with_file({{"bad", "\\"}});
  for (const std::string test : {"port", "proto", "host", "ether host", "vlan", "ether proto"}) {
    const auto front = run_front(test + " in @bad", options);
    ASSERT_EQ(front.diagnostics.all().size(), 1u) << test;
    const std::string& message = front.diagnostics.all()[0].message;
    EXPECT_NE(message.find("`\\`"), std::string::npos) << message;
  }
}

TEST(Resolve, HostsKeepTheirQualifiersAndTheirMask) {
  EXPECT_EQ(resolved_text("host 10.0.0.1"), "host proto=any dir=any {10.0.0.1/255.255.255.255}\n");
  EXPECT_EQ(resolved_text("src 10.0.0.1"), "host proto=any dir=src {10.0.0.1/255.255.255.255}\n");
  EXPECT_EQ(resolved_text("arp dst host 10.1"), "host proto=arp dir=dst {10.1.0.0/255.255.0.0}\n");
  EXPECT_EQ(resolved_text("host 5"), "host proto=any dir=any {0.0.0.5/255.255.255.255}\n");
  EXPECT_EQ(resolved_text("ip6 host ::1"), "host proto=ip6 dir=any {::1/128}\n");
  EXPECT_EQ(resolved_text("host 2001:db8::1/128"), "host proto=any dir=any {2001:db8::1/128}\n");
}

TEST(Resolve, NetsAreLeftJustifiedAndMasked) {
  EXPECT_EQ(resolved_text("net 10"), "host proto=any dir=any {10.0.0.0/255.0.0.0}\n");
  EXPECT_EQ(resolved_text("net 10.1"), "host proto=any dir=any {10.1.0.0/255.255.0.0}\n");
  EXPECT_EQ(resolved_text("net 10.1.0.0/16"), "host proto=any dir=any {10.1.0.0/255.255.0.0}\n");
  EXPECT_EQ(resolved_text("net 10.0.0.1 mask 255.0.0.255"),
            "host proto=any dir=any {10.0.0.1/255.0.0.255}\n");
  EXPECT_EQ(resolved_text("net 0.0.0.0/0"), "host proto=any dir=any {0.0.0.0/0.0.0.0}\n");
  EXPECT_EQ(resolved_text("net 2001:db8::/32"), "host proto=any dir=any {2001:db8::/32}\n");
  EXPECT_EQ(resolved_text("net office"), "host proto=any dir=any {10.1.2.0/255.255.255.0}\n");
}

TEST(Resolve, ANameKeepsEveryAddressThatFits) {
  EXPECT_EQ(resolved_text("host both"),
            "host proto=any dir=any {10.0.0.1/255.255.255.255, 10.0.0.2/255.255.255.255, "
            "2001:db8::1/128}\n");
  EXPECT_EQ(resolved_text("ip host both"),
            "host proto=ip dir=any {10.0.0.1/255.255.255.255, 10.0.0.2/255.255.255.255}\n");
  EXPECT_EQ(resolved_text("ip6 host both"), "host proto=ip6 dir=any {2001:db8::1/128}\n");
}

TEST(Resolve, ANameOfSeveralAddressesIsSeveralAlternativesAndAListIsASet) {
  const auto many = [](std::string_view text) {
    return std::get<resolved::Host>(run_front(text).resolved.nodes.back().data).many;
  };
  EXPECT_EQ(many("src and dst host both"), resolved::Many::kAlternatives);
  EXPECT_EQ(many("src and dst host in {both}"), resolved::Many::kSet);
}

TEST(Resolve, PortsTakeTheTransportOfTheirName) {
  EXPECT_EQ(resolved_text("port 80"), "port proto=any dir=any {80}\n");
  EXPECT_EQ(resolved_text("port http"), "port proto=tcp dir=any {80}\n");
  EXPECT_EQ(resolved_text("port syslog"), "port proto=udp dir=any {514}\n");
  EXPECT_EQ(resolved_text("port domain"), "port proto=any dir=any {53}\n");
  EXPECT_EQ(resolved_text("port split"), "port proto=tcp dir=any {1000}\n");
  EXPECT_EQ(resolved_text("udp port split"), "port proto=udp dir=any {2000}\n");
  EXPECT_EQ(resolved_text("sctp port domain"), "port proto=sctp dir=any {53}\n");
  EXPECT_EQ(resolved_text("udp dst port ftp-data or 53").find("no udp port"), 21u);
}

TEST(Resolve, PortRangesAreOrderedAndMayHaveNames) {
  EXPECT_EQ(resolved_text("portrange 8100-8000"), "port proto=any dir=any {8000-8100}\n");
  EXPECT_EQ(resolved_text("portrange 8000"), "port proto=any dir=any {8000}\n");
  EXPECT_EQ(resolved_text("tcp src portrange http-https"), "port proto=tcp dir=src {80-443}\n");
  EXPECT_EQ(resolved_text("portrange http-https"), "port proto=any dir=any {80-443}\n");
  EXPECT_EQ(resolved_text("portrange 0x10-020"), "port proto=any dir=any {16}\n");
}

TEST(Resolve, ProtocolsAreNumbersOfTheHeaderThatNamesThem) {
  EXPECT_EQ(resolved_text("ip proto 17"), "protocol in=ip {17}\n");
  EXPECT_EQ(resolved_text("proto \\tcp"), "protocol in=any {6}\n");
  EXPECT_EQ(resolved_text("ether proto \\ip6"), "protocol in=ether {34525}\n");
  EXPECT_EQ(resolved_text("ether proto lldp"), "protocol in=ether {35020}\n");
  EXPECT_EQ(resolved_text("iso proto \\clnp"), "protocol in=iso {129}\n");
  EXPECT_EQ(resolved_text("isis proto 20"), "protocol in=isis {20}\n");
  EXPECT_EQ(resolved_text("ip6 protochain \\gre"), "protochain in=ip6 47\n");
}

TEST(Resolve, AbbreviationsAreProtocols) {
  struct Case {
    std::string_view word;
    std::string_view tree;
  };
  const std::vector<Case> cases = {
      {"ip", "protocol in=ether {2048}\n"},   {"ip6", "protocol in=ether {34525}\n"},
      {"arp", "protocol in=ether {2054}\n"},  {"rarp", "protocol in=ether {32821}\n"},
      {"tcp", "protocol in=any {6}\n"},       {"udp", "protocol in=any {17}\n"},
      {"sctp", "protocol in=any {132}\n"},    {"icmp", "protocol in=ip {1}\n"},
      {"icmp6", "protocol in=ip6 {58}\n"},    {"igmp", "protocol in=ip {2}\n"},
      {"stp", "protocol in=ether {66}\n"},    {"iso", "protocol in=ether {254}\n"},
      {"isis", "protocol in=iso {131}\n"},    {"l1", "protocol in=isis {15, 17, 18, 24, 26}\n"},
      {"csnp", "protocol in=isis {24, 25}\n"}};
  for (const Case& c : cases) EXPECT_EQ(resolved_text(c.word), c.tree) << c.word;
}

TEST(Resolve, StationsAndGateways) {
  EXPECT_EQ(resolved_text("ether src 0-11-22-33-44-5"),
            "ether proto=ether dir=src {00:11:22:33:44:05}\n");
  EXPECT_EQ(resolved_text("wlan addr2 aabb.ccdd.eeff"),
            "ether proto=ether dir=addr2 {aa:bb:cc:dd:ee:ff}\n");
  EXPECT_EQ(resolved_text("ether host desk"), "ether proto=ether dir=any {00:11:22:33:44:55}\n");
  EXPECT_EQ(resolved_text("gateway gate"),
            "gateway proto=any 00:11:22:33:44:fe {10.0.0.254/255.255.255.255}\n");
  EXPECT_EQ(resolved_text("decnet src 1.2"), "decnet dir=src 1.2\n");
}

TEST(Resolve, ListsOfEveryKind) {
  EXPECT_EQ(resolved_text("tcp dst port in {80, 8000-8100, http, 9000 - 9001}"),
            "port proto=tcp dir=dst set {80, 8000-8100, 80, 9000-9001}\n");
  EXPECT_EQ(
      resolved_text("host in {10.0.0.1, 10.2, 2001:db8::/32, six}"),
      "host proto=any dir=any set {10.0.0.1/255.255.255.255, 10.2.0.0/255.255.0.0, 2001:db8::/32, "
      "2001:db8::6/128}\n");
  EXPECT_EQ(resolved_text("src net in {10/8, office}"),
            "host proto=any dir=src set {10.0.0.0/255.0.0.0, 10.1.2.0/255.255.255.0}\n");
  EXPECT_EQ(resolved_text("host in {10.0.0.5-10.0.0.8}"),
            "host proto=any dir=any set {10.0.0.5/255.255.255.255, 10.0.0.6/255.255.255.254, "
            "10.0.0.8/255.255.255.255}\n");
  EXPECT_EQ(resolved_text("ether dst host in {00:11:22:33:44:55, desk}"),
            "ether proto=ether dir=dst set {00:11:22:33:44:55, 00:11:22:33:44:55}\n");
  EXPECT_EQ(resolved_text("vlan in {5, 100-200}"), "vlan {5, 100-200}\n");
  EXPECT_EQ(resolved_text("ip proto in {tcp, \\udp, 47}"), "protocol in=ip {6, 17, 47}\n");
  EXPECT_EQ(resolved_text("ether proto in {ip, 0x86dd}"), "protocol in=ether {2048, 34525}\n");
}

TEST(Resolve, ListsFromFiles) {
  const Options options =
      with_file({{"block.txt", "# bad ones\n10.0.0.1, 10.0.0.2 # two\n\n2001:db8::/32\n"},
                 {"with blank.txt", "80 443\r\n8000-8100"}});
  EXPECT_EQ(resolved_text("host in @block.txt", options),
            "host proto=any dir=any set {10.0.0.1/255.255.255.255, 10.0.0.2/255.255.255.255, "
            "2001:db8::/32}\n");
  EXPECT_EQ(resolved_text("port in {22, @\"with blank.txt\"}", options),
            "port proto=any dir=any set {22, 80, 443, 8000-8100}\n");
}

TEST(Resolve, ErrorsInAFileNameItsLineAndPointAtTheFile) {
  const Options options = with_file({{"block.txt", "10.0.0.1\n10.0.0.300\n"}});
  const std::string_view text = "host in @block.txt";
  const auto front = run_front(text, options);
  ASSERT_EQ(front.diagnostics.all().size(), 1u);
  EXPECT_EQ(front.diagnostics.all()[0].message, "block.txt:2: `10.0.0.300` is no IPv4 address");
  EXPECT_EQ(text_of(text, front.diagnostics.all()[0].range), "@block.txt");
}

TEST(Resolve, AFileThatCannotBeReadSaysWhy) {
  const auto front = run_front("host in @missing.txt", with_file({}));
  ASSERT_EQ(front.diagnostics.all().size(), 1u);
  EXPECT_EQ(front.diagnostics.all()[0].message, "cannot read `missing.txt`: no such file");
}

TEST(Resolve, ElementsOverTheLimitAreAnError) {
  Options options = with_file({{"ports", "1 2 3 4 5"}});
  options.limits.max_list = 6;
  EXPECT_TRUE(testing::accepts("port in {1, @ports}", options));
  for (const std::string_view text :
       {"port in {1, 2, @ports}", "port in {1,2,3} or port in {1,2,3,4}"}) {
    const auto front = run_front(text, options);
    ASSERT_TRUE(front.diagnostics.has_errors()) << text;
    EXPECT_EQ(front.diagnostics.all()[0].kind, diag::Kind::kTooLarge);
  }
}

TEST(Resolve, ARangeCoversWhatWasWrittenForThePrimitive) {
  const auto range_text = [](std::string_view text, std::size_t node) {
    return std::string(text_of(text, run_front(text).resolved.nodes[node].range));
  };
  EXPECT_EQ(range_text("tcp dst port 80 or 443", 0), "tcp dst port 80");
  EXPECT_EQ(range_text("tcp dst port 80 or 443", 1), "443");
  EXPECT_EQ(range_text("port (80 or 443)", 0), "80");
  EXPECT_EQ(range_text("(tcp or udp) and arp", 4), "(tcp or udp) and arp");
}

TEST(Prefixes, ARangeIsTheFewestPrefixesThatCoverItExactly) {
  const auto cover = [](std::uint32_t lo, std::uint32_t hi) {
    std::vector<resolved::Prefix4> out;
    append_range(out, lo, hi);
    return out;
  };
  EXPECT_EQ(cover(0, UINT32_MAX), (std::vector<resolved::Prefix4>{{0, 0}}));
  EXPECT_EQ(cover(7, 7), (std::vector<resolved::Prefix4>{{7, UINT32_MAX}}));
  EXPECT_EQ(cover(UINT32_MAX - 1, UINT32_MAX),
            (std::vector<resolved::Prefix4>{{UINT32_MAX - 1, UINT32_MAX - 1}}));
  // Exhaustive over a byte: every value is in exactly one prefix when it is in the range, else in
  // none.
  for (std::uint32_t lo = 0; lo < 64; ++lo) {
    for (std::uint32_t hi = lo; hi < 64; ++hi) {
      const auto prefixes = cover(lo, hi);
      EXPECT_LE(prefixes.size(), 12u);
      for (std::uint32_t value = 0; value < 64; ++value) {
        const auto covers = [value](const resolved::Prefix4& p) {
          return (value & p.mask) == p.address;
        };
        EXPECT_EQ(std::ranges::count_if(prefixes, covers), value >= lo && value <= hi ? 1 : 0);
      }
    }
  }
}

TEST(Addresses, Ip6IsReadAndPrinted) {
  for (const std::string_view text : {"::", "::1", "1::", "2001:db8::1", "1:2:3:4:5:6:7:8",
                                      "1:0:0:2::3", "::2:3:4:5:6:7:8", "1:2:3:4:5:6:7::"}) {
    const auto address = parse_ip6(text);
    ASSERT_TRUE(address) << text;
    EXPECT_EQ(parse_ip6(format_ip6(*address)), address) << text;
  }
  EXPECT_EQ(format_ip6(*parse_ip6("1:0:0:2:0:0:0:3")), "1:0:0:2::3");
  EXPECT_EQ(format_ip6(*parse_ip6("::ffff:1.2.3.4")), "::ffff:102:304");
  for (const std::string_view text :
       {"", ":", "1", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", "12345::", "::1.2.3",
        "::1.2.3.256", "::01.2.3.4", "1:2:3:4:5:6:7:1.2.3.4", "::1 "}) {
    EXPECT_FALSE(parse_ip6(text)) << text;
  }
}

TEST(Addresses, MacIsReadInEveryForm) {
  const MacAddress wanted = {0xaa, 0xbb, 0x0c, 0xdd, 0xee, 0xff};
  for (const std::string_view text : {"aa:bb:c:dd:ee:ff", "AA-BB-0C-DD-EE-FF", "aa.bb.c.dd.ee.ff",
                                      "aabb.0cdd.eeff", "aabb0cddeeff"}) {
    EXPECT_EQ(parse_mac(text), wanted) << text;
  }
  for (const std::string_view text : {"", "aa:bb:cc:dd:ee", "aa:bb:cc:dd:ee:ff:00", "aabbccddee",
                                      "aa:bb:cc:dd:ee:fg", "aabbccddeeff0"}) {
    EXPECT_FALSE(parse_mac(text)) << text;
  }
}

TEST(Addresses, DottedNumbersTellTheirMask) {
  EXPECT_EQ(parse_dotted("10")->mask(), 0xff000000u);
  EXPECT_EQ(parse_dotted("10.1")->value, 0x0a010000u);
  EXPECT_EQ(parse_dotted("10.1.2.3")->mask(), 0xffffffffu);
  EXPECT_EQ(parse_dotted("010.001.2.3")->value, 0x0a010203u);
  for (const std::string_view text : {"", ".", "10.", "256", "1.2.3.4.5", "0x1", "1..2"}) {
    EXPECT_FALSE(parse_dotted(text)) << text;
  }
}

}  // namespace
}  // namespace weir::filter
