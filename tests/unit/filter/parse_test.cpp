#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "unit/filter/front.h"

namespace weir::filter {
namespace {

using testing::accepts;
using testing::ast_text;
using testing::run_front;

// Two expressions that mean the same have the same resolved tree.
void expect_same(std::string_view a, std::string_view b) {
  ASSERT_TRUE(accepts(a)) << a;
  ASSERT_TRUE(accepts(b)) << b;
  EXPECT_EQ(testing::resolved_text(a), testing::resolved_text(b)) << a << "\n" << b;
}

TEST(Parse, AnEmptyExpressionIsAnEmptyTree) {
  EXPECT_EQ(ast_text(""), "everything\n");
  EXPECT_EQ(ast_text(" \t\r\n"), "everything\n");
}

TEST(Parse, AndAndOrHaveEqualPrecedenceAndGroupToTheLeft) {
  expect_same("tcp or udp and arp", "(tcp or udp) and arp");
  expect_same("tcp and udp or arp and ip", "((tcp and udp) or arp) and ip");
}

TEST(Parse, NotBindsTightest) {
  expect_same("not tcp and udp", "(not tcp) and udp");
  expect_same("not not tcp", "not (not tcp)");
  expect_same("! tcp || ! udp", "(not tcp) or (not udp)");
}

TEST(Parse, AnIdInheritsTheQualifiersBeforeIt) {
  expect_same("tcp port 80 or 443", "tcp port 80 or tcp port 443");
  expect_same("tcp dst port 80 or not 443", "tcp dst port 80 or not tcp dst port 443");
  expect_same("port 80 or host 10.0.0.1 or 10.0.0.2", "port 80 or host 10.0.0.1 or host 10.0.0.2");
  expect_same("host 10.0.0.1 and not 10.0.0.2", "host 10.0.0.1 and not host 10.0.0.2");
}

TEST(Parse, QualifiersSpreadOverAGroupOfIds) {
  expect_same("tcp port (80 or 443)", "tcp port 80 or tcp port 443");
  expect_same("port (80 or (443 and not 8080))", "port 80 or (port 443 and not port 8080)");
  expect_same("host not 10.0.0.1", "not host 10.0.0.1");
  expect_same("port ((80))", "port 80");
}

TEST(Parse, AGroupOfTestsGivesBackTheQualifiersFromBeforeIt) {
  expect_same("tcp port 80 and (udp port 53) and 90",
              "tcp port 80 and udp port 53 and tcp port 90");
  EXPECT_FALSE(accepts("(port 80) or 90"));
  EXPECT_FALSE(accepts("tcp or 90"));
  EXPECT_FALSE(accepts("vlan 5 or 6"));
}

TEST(Parse, ANumberBehindAndIsAnIdUnlessArithmeticFollows) {
  expect_same("port 80 and (90)", "port 80 and port 90");
  EXPECT_TRUE(accepts("port 80 and 5 > 3"));
  EXPECT_TRUE(accepts("port 80 and (5) > 3"));
  EXPECT_TRUE(accepts("port 80 and (5 + 1) > 3"));
  EXPECT_TRUE(accepts("port 80 and not 5 = 3"));
  EXPECT_TRUE(accepts("((5)) = 5"));
}

TEST(Parse, GroupsOfIdsFollowLibpcapsGrammar) {
  EXPECT_TRUE(accepts("port 80 and (not (90 or 91) or 92)"));
  EXPECT_FALSE(accepts("port ((80 or 90) or 100)"));
  EXPECT_FALSE(accepts("port (tcp port 80)"));
  EXPECT_FALSE(accepts("port 80 or (90 or tcp)"));
  EXPECT_TRUE(accepts("port 80 or (tcp or 90 = 90)"));
}

TEST(Parse, ArithmeticHasTheUsualPrecedence) {
  expect_same("len + 2 * 3 = 5", "len + (2 * 3) = 5");
  expect_same("len * 2 + 3 = 5", "(len * 2) + 3 = 5");
  expect_same("len - 2 - 3 = 5", "(len - 2) - 3 = 5");
  expect_same("len | 1 & 2 << 3 + 4 * 5 = 6", "len | (1 & (2 << (3 + (4 * 5)))) = 6");
  expect_same("- len + 2 = 5", "(- len) + 2 = 5");
}

TEST(Parse, PercentAndCaretTakeAllThatFollows) {
  expect_same("len % 10 + 1 = 3", "len % (10 + 1) = 3");
  expect_same("len * 2 % 3 = 1", "len * (2 % 3) = 1");
  expect_same("len ^ 3 & 1 != 2", "len ^ (3 & 1) != 2");
  expect_same("len % 5 % 3 = 1", "len % (5 % 3) = 1");
  expect_same("- len % 3 = 1", "- (len % 3) = 1");
}

TEST(Parse, ComparisonsDoNotChain) {
  EXPECT_FALSE(accepts("len > 1 > 0"));
  EXPECT_FALSE(accepts("(len > 1) + 1 = 2"));
}

TEST(Parse, AnIndexIsArithmeticAtAnyDepth) {
  EXPECT_EQ(ast_text("tcp[tcp[12] >> 2 : 4] = 1"),
            "compare =\n"
            "  index tcp size=4\n"
            "    arith >>\n"
            "      index tcp size=1\n"
            "        constant 12\n"
            "      constant 2\n"
            "  constant 1\n");
}

TEST(Parse, NodesStandInTheOrderOfTheTextChildrenFirst) {
  const testing::Front front = run_front("(vlan and ip) or not tcp[0] = 1");
  ASSERT_FALSE(front.diagnostics.has_errors());
  for (NodeId id = 0; id < front.ast.nodes.size(); ++id) {
    if (const auto* node = std::get_if<And>(&front.ast.nodes[id].data)) {
      EXPECT_LT(node->left, node->right);
      EXPECT_EQ(node->right, id - 1);
    }
    if (const auto* node = std::get_if<Not>(&front.ast.nodes[id].data)) {
      EXPECT_EQ(node->operand, id - 1);
    }
  }
  EXPECT_TRUE(std::holds_alternative<Or>(front.ast.nodes[front.ast.root()].data));
  EXPECT_EQ(front.resolved.nodes.size(), front.ast.nodes.size());
}

TEST(Parse, ScopesHoldAnExpressionAndEndItsQualifiers) {
  EXPECT_EQ(ast_text("vlan 5 { tcp port 80 or 443 } or udp port 53"),
            "or\n"
            "  scope\n"
            "    vlan `vlan 5`\n"
            "    or\n"
            "      number `80` proto=tcp dir=any type=port\n"
            "      number `443` proto=tcp dir=any type=port\n"
            "  number `53` proto=udp dir=any type=port\n");
  for (const std::string_view word :
       {"vlan", "mpls", "pppoes", "geneve", "vxlan", "ipip", "gre", "ip6ext"}) {
    EXPECT_TRUE(accepts(std::string(word) + " { tcp }")) << word;
  }
  EXPECT_TRUE(accepts("vlan in {5, 7} { mpls { ip } and arp }"));
  EXPECT_FALSE(accepts("port 80 or vlan { 443 }"));
  EXPECT_FALSE(accepts("vlan 5 { tcp port 80 } or 443"));
  EXPECT_FALSE(accepts("vlan { }"));
}

TEST(Parse, InIsANameUnlessAListFollows) {
  EXPECT_EQ(ast_text("port 80 or in {443}"),
            "or\n"
            "  number `80` proto=any dir=any type=port\n"
            "  set `in {443}` proto=any dir=any type=port\n");
  EXPECT_EQ(run_front("host in").diagnostics.all().at(0).message, "unknown host `in`");
}

TEST(Parse, ListsMayHaveBlanksAndATrailingComma) {
  expect_same("port in { 80 , 8000 - 8100 , }", "port in {80,8000-8100}");
  expect_same("host in {10.0.0.0 / 8}", "host in {10.0.0.0/8}");
}

TEST(Parse, FlagsAndPayloadAreAdditions) {
  EXPECT_EQ(ast_text("tcp.flags syn,!ack"), "flags tcp, all of 0x02, none of 0x10\n");
  EXPECT_EQ(ast_text("tcp.flags syn|fin,!ack,!rst"), "flags tcp, any of 0x03, none of 0x14\n");
  EXPECT_EQ(ast_text("ip.flags df|mf"), "flags ip, any of 0x60\n");
  EXPECT_EQ(ast_text(R"(payload "GET \x41\n\"\\")"), "payload `GET A\\x0a\"\\`\n");
  EXPECT_EQ(ast_text("payload[0:4] = 1"),
            "compare =\n"
            "  index payload size=4\n"
            "    constant 0\n"
            "  constant 1\n");
}

TEST(Parse, StrictRefusesEveryAddition) {
  Options strict;
  strict.strict = true;
  for (const std::string_view text :
       {"port in {80}", "host in @file", "vlan 5 { tcp }", "gre { tcp }", "tcp.flags syn",
        "payload \"x\"", "payload[0] = 1", "vlan in {5}"}) {
    const auto front = run_front(text, strict);
    EXPECT_TRUE(front.diagnostics.has_errors()) << text;
    EXPECT_EQ(front.diagnostics.all().at(0).kind, diag::Kind::kNotStrict) << text;
  }
}

TEST(Parse, PrimitivesOfOtherLinkTypesAreRead) {
  for (const std::string_view text : {"on eth0",
                                      "ifname eth0",
                                      "rset foo",
                                      "rnr 5",
                                      "srnr 6",
                                      "reason match",
                                      "reason 5",
                                      "action pass",
                                      "vpi 5",
                                      "vci > 5",
                                      "vpi (1 or 2)",
                                      "lane",
                                      "oamf4",
                                      "connectmsg",
                                      "fisu",
                                      "hmsu",
                                      "sio 5",
                                      "dpc (1 or 2 or 3)",
                                      "hopc != 5",
                                      "link host $1f",
                                      "type mgt subtype beacon",
                                      "wlan type data",
                                      "subtype ack",
                                      "type 8 subtype 0x80",
                                      "dir tods",
                                      "direction 3",
                                      "wlan ra 00:11:22:33:44:55",
                                      "llc",
                                      "llc i",
                                      "llc rnr",
                                      "llc UI",
                                      "radio[0] = 1",
                                      "decnet host 1.2",
                                      "gateway gate"}) {
    EXPECT_TRUE(accepts(text)) << text << "\n" << testing::errors_of(run_front(text), text);
  }
}

TEST(Parse, LongChainsTakeNoStackAndLittleTime) {
  std::string text = "host 10.0.0.1";
  for (int i = 0; i < 100'000; ++i) text += " or 10.0.0.2";
  EXPECT_TRUE(accepts(text));
}

TEST(Parse, NestingOverTheLimitIsAnError) {
  Options options;
  options.limits.max_nesting = 10;
  EXPECT_TRUE(accepts(std::string(10, '(') + "tcp" + std::string(10, ')'), options));
  for (const std::string& text : {std::string(1000, '(') + "tcp", std::string(1000, '!') + "tcp",
                                  std::string(1000, '-') + "len = 1"}) {
    const auto front = run_front(text, options);
    ASSERT_TRUE(front.diagnostics.has_errors());
    EXPECT_EQ(front.diagnostics.all()[0].kind, diag::Kind::kTooLarge);
  }
}

TEST(Parse, NodesOverTheLimitAreAnError) {
  Options options;
  options.limits.max_nodes = 10;
  const auto front = run_front("tcp or udp or arp or ip or ip6 or icmp or sctp", options);
  ASSERT_TRUE(front.diagnostics.has_errors());
  EXPECT_EQ(front.diagnostics.all()[0].kind, diag::Kind::kTooLarge);
}

}  // namespace
}  // namespace weir::filter
