#include "app/explain.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "unit/app/make_capture.h"

namespace weir::app {
namespace {

using test::pcap_bytes;
using test::sample_capture;
using test::sample_packets;
using test::write_file;

ExplainOptions asking(std::string text) {
  ExplainOptions options;
  options.expression.text = std::move(text);
  options.expression.source = "expression";
  options.expression.names = false;
  return options;
}

std::string words(const std::string& text) {
  const auto explanation = explain(asking(text));
  return explanation ? render(*explanation) : render(explanation.error(), false);
}

Explanation about(const std::string& text, const std::string& capture, std::uint64_t number) {
  ExplainOptions options = asking(text);
  options.capture = capture;
  options.packet_number = number;
  auto explanation = explain(options);
  EXPECT_TRUE(explanation) << render(explanation.error(), false);
  return explanation.value_or(Explanation{});
}

const Part& decider(const Explanation& explanation) {
  const auto found = std::ranges::find_if(explanation.parts, &Part::decides);
  EXPECT_NE(found, explanation.parts.end());
  return *found;
}

TEST(Explain, ListsAChainOfOneOperatorAsOnePart) {
  EXPECT_EQ(words("ip and tcp and port 80"),
            "all of these hold:\n"
            "  `ip`: the link layer carries 0x0800 (ip)\n"
            "  `tcp`: it is IPv4 or IPv6, and carries 6 (tcp)\n"
            "  `port 80`: the TCP, UDP or SCTP source or destination port is 80\n");
}

TEST(Explain, ShowsTheQualifiersThatAPartInherits) {
  const std::string text = words("tcp dst port 80 or 443");
  EXPECT_NE(text.find("`tcp dst port 443`: the TCP destination port is 443"), std::string::npos)
      << text;
}

TEST(Explain, FollowsTheGroupingOfTheLanguage) {
  EXPECT_EQ(words("arp or ip and tcp"),
            "all of these hold:\n"
            "  any of these holds:\n"
            "    `arp`: the link layer carries 0x0806 (arp)\n"
            "    `ip`: the link layer carries 0x0800 (ip)\n"
            "  `tcp`: it is IPv4 or IPv6, and carries 6 (tcp)\n");
}

TEST(Explain, SaysThatAnEmptyExpressionMatchesEverything) {
  EXPECT_EQ(words(""), "every packet matches\n");
}

TEST(Explain, NamesThePartThatDecidesAndWhatIsNotReached) {
  const Explanation explanation = about("tcp and port 80 and not arp", sample_capture(), 3);
  EXPECT_FALSE(explanation.packet->matches);
  EXPECT_EQ(decider(explanation).text, "tcp");
  EXPECT_EQ(explanation.parts.back().verdict, PartVerdict::kNotReached);
}

TEST(Explain, LetsTheFirstAlternativeThatHoldsDecide) {
  const Explanation explanation = about("udp or tcp or arp", sample_capture(), 2);
  EXPECT_TRUE(explanation.packet->matches);
  EXPECT_EQ(decider(explanation).text, "tcp");
}

TEST(Explain, TurnsTheVerdictOfNotAround) {
  const Explanation explanation = about("not arp", sample_capture(), 1);
  EXPECT_FALSE(explanation.packet->matches);
  EXPECT_EQ(explanation.parts.front().verdict, PartVerdict::kFails);
  EXPECT_EQ(decider(explanation).verdict, PartVerdict::kHolds);
}

TEST(Explain, LetsALoadPastTheEndReject) {
  const Explanation explanation = about("ether[200] = 1 or arp", sample_capture(), 1);
  EXPECT_FALSE(explanation.packet->matches);
  EXPECT_EQ(decider(explanation).verdict, PartVerdict::kBeyondEnd);
}

TEST(Explain, ReadsAPartBehindTheHeadersBeforeIt) {
  const auto tagged = weir::test::hex(
      "0200 0000 0002 0200 0000 0001 8100 0005 0800 4500 0028 0001 0000 4006 0000 0a00 0001 0a00 "
      "0002"
      "04d2 0050 0000 0000 0000 0000 5002 ffff 0000 0000");
  const std::string path = write_file("tagged.pcap", pcap_bytes({tagged}));
  EXPECT_EQ(about("ip", path, 1).parts.back().verdict, PartVerdict::kFails);
  EXPECT_EQ(about("vlan and ip", path, 1).parts.back().verdict, PartVerdict::kHolds);
  EXPECT_EQ(about("vlan 5 { tcp port 80 } and not ip", path, 1).parts.back().verdict,
            PartVerdict::kFails);
}

// The parts, each run at its place, must say together what the whole program says.
void expect_agreement(const std::string& text, const std::string& path, std::uint64_t number) {
  const Explanation explanation = about(text, path, number);
  if (explanation.parts.empty()) return;
  const bool holds = explanation.parts.front().verdict == PartVerdict::kHolds;
  EXPECT_EQ(holds, explanation.packet->matches) << text << ", packet " << number << " of " << path;
}

TEST(Explain, AgreesWithTheWholeProgram) {
  const std::string path = sample_capture();
  for (const char* text :
       {"arp", "tcp", "not (tcp or udp)", "ip and not tcp", "port 53 or port 80",
        "ip[8] < 70 and ether[12] = 8", "not (arp and ether[300] = 0)", "tcp[13] & 2 != 0",
        "len > 60 or arp", "host 10.0.0.3", "vlan or ip", "not not udp",
        "ip[2:2] = 40 or udp[4:2] > 8", "ether broadcast or less 60", "port in {1, 53, 80-90}"}) {
    for (std::uint64_t number = 1; number <= sample_packets().size(); ++number)
      expect_agreement(text, path, number);
  }
}

TEST(Explain, AgreesWithTheWholeProgramInsideTunnels) {
  const std::string path = WEIR_SOURCE_DIR "/examples/captures/tunnels.pcapng";
  for (const char* text :
       {"vxlan and tcp port 80", "vxlan or tcp", "(udp or vxlan) and tcp", "geneve and icmp",
        "gre { tcp } or ipip { udp }", "not (vxlan and ip) and udp", "pppoes and (tcp or udp)",
        "vxlan { arp or tcp } or vlan"}) {
    for (std::uint64_t number = 1; number <= 120; number += 7) expect_agreement(text, path, number);
  }
}

TEST(Explain, SaysHowManyPacketsThereAre) {
  ExplainOptions options = asking("ip");
  options.capture = sample_capture();
  options.packet_number = 4;
  const auto explanation = explain(options);
  ASSERT_FALSE(explanation);
  EXPECT_EQ(explanation.error().error.hint, "it has 3 packets");
}

}  // namespace
}  // namespace weir::app
