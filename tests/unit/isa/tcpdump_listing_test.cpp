// The installed tcpdump is the judge of how programs are printed.
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "isa/classic_print.h"
#include "unit/isa/read_program.h"

namespace weir::isa {
namespace {

// What `tcpdump OPTIONS EXPRESSION` prints; nullopt when it fails.
std::optional<std::string> tcpdump(const std::string& options, std::string_view expression) {
  const std::string command =
      "tcpdump " + options + " '" + std::string(expression) + "' 2>/dev/null";
  FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) return std::nullopt;
  std::string out;
  std::array<char, 4096> chunk;
  for (std::size_t got = 0; (got = std::fread(chunk.data(), 1, chunk.size(), pipe)) != 0;) {
    out.append(chunk.data(), got);
  }
  if (::pclose(pipe) != 0) return std::nullopt;
  return out;
}

void expect_same_output(const std::string& options, std::string_view expression) {
  const auto decimal = tcpdump(options + " -ddd", expression);
  const auto c = tcpdump(options + " -dd", expression);
  const auto listing = tcpdump(options + " -d", expression);
  ASSERT_TRUE(decimal && c && listing) << expression;
  const ClassicProgram program = read(*decimal);
  EXPECT_EQ(format_listing(program), *listing) << expression;
  EXPECT_EQ(format_c(program), *c) << expression;
  EXPECT_EQ(format_decimal(program), *decimal) << expression;
  EXPECT_EQ(format_listing(read(*listing)), *listing) << expression;
  EXPECT_EQ(read(*c), program) << expression;
}

constexpr std::string_view kExpressions[] = {
    "",
    "ip",
    "tcp port 80",
    "port 53 or portrange 8000-8999",
    "host 192.168.1.1 and not net 10.0.0.0/8",
    "ip6 host 2001:db8::1",
    "ether host 00:11:22:33:44:55",
    "tcp[tcpflags] & (tcp-syn|tcp-fin) != 0",
    "tcp port 80 and (((ip[2:2] - ((ip[0]&0xf)<<2)) - ((tcp[12]&0xf0)>>2)) != 0)",
    "vlan 100 and vlan 200 and tcp",
    "mpls 1024 and host 192.9.200.1",
    "pppoes 0x27 and ip",
    "geneve 0xb and ip",
    "ip6 protochain 6",
    "len > 1000",
    "less 64",
    "ether[0] / 3 * len % 7 = 1",
    "ether[0] / len = ether[1] % len",
    "(ether[0] ^ ether[1]) = (ether[2] ^ 0xff)",
    "(ether[0] | ether[1]) << 3 >> ether[2] = - ether[4:4]",
    "ip[ip[0]:4] > ether[5] and ip[ip[0]] >= tcp[3:2]",
    "ether[4294963200] = 1",
};

TEST(TcpdumpListing, IsPrintedByteForByteAndReadBack) {
  if (!tcpdump("-y EN10MB -d", "ip")) GTEST_SKIP() << "tcpdump is not installed";
  for (const std::string_view expression : kExpressions) {
    expect_same_output("-y EN10MB", expression);
    expect_same_output("-y EN10MB -O -s 96", expression);
  }
}

TEST(TcpdumpListing, IsTheSameOnOtherLinkTypes) {
  if (!tcpdump("-y EN10MB -d", "ip")) GTEST_SKIP() << "tcpdump is not installed";
  for (const char* link_type : {"RAW", "LINUX_SLL", "LINUX_SLL2", "IEEE802_11_RADIO", "PPP"}) {
    expect_same_output(std::string("-y ") + link_type, "tcp port 80 or udp");
  }
}

TEST(TcpdumpListing, IsTheSameForKernelExtensions) {
  if (!tcpdump("-i lo -d", "ip")) GTEST_SKIP() << "needs tcpdump and the right to capture on lo";
  for (const char* expression :
       {"vlan", "vlan 7 and ip", "inbound", "outbound and udp", "ifindex 1"}) {
    expect_same_output("-i lo", expression);
  }
}

}  // namespace
}  // namespace weir::isa
