// What each wrong expression is told: the kind, the exact text that is pointed at, the message, the
// hint.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <string_view>

#include "unit/filter/front.h"

namespace weir::filter {
namespace {

using diag::Kind;

struct Row {
  std::string_view text;
  Kind kind;
  std::string_view at;
  std::string_view message;
  std::string_view hint;

  friend void PrintTo(const Row& row, std::ostream* out) { *out << row.text; }
};

class OneError : public ::testing::TestWithParam<Row> {};

TEST_P(OneError, PointsAtTheRightPlaceAndSaysWhatToDo) {
  const Row& row = GetParam();
  Options options;
  options.load_list = [](const std::string& path) -> Result<std::string> {
    return fail(fmt::format("cannot read `{}`: no such file", path), "check the path");
  };
  const auto front = testing::run_front(row.text, options);
  ASSERT_EQ(front.diagnostics.all().size(), 1u) << testing::errors_of(front, row.text);
  const diag::Diagnostic& error = front.diagnostics.all()[0];
  EXPECT_EQ(diag::kind_info(error.kind).name, diag::kind_info(row.kind).name);
  EXPECT_EQ(text_of(row.text, error.range), row.at);
  EXPECT_EQ(error.message, row.message);
  EXPECT_EQ(error.hint, row.hint);
}

// clang-format off
constexpr Row kRows[] = {
    Row{"tcp prot 80", Kind::kUnknownWord, "prot", "unknown word `prot`", "did you mean `port`?"},
    Row{"tcp.port == 80", Kind::kOtherLanguage, "tcp.port == 80", "`tcp.port` is a field of Wireshark's display filters, not of this language", "write `tcp port 80`"},
    Row{"tcp.dstport != 443", Kind::kOtherLanguage, "tcp.dstport != 443", "`tcp.dstport` is a field of Wireshark's display filters, not of this language", "write `not tcp dst port 443`"},
    Row{"udp.port in {53}", Kind::kOtherLanguage, "udp.port in {53}", "`udp.port` is a field of Wireshark's display filters, not of this language", "write `udp port in {53}`"},
    Row{"host 10.0.0.1 and tcp.port == 80", Kind::kOtherLanguage, "tcp.port == 80", "`tcp.port` is a field of Wireshark's display filters, not of this language", "write `tcp port 80`"},
    Row{"tcp.flags.syn == 1", Kind::kOtherLanguage, "tcp.flags.syn == 1", "`tcp.flags.syn` is a field of Wireshark's display filters, not of this language", "write `tcp.flags syn`"},
    Row{"frame.len > 100", Kind::kOtherLanguage, "frame.len > 100", "`frame.len` is a field of Wireshark's display filters, not of this language", "write `len > 100`"},
    Row{"http", Kind::kNoQualifier, "http", "nothing says what `http` is", "write `host http` or `port http`"},
    Row{"TCP and port 80", Kind::kUppercase, "TCP", "`TCP` is no word: words are in lower case", "write `tcp`"},
    Row{"port 80 and UDP", Kind::kUnknownName, "UDP", "no port has the name `UDP`", "words are in lower case: `udp`"},
    Row{"tcp PORT 80", Kind::kUppercase, "PORT", "`PORT` is no word: words are in lower case", "write `port`"},
    Row{"tcp and", Kind::kExpectedTest, "and", "a test is missing after `and`", "a test is, for example, `tcp`, `port 80` or `host 10.0.0.1`"},
    Row{"port 80 or", Kind::kExpectedTest, "or", "a test is missing after `or`", "a test is, for example, `tcp`, `port 80` or `host 10.0.0.1`"},
    Row{"and tcp", Kind::kExpectedTest, "and", "a test is missing before `and`", "a test is, for example, `tcp`, `port 80` or `host 10.0.0.1`"},
    Row{"not", Kind::kExpectedTest, "not", "a test is missing after `not`", "a test is, for example, `tcp`, `port 80` or `host 10.0.0.1`"},
    Row{"()", Kind::kExpectedTest, "(", "a test is missing after `(`", "a test is, for example, `tcp`, `port 80` or `host 10.0.0.1`"},
    Row{"tcp and (port 80", Kind::kUnbalanced, "(", "`(` is not closed", "write `)` where it ends"},
    Row{"tcp and port 80)", Kind::kUnbalanced, ")", "`)` closes nothing", "leave it out, or open it before"},
    Row{"(tcp and port 80))", Kind::kUnbalanced, ")", "`)` closes nothing", "leave it out, or open it before"},
    Row{"vlan 5 { tcp", Kind::kUnbalanced, "{", "`{` is not closed", "write `}` where it ends"},
    Row{"tcp[13 = 2", Kind::kExpectedOperator, "=", "`=` cannot follow `13` here", "close the index or the parentheses before it"},
    Row{"tcp[13:] = 2", Kind::kExpectedValue, "]", "the number of bytes is expected here, not `]`", "it is 1, 2 or 4, as in `ip[2:2]`"},
    Row{"tcp[13:2 = 2", Kind::kExpectedValue, "=", "`]` is expected here, not `=`", "close the index with `]`"},
    Row{"tcp[] = 2", Kind::kExpectedValue, "[", "a value is missing after `[`", "a value is a number, `len`, or bytes of the packet as in `ip[8]`"},
    Row{"tcp[5 or 6] = 1", Kind::kExpectedOperator, "or", "`or` cannot follow `5` here", "close the index or the parentheses before it"},
    Row{"port", Kind::kExpectedId, "port", "an id is missing after `port`", "as in `port 80`"},
    Row{"tcp port", Kind::kExpectedId, "tcp port", "an id is missing after `tcp port`", "as in `tcp port 80`"},
    Row{"net", Kind::kExpectedId, "net", "an id is missing after `net`", "as in `net 10.0.0.0/8`"},
    Row{"tcp src", Kind::kExpectedId, "tcp src", "an id is missing after `tcp src`", "as in `tcp src host 10.0.0.1`"},
    Row{"proto", Kind::kExpectedId, "proto", "an id is missing after `proto`", "as in `proto 6` or `proto \\tcp`"},
    Row{"gateway", Kind::kExpectedId, "gateway", "an id is missing after `gateway`", "write the name of a host that is in /etc/ethers too"},
    Row{"portrange", Kind::kExpectedId, "portrange", "an id is missing after `portrange`", "as in `portrange 8000-8100`"},
    Row{"port = 80", Kind::kComparison, "=", "`=` compares values, and `port` is none", "leave it out: `port 80`"},
    Row{"port == 80", Kind::kComparison, "==", "`==` compares values, and `port` is none", "leave it out: `port 80`"},
    Row{"src port != 22", Kind::kComparison, "!=", "`!=` compares values, and `src port` is none", "write `not src port 22`"},
    Row{"dst port >= 1024", Kind::kComparison, ">=", "`>=` compares values, and `dst port` is none", "write `dst portrange 1024-65535`"},
    Row{"host == 10.0.0.1", Kind::kComparison, "==", "`==` compares values, and `host` is none", "leave it out: `host 10.0.0.1`"},
    Row{"vlan == 5", Kind::kComparison, "==", "`==` compares values, and `vlan` is none", "leave it out: `vlan 5`"},
    Row{"tcp = 6", Kind::kComparison, "=", "`=` compares values, and `tcp` is none", "compare bytes of it, as in `tcp[0] = 1`"},
    Row{"tcp[13] & 2", Kind::kNoComparison, "tcp[13] & 2", "`tcp[13] & 2` is a value, and is compared with nothing", "write `tcp[13] & 2 != 0`"},
    Row{"len", Kind::kNoComparison, "len", "`len` is a value, and is compared with nothing", "write `len != 0`"},
    Row{"80", Kind::kNoQualifier, "80", "nothing says what `80` is", "write `port 80`"},
    Row{"1.2.3.4", Kind::kNoQualifier, "1.2.3.4", "nothing says what `1.2.3.4` is", "write `host 1.2.3.4`"},
    Row{"10.0.0.0/8", Kind::kNoQualifier, "10.0.0.0/8", "nothing says what `10.0.0.0/8` is", "write `net 10.0.0.0/8`"},
    Row{"00:11:22:33:44:55", Kind::kNoQualifier, "00:11:22:33:44:55", "nothing says what `00:11:22:33:44:55` is", "write `ether host 00:11:22:33:44:55`"},
    Row{"2001:db8::/32", Kind::kNoQualifier, "2001:db8::/32", "nothing says what `2001:db8::/32` is", "write `net 2001:db8::/32`"},
    Row{"example.com", Kind::kNoQualifier, "example.com", "nothing says what `example.com` is", "write `host example.com` or `port example.com`"},
    Row{"tcp or 80", Kind::kNoQualifier, "80", "nothing says what `80` is", "write `port 80`"},
    Row{"vlan 5 or 6", Kind::kNoQualifier, "6", "nothing says what `6` is", "write `port 6`"},
    Row{"port 80 443", Kind::kExpectedOperator, "443", "`443` cannot follow `port 80`", "write `or 443`"},
    Row{"tcp udp", Kind::kExpectedOperator, "udp", "`udp` cannot follow `tcp`", "write `and udp`"},
    Row{"tcp 80", Kind::kExpectedOperator, "80", "`80` cannot follow `tcp`", "say what it is, as in `tcp port 80`"},
    Row{"tcp port 80 host 10.0.0.1", Kind::kExpectedOperator, "host", "`host` cannot follow `tcp port 80`", "write `and host`"},
    Row{"tcp example", Kind::kExpectedOperator, "example", "`example` cannot follow `tcp`", "say what it is, as in `tcp host example`"},
    Row{"port http,https", Kind::kExpectedOperator, ",", "`,` cannot follow `port http`", "for any of several write `in {http, https}`"},
    Row{"port 80,443", Kind::kExpectedOperator, ",", "`,` cannot follow `port 80`", "for any of several write `in {80, 443}`"},
    Row{"host 10.0.0.1 + 5", Kind::kExpectedOperator, "+", "`+` cannot follow `host 10.0.0.1`", "arithmetic is done with bytes, as in `tcp[12] & 0xf0`, and with `len`"},
    Row{"src dst port 5", Kind::kWrongQualifier, "src dst", "two directions need `or` or `and` between them", "write `src or dst`"},
    Row{"tcp src proto 6", Kind::kWrongQualifier, "src proto", "`proto` has no direction", "leave `src` out"},
    Row{"dst gateway gate", Kind::kWrongQualifier, "dst gateway", "`gateway` has no direction", "leave `dst` out"},
    Row{"host 1.2.3.256", Kind::kBadAddress, "256", "`1.2.3.256` is no IPv4 address", "each of its numbers is decimal, and at most 255"},
    Row{"host 1.2.3.4.5", Kind::kUnknownName, "1.2.3.4.5", "unknown host `1.2.3.4.5`", "write its address"},
    Row{"port 99999", Kind::kOutOfRange, "99999", "port 99999 is out of range", "the largest is 65535"},
    Row{"net 10.0.0.1/8", Kind::kHostBits, "10.0.0.1/8", "`10.0.0.1/8` has bits set beyond its prefix", "write `net 10.0.0.0/8`"},
    Row{"net 10.0.0.0/33", Kind::kBadPrefix, "/33", "an IPv4 address has 32 bits, not 33", "as in `net 10.0.0.0/8`"},
    Row{"net 10.0.0.0/255.0.0.0", Kind::kExpectedValue, "255.0.0.0", "the number of bits of the prefix is expected here, not `255.0.0.0`", "as in `net 10.0.0.0/8`, or with a mask: `net 10.0.0.0 mask 255.0.0.0`"},
    Row{"host 10.0.0.0/8", Kind::kWrongQualifier, "host 10.0.0.0/8", "a prefix goes with `net`, and `10.0.0.0/8` has one", "write `net 10.0.0.0/8`"},
    Row{"src 10.0.0.0/8", Kind::kWrongQualifier, "src 10.0.0.0/8", "a prefix goes with `net`, and `10.0.0.0/8` has one", "write `src net 10.0.0.0/8`"},
    Row{"net 10.0.0.1 mask 255.0.0.0", Kind::kHostBits, "10.0.0.1 mask 255.0.0.0", "`10.0.0.1 mask 255.0.0.0` has bits set beyond its mask", "write `net 10.0.0.0 mask 255.0.0.0`"},
    Row{"net 10.0.0.0 mask 8", Kind::kExpectedValue, "8", "a mask is expected here, not `8`", "as in `net 10.0.0.0 mask 255.0.0.0`"},
    Row{"net 2001:db8::1/32", Kind::kHostBits, "2001:db8::1/32", "`2001:db8::1/32` has bits set beyond its prefix", "write `net 2001:db8::/32`"},
    Row{"net 2001:db8::/129", Kind::kBadPrefix, "/129", "an IPv6 address has 128 bits, not 129", "as in `net 2001:db8::/32`"},
    Row{"host 2001:db8::/32", Kind::kWrongQualifier, "host 2001:db8::/32", "a prefix goes with `net`, and `2001:db8::/32` has one", "write `net 2001:db8::/32`"},
    Row{"tcp host 10.0.0.1", Kind::kWrongQualifier, "tcp host 10.0.0.1", "`tcp` does not go with the IPv4 address `10.0.0.1`", "write `tcp and host 10.0.0.1`"},
    Row{"udp net 10", Kind::kWrongQualifier, "udp net 10", "`udp` does not go with the IPv4 address `10`", "write `udp and net 10`"},
    Row{"ip host 2001:db8::1", Kind::kWrongQualifier, "ip host 2001:db8::1", "`ip` does not go with the IPv6 address `2001:db8::1`", "leave it out, or write an IPv4 address"},
    Row{"ip6 host 10.0.0.1", Kind::kWrongQualifier, "ip6 host 10.0.0.1", "`ip6` does not go with the IPv4 address `10.0.0.1`", "leave it out, or write an IPv6 address"},
    Row{"ether host 10.0.0.1", Kind::kWrongQualifier, "ether host 10.0.0.1", "`ether` does not go with the IPv4 address `10.0.0.1`", "leave it out, or write an Ethernet address"},
    Row{"host 00:11:22:33:44:55", Kind::kWrongQualifier, "host 00:11:22:33:44:55", "`00:11:22:33:44:55` is a link-layer address", "write `ether host 00:11:22:33:44:55`"},
    Row{"port 10.0.0.1", Kind::kWrongQualifier, "port 10.0.0.1", "`port` does not go with the address `10.0.0.1`", "write `host 10.0.0.1`"},
    Row{"port 2001:db8::1", Kind::kWrongQualifier, "port 2001:db8::1", "`port` does not go with the address `2001:db8::1`", "write `host 2001:db8::1`"},
    Row{"port 123456789012", Kind::kWrongQualifier, "port 123456789012", "`123456789012` has twelve digits, and so is a link-layer address", "write `ether host 123456789012`"},
    Row{"icmp port 80", Kind::kWrongQualifier, "icmp port 80", "`icmp` does not go with a port", "write `icmp and port 80`"},
    Row{"ip port 80", Kind::kWrongQualifier, "ip port 80", "`ip` does not go with a port", "write `ip and port 80`"},
    Row{"tcp proto 6", Kind::kWrongQualifier, "tcp proto 6", "`tcp` has no field that names another protocol", "`proto` goes with `ether`, `ip`, `ip6`, `iso` and `isis`"},
    Row{"ip proto 300", Kind::kOutOfRange, "300", "IP protocol 300 is out of range", "the largest is 255"},
    Row{"isis proto 32", Kind::kOutOfRange, "32", "IS-IS PDU type 32 is out of range", "the largest is 31"},
    Row{"ip protochain 256", Kind::kOutOfRange, "256", "IP protocol 256 is out of range", "the largest is 255"},
    Row{"ether protochain 6", Kind::kWrongQualifier, "ether protochain 6", "`ether` has no chain of headers", "`protochain` goes with `ip` and `ip6`"},
    Row{"host nowhere", Kind::kUnknownName, "nowhere", "unknown host `nowhere`", "write its address"},
    Row{"port nosuch", Kind::kUnknownName, "nosuch", "no port has the name `nosuch`", "write its number, or add it to /etc/services"},
    Row{"udp port http", Kind::kUnknownName, "http", "no udp port has the name `http`", "`http` is a port of tcp"},
    Row{"port 8000-8100", Kind::kUnknownName, "8000-8100", "no port has the name `8000-8100`", "write `portrange 8000-8100`"},
    Row{"portrange 1-2-3", Kind::kUnknownName, "1-2-3", "`1-2-3` is no range of ports", "write two numbers or names with one `-` between, as in `portrange 8000-8100`"},
    Row{"portrange http", Kind::kUnknownName, "http", "`http` is no range of ports", "write two numbers or names with one `-` between, as in `portrange 8000-8100`"},
    Row{"portrange 80-99999", Kind::kOutOfRange, "80-99999", "port 99999 is out of range", "the largest is 65535"},
    Row{"net nowhere", Kind::kUnknownName, "nowhere", "no network has the name `nowhere`", "add it to /etc/networks, or write its prefix: `net 10.0.0.0/8`"},
    Row{"ip proto \\nosuch", Kind::kUnknownName, "\\nosuch", "no IP protocol has the name `nosuch`", "write its number"},
    Row{"ether proto \\nosuch", Kind::kUnknownName, "\\nosuch", "no ether proto has the name `nosuch`", "write the EtherType: `ether proto 0x0800`"},
    Row{"iso proto \\nosuch", Kind::kUnknownName, "\\nosuch", "no iso proto has the name `nosuch`", "one of `clnp`, `esis`, `isis`, or a number"},
    Row{"ether host nobody", Kind::kUnknownName, "nobody", "no station has the name `nobody`", "add it to /etc/ethers, or write its address: `00:11:22:33:44:55`"},
    Row{"ip6 host four", Kind::kUnknownName, "four", "no host has the name `four`", "it has addresses, but none that go with `ip6`"},
    Row{"gateway 10.0.0.1", Kind::kWrongQualifier, "gateway 10.0.0.1", "`gateway` does not go with the address `10.0.0.1`", "write the name of a host that is in /etc/ethers too"},
    Row{"wlan addr1 10.0.0.1", Kind::kWrongQualifier, "wlan addr1 10.0.0.1", "`wlan` does not go with the IPv4 address `10.0.0.1`", "leave it out, or write an Ethernet address"},
    Row{"addr1 host 10.0.0.1", Kind::kWrongQualifier, "addr1 host 10.0.0.1", "`addr1` is an address of an 802.11 frame", "write `wlan addr1 00:11:22:33:44:55`"},
    Row{"ether", Kind::kWrongQualifier, "ether", "`ether` by itself is no test", "say what of it: `ether host`, `ether proto` or `ether broadcast`"},
    Row{"radio", Kind::kWrongQualifier, "radio", "`radio` by itself is no test", "it has bytes: `radio[0]`"},
    Row{"tcp broadcast", Kind::kWrongQualifier, "tcp broadcast", "`tcp` has no broadcast addresses of its own", "write `ether broadcast`"},
    Row{"icmp multicast", Kind::kWrongQualifier, "icmp multicast", "`icmp` has no multicast addresses of its own", "write `ether multicast`"},
    Row{"vlan 4096", Kind::kOutOfRange, "vlan 4096", "VLAN ID 4096 is out of range", "the largest is 4095"},
    Row{"mpls 1048576", Kind::kOutOfRange, "mpls 1048576", "MPLS label 1048576 is out of range", "the largest is 1048575"},
    Row{"pppoes 65536", Kind::kOutOfRange, "pppoes 65536", "PPPoE session 65536 is out of range", "the largest is 65535"},
    Row{"geneve 16777216", Kind::kOutOfRange, "geneve 16777216", "Geneve VNI 16777216 is out of range", "the largest is 16777215"},
    Row{"vxlan 16777216", Kind::kOutOfRange, "vxlan 16777216", "VXLAN VNI 16777216 is out of range", "the largest is 16777215"},
    Row{"vlan in {5, 4096}", Kind::kOutOfRange, "4096", "VLAN ID 4096 is out of range", "the largest is 4095"},
    Row{"ah[0] = 1", Kind::kBadAccess, "ah[0]", "`ah` cannot be indexed", "index the header before it, as in `ip[20]`"},
    Row{"tcp[0:3] = 1", Kind::kBadAccess, "tcp[0:3]", "3 bytes cannot be read at once", "read 1, 2 or 4, as in `ip[2:2]`"},
    Row{"len / 0 = 1", Kind::kBadArithmetic, "0", "division by zero", "write another number"},
    Row{"len % 0 = 1", Kind::kBadArithmetic, "0", "division by zero", "write another number"},
    Row{"len << 32 = 1", Kind::kBadArithmetic, "32", "a shift by 32 bits leaves nothing of 32", "shift by at most 31"},
    Row{"decnet host 64.1", Kind::kBadAddress, "64.1", "`64.1` is no DECnet address", "it has an area up to 63 and a node up to 1023: `decnet host 1.2`"},
    Row{"decnet port 1.2", Kind::kWrongQualifier, "decnet port 1.2", "`port` does not go with the address `1.2`", "write `host 1.2`"},
    Row{"port in {80, 99999}", Kind::kOutOfRange, "99999", "port 99999 is out of range", "the largest is 65535"},
    Row{"port in {}", Kind::kBadList, "{}", "the list is empty, and nothing is in it", "put something into it, as in `{80, 443}`"},
    Row{"port in {80 443}", Kind::kBadList, "443", "`443` follows an element without `,`", "separate elements with `,` and close the list with `}`"},
    Row{"port in {80, 443", Kind::kUnbalanced, "{", "`{` is not closed", "close the list with `}`"},
    Row{"port in {80, http-}", Kind::kUnknownName, "http-", "no port has the name `http-`", "write its number, or add it to /etc/services"},
    Row{"port in 80", Kind::kBadList, "80", "a list stands in braces", "write `in {80}`"},
    Row{"host in {00:11:22:33:44:55}", Kind::kBadList, "00:11:22:33:44:55", "`00:11:22:33:44:55` is a MAC address", "write `ether host in {...}`"},
    Row{"ip host in {2001:db8::1}", Kind::kBadList, "2001:db8::1", "`2001:db8::1` is an IPv6 address in a list for `ip`", "leave `ip` out to have both in a list"},
    Row{"ether host in {10.0.0.1}", Kind::kBadList, "10.0.0.1", "`10.0.0.1` is no MAC address", "as in `00:11:22:33:44:55`"},
    Row{"host in @missing.txt", Kind::kBadList, "@missing.txt", "cannot read `missing.txt`: no such file", "check the path"},
    Row{"gateway in {gate}", Kind::kWrongQualifier, "gateway in {gate}", "`gateway` takes no list", "write one test for each, joined with `or`"},
    Row{"tcp.flags syn,sin", Kind::kUnknownName, "sin", "no flag has the name `sin`", "did you mean `fin`?"},
    Row{"tcp.flags", Kind::kExpectedValue, "tcp.flags", "the name of a flag is expected after `tcp.flags`", "write `tcp.flags syn`"},
    Row{"tcp.flags == ack", Kind::kExpectedValue, "tcp.flags", "the name of a flag is expected after `tcp.flags`", "write `tcp.flags ack`"},
    Row{"port 80 and tcp.flags != 2", Kind::kExpectedValue, "tcp.flags", "the name of a flag is expected after `tcp.flags`", "write `tcp.flags syn`"},
    Row{"ip.flags != mf", Kind::kExpectedValue, "ip.flags", "the name of a flag is expected after `ip.flags`", "write `ip.flags !mf`"},
    Row{"tcp flags ack", Kind::kExpectedOperator, "flags", "`flags` cannot follow `tcp`", "write `tcp.flags ack`"},
    Row{"tcp.flags syn ack", Kind::kExpectedOperator, "ack", "`ack` cannot follow `tcp.flags syn`", "write `tcp.flags syn,ack`"},
    Row{"payload", Kind::kExpectedValue, "payload", "a string is expected after `payload`", "write `payload \"GET \"`"},
    Row{"payload 0x12", Kind::kExpectedValue, "payload", "a string is expected after `payload`", "write `payload[0] = 0x12`"},
    Row{"payload contains \"x\" and tcp", Kind::kExpectedValue, "payload", "a string is expected after `payload`", "write `payload \"x\"`"},
    Row{"payload 'abc'", Kind::kBadCharacter, "'abc'", "nothing begins with `'`", "a string stands in double quotes, as in `payload \"GET \"`"},
    Row{"payload \"abc", Kind::kBadString, "\"abc", "the string does not end", "close it with `\"`"},
    Row{"ip6ext", Kind::kExpectedValue, "ip6ext", "a scope in braces is expected after `ip6ext`", "write `ip6ext { tcp }`"},
    Row{"ip6ext 0 { tcp }", Kind::kExpectedValue, "ip6ext", "a scope in braces is expected after `ip6ext`", "write `ip6ext { tcp }`"},
    Row{"ip.src==10.1.0.0/8", Kind::kOtherLanguage, "ip.src==10.1.0.0/8", "`ip.src` is a field of Wireshark's display filters, not of this language", "write `ip src net 10.0.0.0/8`"},
    Row{"ipv6.addr != 2001:db8::1/32", Kind::kOtherLanguage, "ipv6.addr != 2001:db8::1/32", "`ipv6.addr` is a field of Wireshark's display filters, not of this language", "write `not ip6 net 2001:db8::/32`"},
    Row{"udp.port in {53 80-90,443}", Kind::kOtherLanguage, "udp.port in {53 80-90,443}", "`udp.port` is a field of Wireshark's display filters, not of this language", "write `udp port in {53, 80-90, 443}`"},
    Row{"tcp.port in {80..90, 443}", Kind::kOtherLanguage, "tcp.port in {80..90, 443}", "`tcp.port` is a field of Wireshark's display filters, not of this language", "write `tcp port in {80-90, 443}`"},
    Row{"src net 10/8", Kind::kExpectedOperator, "/", "`/` cannot follow `src net 10`", "write `src net 10.0.0.0/8`"},
    Row{"net 10/33", Kind::kExpectedOperator, "/", "`/` cannot follow `net 10`", "a prefix has at most 32 bits, as in `net 10.0.0.0/8`"},
    Row{"host ::1::2", Kind::kBadAddress, "::1::2", "`::1::2` is no IPv6 address", "an IPv6 address has eight groups; `::` stands for some of them, once"},
    Row{"host 1:2:3:4:5:6:7:8:9", Kind::kBadAddress, "1:2:3:4:5:6:7:8:9", "`1:2:3:4:5:6:7:8:9` is no IPv6 address", "an IPv6 address has eight groups; `::` stands for some of them, once"},
    Row{"ether host 1:2:3", Kind::kBadAddress, "1:2:3", "`1:2:3` is no MAC address", "a MAC address has six groups: `00:11:22:33:44:55`"},
    Row{"tcp[999999999999] = 1", Kind::kBadNumber, "999999999999", "`999999999999` does not fit into 32 bits", "the largest number is 4294967295"},
    Row{"tcp.flags syn|!ack", Kind::kBadList, "syn|!ack", "`!` and `|` do not go together in a list of flags", "write two tests: `tcp.flags syn or tcp.flags !ack`"},
    Row{"payload \"\"", Kind::kBadString, "\"\"", "the string is empty, and every payload begins with it", "put something into it"},
    Row{"payload \"\\q\"", Kind::kBadString, "\\q", "a string has no such escape", "the escapes are `\\n`, `\\r`, `\\t`, `\\0`, `\\\"`, `\\\\` and `\\x41`"},
    Row{"less", Kind::kExpectedValue, "less", "a number is expected after `less`", "as in `less 64`"},
    Row{"greater x", Kind::kExpectedValue, "x", "a number is expected here, not `x`", "as in `greater 1000`"},
    Row{"byte 5 ~ 3", Kind::kBadCharacter, "~", "nothing begins with `~`", "leave it out, or look into docs/filter-language.md for the operator"},
    Row{"ifindex", Kind::kExpectedValue, "ifindex", "a number is expected after `ifindex`", "as in `ifindex 2`"},
    Row{"type foo", Kind::kUnknownName, "foo", "`foo` is no type of an 802.11 frame here", "one of `data`, `mgt`, `management`, `ctl`, `control`"},
    Row{"type mgt subtype ack", Kind::kUnknownName, "ack", "`ack` is no subtype of an 802.11 frame here", "one of `assocreq`, `assoc-req`, `assocresp`, `assoc-resp`, `reassocreq`, `reassoc-req`, `reassocresp`, `reassoc-resp`, `probereq`, `probe-req`, `proberesp`, `probe-resp`, `beacon`, `atim`, `disassoc`, `disassociation`, `auth`, `authentication`, `deauth`, `deauthentication`"},
    Row{"type 3", Kind::kOutOfRange, "3", "3 is no type of an 802.11 frame", "only the bits of 0x0c can be set"},
    Row{"subtype nosuch", Kind::kUnknownName, "nosuch", "`nosuch` is no subtype of an 802.11 frame", "as in `subtype beacon`, `subtype ack` or `subtype qos-data`"},
    Row{"dir foo", Kind::kUnknownName, "foo", "`foo` is no direction of an 802.11 frame here", "one of `nods`, `tods`, `fromds`, `dstods`"},
    Row{"llc foo", Kind::kUnknownName, "foo", "`foo` is no LLC frame", "one of `i`, `s`, `u`, `rr`, `rnr`, `rej`, `ui`, `ua`, `disc`, `dm`, `sabme`, `test`, `xid`, `frmr`"},
    Row{"action foo", Kind::kUnknownName, "foo", "`foo` is unknown here", "one of `pass`, `accept`, `drop`, `block`, `scrub`, `noscrub`, `nat`, `nonat`, `binat`, `nobinat`, `rdr`, `nordr`, `synproxy-drop`"},
    Row{"vpi", Kind::kExpectedValue, "vpi", "a number is expected after `vpi`", "as in `vpi 5`"},
    Row{"port 089", Kind::kBadNumber, "089", "`089` is no octal number", "a number that begins with 0 is octal: leave the 0 out"},
    Row{"len > 4294967296", Kind::kBadNumber, "4294967296", "`4294967296` does not fit into 32 bits", "the largest number is 4294967295"},
    Row{"host 1:2:3:4:5", Kind::kBadAddress, "1:2:3:4:5", "`1:2:3:4:5` is no MAC address", "a MAC address has six groups: `00:11:22:33:44:55`"},
    Row{"port 80 # web", Kind::kBadCharacter, "#", "nothing begins with `#`", "comments are read only in a file that is given with -F"},
    Row{"port 80 ~ 90", Kind::kBadCharacter, "~", "nothing begins with `~`", "leave it out, or look into docs/filter-language.md for the operator"},
    Row{"proto \\", Kind::kBadCharacter, "\\", "`\\` escapes nothing", "write the name right after it: `\\tcp`"},
    Row{"len > 1 > 0", Kind::kComparison, ">", "`>` compares values, and `len > 1` is none", "only arithmetic can be compared, as in `len > 100` or `tcp[13] & 2 != 0`"},
    Row{"port ((80 or 443))", Kind::kExpectedOperator, "or", "`or` cannot follow `80` here", "write one pair of parentheses around ids: `port (80 or 443)`"},
    Row{"5 + = 3", Kind::kExpectedValue, "=", "a value is expected here, not `=`", "a value is a number, `len`, or bytes of the packet as in `ip[8]`"},
    Row{"len + > 3", Kind::kExpectedValue, ">", "a value is expected here, not `>`", "a value is a number, `len`, or bytes of the packet as in `ip[8]`"},
    Row{"host 10.0.0.1 mask 255.255.255.0", Kind::kWrongQualifier, "host 10.0.0.1 mask 255.255.255.0", "a mask goes with `net`, and `10.0.0.1 mask 255.255.255.0` has one", "write `net 10.0.0.1 mask 255.255.255.0`"},
    Row{"ip proto tcp", Kind::kExpectedId, "tcp", "an id is expected here, not `tcp`", "it is a word of the language; if a name is meant, write `\\tcp`"},
    Row{"proto icmp", Kind::kExpectedId, "icmp", "an id is expected here, not `icmp`", "it is a word of the language; if a name is meant, write `\\icmp`"},
    Row{"tcp & udp", Kind::kExpectedOperator, "&", "`&` cannot follow `tcp`", "tests are joined with `and`"},
    Row{"tcp | port 80", Kind::kExpectedOperator, "|", "`|` cannot follow `tcp`", "tests are joined with `or`"},
    Row{"host and port 80", Kind::kExpectedId, "host", "an id is missing after `host`", "as in `host 10.0.0.1`"},
    Row{"ip[0] == 0x45 tcp", Kind::kExpectedOperator, "tcp", "`tcp` cannot follow `ip[0] == 0x45`", "write `and tcp`"},
};
// clang-format on

INSTANTIATE_TEST_SUITE_P(Table, OneError, ::testing::ValuesIn(kRows));

std::string all_errors(std::string_view text, const Options& options = {}) {
  const auto front = testing::run_front(text, options);
  std::string out;
  for (const diag::Diagnostic& error : front.diagnostics.all()) {
    out += std::string(diag::kind_info(error.kind).name) + " " +
           std::string(text_of(text, error.range)) + "\n";
  }
  return out;
}

TEST(SeveralErrors, AreReportedInOneRunWhenTheyAreIndependent) {
  EXPECT_EQ(all_errors("port 99999 and tcp prot 80 and host 1.2.3.256"),
            "unknown-word prot\nout-of-range 99999\nbad-address 256\n");
  EXPECT_EQ(all_errors("(tcp prot 80 or port 99999) and len and vlan 5000"),
            "unknown-word prot\nno-comparison len\nout-of-range 99999\nout-of-range vlan 5000\n");
  EXPECT_EQ(all_errors("port 089 or len"), "bad-number 089\nno-comparison len\n");
  EXPECT_EQ(all_errors("host in {1.2.3.256, 10.0.0.1/8}"),
            "bad-list 1.2.3.256\nbad-list 10.0.0.1/8\n");
}

TEST(SeveralErrors, AnErrorDoesNotCauseOthers) {
  EXPECT_EQ(all_errors("tcp prot 80 or 90 or 100"), "unknown-word prot\n");
  EXPECT_EQ(all_errors("(tcp prot 80) and udp"), "unknown-word prot\n");
  EXPECT_EQ(all_errors("vlan { tcp prot 80 } or 5 > 3"), "unknown-word prot\n");
  EXPECT_EQ(all_errors("tcp[13 = 2 and udp"), "expected-operator =\n");
  EXPECT_EQ(all_errors("port 80 ~ 90 and tcp"), "bad-character ~\n");
  EXPECT_EQ(all_errors("port nosuch or 443"), "unknown-name nosuch\n");
}

TEST(SeveralErrors, StopWhenNobodyReadsThemAnyMore) {
  std::string text = "tcp prot 80";
  for (int i = 0; i < 10'000; ++i) text += " or tcp prot 80";
  const auto front = testing::run_front(text);
  EXPECT_LE(front.diagnostics.error_count(), diag::Diagnostics::kMaxKept + 1);
}

TEST(InheritedQualifiers, AreShownWhereTheyWereWritten) {
  const std::string_view text = "port 80 or 10.0.0.1";
  const auto front = testing::run_front(text);
  ASSERT_EQ(front.diagnostics.all().size(), 1u);
  const diag::Diagnostic& error = front.diagnostics.all()[0];
  EXPECT_EQ(text_of(text, error.range), "10.0.0.1");
  ASSERT_EQ(error.notes.size(), 1u);
  EXPECT_EQ(text_of(text, error.notes[0].range), "port");
}

TEST(NamesOff, EveryNameIsAnErrorExceptTheLanguagesOwn) {
  const auto errors = [](std::string_view text) {
    diag::Diagnostics diagnostics;
    const Options options;
    const TokenList tokens = lex(text, options, diagnostics);
    resolve(parse(tokens, text, options, diagnostics), text, options, diagnostics);
    return diagnostics;
  };
  for (const std::string_view text : {"host both", "port http", "net office", "ether host desk",
                                      "gateway gate", "ip proto \\gre", "port in {http}"}) {
    const diag::Diagnostics diagnostics = errors(text);
    ASSERT_TRUE(diagnostics.has_errors()) << text;
    EXPECT_EQ(diagnostics.all()[0].kind, Kind::kNamesOff) << text;
  }
  for (const std::string_view text :
       {"ip proto \\tcp", "ip6 proto \\icmp6", "ether proto \\arp", "iso proto \\isis"}) {
    EXPECT_FALSE(errors(text).has_errors()) << text;
  }
}

}  // namespace
}  // namespace weir::filter
