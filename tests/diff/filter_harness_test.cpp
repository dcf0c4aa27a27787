// The means of comparison themselves: they must find the wrong code of libpcap's optimiser, or else
// a clean comparison of weir would say nothing.
#include <gtest/gtest.h>

#include <array>
#include <charconv>
#include <ostream>
#include <set>
#include <string_view>

#include "diff/filter/checked_bpf.h"
#include "diff/filter/compare.h"
#include "diff/filter/expression_gen.h"
#include "diff/filter/reference.h"
#include "diff/filter/test_data.h"
#include "diff/libpcap_oracle.h"

namespace weir::difftest {
namespace {

bool whole(const SamplePacket& packet) {
  return packet.bytes.size() >= 60 && packet.bytes.size() == packet.wire_length;
}

// Packets that nothing cut off, so that no load can fail.
std::vector<SamplePacket> whole_packets() {
  std::vector<SamplePacket> packets = packets_of(LinkType::kEn10mb, 4000);
  std::erase_if(packets, [](const SamplePacket& packet) { return !whole(packet); });
  return packets;
}

class OptimiserBug : public testing::TestWithParam<const char*> {};

TEST_P(OptimiserBug, IsFoundOnWholePackets) {
  Comparison comparison({libpcap_optimiser()});
  ASSERT_TRUE(comparison.compare({.expression = GetParam()}, whole_packets()));
  EXPECT_FALSE(comparison.tally().differences.empty());
}

INSTANTIATE_TEST_SUITE_P(
    Proofs, OptimiserBug,
    testing::Values("tcp port 22 or ip6 or greater 500 or ip",
                    "(less 80 and ip multicast) or (ip proto 17 and greater 500)",
                    "1/2=1/3&&1>4/5&&1>6/7"));

enum class Outcome : std::uint8_t { kNoMatch, kMatch, kEndless };

void PrintTo(Outcome outcome, std::ostream* out) {
  *out << std::array{"no match", "match", "endless"}[static_cast<std::size_t>(outcome)];
}

Outcome outcome(const ClassicProgram& code, const std::vector<std::byte>& packet) {
  const CheckedRun run = run_checked(code, packet, static_cast<std::uint32_t>(packet.size()));
  if (run.endless) return Outcome::kEndless;
  return run.verdict == 0 ? Outcome::kNoMatch : Outcome::kMatch;
}

std::vector<std::byte> from_hex(std::string_view hex) {
  std::vector<std::byte> bytes;
  for (std::size_t at = 0; at < hex.size(); at += 2) {
    unsigned value = 0;
    std::from_chars(hex.data() + at, hex.data() + at + 2, value, 16);
    bytes.push_back(static_cast<std::byte>(value));
  }
  return bytes;
}

// The proofs of docs/libpcap-differences.md for what mend.h puts right.
struct Proof {
  const char* name;
  const char* expression;
  LinkType link_type;
  const char* packet;
  Outcome libpcap;
  Outcome mended;
};

void PrintTo(const Proof& proof, std::ostream* out) { *out << proof.expression; }

class Mending : public testing::TestWithParam<Proof> {};

TEST_P(Mending, ChangesWhatLibpcapGetsWrong) {
  const Query query{.expression = GetParam().expression, .link_type = GetParam().link_type};
  const std::vector<std::byte> packet = from_hex(GetParam().packet);
  EXPECT_EQ(outcome(*libpcap_compile(query, PeerMode::kUnoptimised).code, packet),
            GetParam().libpcap);
  EXPECT_EQ(outcome(*reference_compile(query).code, packet), GetParam().mended);
}

INSTANTIATE_TEST_SUITE_P(
    Proofs, Mending,
    testing::Values(
        Proof{"ByteAnd", "byte 23 & 6", LinkType::kEn10mb,
              "000000000000000000000000000000000000000000000084", Outcome::kNoMatch,
              Outcome::kMatch},
        Proof{"ByteOr", "byte 23 | 6", LinkType::kEn10mb, "", Outcome::kMatch, Outcome::kNoMatch},
        Proof{"IpMulticast", "ip multicast", LinkType::kRaw,
              "45000000000000000000000000000000f0000000", Outcome::kMatch, Outcome::kNoMatch},
        Proof{"AuthenticationHeader", "ip6 protochain 6", LinkType::kIpv6,
              "0000000000003300000000000000000000000000000000000000000000000000000000000000000000"
              "01000000e20000000000000600",
              Outcome::kNoMatch, Outcome::kMatch},
        Proof{"EndlessChain", "ip protochain 6", LinkType::kIpv4,
              "45000000000000000033000000000000000000003303", Outcome::kEndless, Outcome::kNoMatch},
        Proof{"SharedCell", "radio[1] = 0 and type mgt", LinkType::kIeee80211Radio, "00000c00",
              Outcome::kMatch, Outcome::kNoMatch}),
    [](const auto& proof) { return std::string(proof.param.name); });

TEST(Mending, LeavesOtherCodeAlone) {
  for (const char* expression :
       {"byte 23 = 6", "tcp port 80", "net 10.0.0.0/8", "vlan 5 and ip6"}) {
    const Query query{.expression = expression};
    EXPECT_EQ(reference_compile(query).code, libpcap_compile(query, PeerMode::kUnoptimised).code);
  }
}

TEST(Shrinker, LeavesOnlyWhatIsNeeded) {
  Comparison comparison({libpcap_optimiser()});
  const Query query{.expression = "igmp or tcp port 22 or (ip6) or (greater 500) or not not ip"};
  ASSERT_TRUE(comparison.compare(query, whole_packets()));
  ASSERT_FALSE(comparison.tally().differences.empty());
  const Difference& smallest = comparison.tally().differences[0];
  EXPECT_EQ(smallest.query.expression, "igmp or ip6 or greater 500 or ip");
  EXPECT_LE(smallest.packet.bytes.size(), 24u);
}

TEST(CheckedInterpreter, AgreesWithLibpcapsOnItsUnoptimisedCode) {
  for (const auto& [type, dlt, name] : kComparedLinkTypes) {
    const std::vector<SamplePacket> packets = packets_of(type, 40);
    for (const CorpusEntry& entry : corpus_of(type)) {
      const Compiled compiled = libpcap_compile(entry.query, PeerMode::kUnoptimised);
      if (!compiled.code) continue;
      for (const SamplePacket& packet : packets) {
        const CheckedRun run = run_checked(*compiled.code, packet.bytes, packet.wire_length);
        if (run.read_unset || run.endless) continue;
        ASSERT_EQ(run.verdict, libpcap_run(*compiled.code, packet.bytes, packet.wire_length))
            << name << ": " << entry.query.expression;
      }
    }
  }
}

TEST(CheckedInterpreter, SeesThatACellWasNeverStored) {
  const ClassicProgram code = {{.code = 0x60, .k = 3}, {.code = 0x16}};  // ld M[3]; ret a
  EXPECT_TRUE(run_checked(code, {}, 0).read_unset);
}

TEST(CheckedInterpreter, GivesUpOnALoop) {
  const ClassicProgram code = {{.code = 0x05, .k = 0xffffffff}, {.code = 0x06}};  // ja -1; ret 0
  EXPECT_TRUE(run_checked(code, {}, 0).endless);
}

TEST(Generators, RepeatThemselvesForASeed) {
  Choices first(9);
  Choices second(9);
  EXPECT_EQ(generate_expression(LinkType::kEn10mb, first),
            generate_expression(LinkType::kEn10mb, second));
  EXPECT_EQ(generate_packet(LinkType::kEn10mb, first), generate_packet(LinkType::kEn10mb, second));
}

TEST(Generators, MakeExpressionsThatLibpcapMostlyAccepts) {
  Choices choices(5);
  int accepted = 0;
  for (int i = 0; i < 1000; ++i) {
    const LinkType type = choices.pick(kComparedLinkTypes).type;
    const Query query{.expression = generate_expression(type, choices), .link_type = type};
    accepted += libpcap_compile(query, PeerMode::kUnoptimised).code.has_value();
  }
  EXPECT_GT(accepted, 800);
}

TEST(Corpus, HoldsAtLeastEightHundredExpressions) {
  std::set<std::string> expressions;
  for (const CorpusEntry& entry : accepted_corpus()) expressions.insert(entry.query.expression);
  EXPECT_GE(expressions.size(), 800u);
}

TEST(Corpus, IsAcceptedByLibpcap) {
  for (const CorpusEntry& entry : accepted_corpus()) {
    if (entry.needs_head) continue;
    const Compiled compiled = libpcap_compile(entry.query, PeerMode::kUnoptimised);
    EXPECT_TRUE(compiled.code) << "line " << entry.line << ": " << entry.query.expression << ": "
                               << compiled.error;
  }
}

TEST(Corpus, OfRefusalsIsRefusedByLibpcap) {
  for (const CorpusEntry& entry : rejected_corpus()) {
    EXPECT_FALSE(libpcap_compile(entry.query, PeerMode::kUnoptimised).code)
        << "line " << entry.line << ": " << entry.query.expression;
  }
}

}  // namespace
}  // namespace weir::difftest
