// Code for a live capture: weir's and libpcap's kernel extension loads give the same verdicts, run
// in weir's interpreter in its kernel mode with random metadata (a tag that the kernel took off,
// the packet type, the interface).
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <string_view>

#include "diff/filter/expression_gen.h"
#include "diff/filter/live_oracle.h"
#include "diff/filter/mend.h"
#include "diff/filter/test_data.h"
#include "diff/filter/values.h"
#include "diff/filter/weir_contender.h"
#include "vm/classic_interpreter.h"

namespace weir::difftest {
namespace {

constexpr std::size_t kPackets = 400;
constexpr std::uint32_t kLiveExpressions = 3000;
constexpr std::uint64_t kBudget = 1u << 16;

constexpr auto kDirected = std::to_array<const char*>({
    "inbound",
    "outbound",
    "not inbound",
    "inbound and tcp",
    "outbound and port 53",
    "ifindex 1",
    "ifindex 2 or ip6",
    "not ifindex 1",
    "inbound and vlan 100",
    "vlan 100 and inbound and ip",
});

struct LivePacket {
  SamplePacket sample;
  vm::ClassicMetadata metadata;
};

LivePacket live_packet(Choices& choices) {
  LivePacket packet{.sample = vary_packet(generate_packet(LinkType::kEn10mb, choices), choices),
                    .metadata = {}};
  packet.metadata.packet_type = static_cast<std::uint8_t>(choices.below(5));
  packet.metadata.interface_index = choices.below(4);
  packet.metadata.vlan_present = choices.chance(40);
  if (packet.metadata.vlan_present) packet.metadata.vlan_tci = choices.pick(values::kVlanIds);
  return packet;
}

std::vector<LivePacket> live_packets() {
  Choices choices(31);
  std::vector<LivePacket> packets;
  while (packets.size() < kPackets) packets.push_back(live_packet(choices));
  return packets;
}

bool verdict(const ClassicProgram& code, const LivePacket& packet) {
  const vm::ClassicInput input{.bytes = packet.sample.bytes,
                               .wire_length = packet.sample.wire_length,
                               .metadata = &packet.metadata};
  const vm::ClassicOptions options{
      .mode = vm::ClassicMode::kKernel, .budget = kBudget, .trace = {}};
  return vm::run_classic(code, input, options).verdict != 0;
}

// Where libpcap's code loads a cell that nothing stored it has no verdict; the interpreter's zero
// would only be its own. A protocol chain is a loop, which no kernel runs and weir refuses. A shift
// by 32 or more gives 0 in the language, and what the processor makes of it in the kernel.
bool is_comparable(const std::string& expression) {
  constexpr auto kOthers = std::to_array<std::string_view>({"geneve", "protochain", "<<", ">>"});
  return std::ranges::none_of(
      kOthers, [&](std::string_view other) { return expression.find(other) != std::string::npos; });
}

class Live : public testing::Test {
 protected:
  void SetUp() override {
    auto opened = LiveOracle::open();
    if (!opened) GTEST_SKIP() << opened.error().message;
    oracle_ = std::make_unique<LiveOracle>(*std::move(opened));
  }

  void compare(const std::string& expression) {
    if (!is_comparable(expression)) return;
    const Compiled peer = oracle_->compile(expression);
    const Compiled ours = weir_compile_live({.expression = expression});
    if (!peer.code) return;
    ASSERT_TRUE(ours.code) << expression << ": " << ours.error;
    ++compared_;
    const ClassicProgram without_dead_loads = drop_dead_loads(*peer.code);
    for (const LivePacket& packet : packets_) {
      const bool actual = verdict(*ours.code, packet);
      if (actual == verdict(without_dead_loads, packet)) continue;
      ASSERT_EQ(actual, verdict(*peer.code, packet)) << expression;
    }
  }

  std::unique_ptr<LiveOracle> oracle_;
  std::vector<LivePacket> packets_ = live_packets();
  int compared_ = 0;
};

TEST_F(Live, TheCorpusHasLibpcapsVerdicts) {
  for (const char* expression : kDirected) compare(expression);
  for (const CorpusEntry& entry : corpus_of(LinkType::kEn10mb)) {
    if (!entry.needs_head && !entry.query.netmask) compare(entry.query.expression);
  }
  EXPECT_GT(compared_, 1000);
}

TEST_F(Live, RandomExpressionsHaveLibpcapsVerdicts) {
  Choices choices(32);
  for (std::uint32_t i = 0; i < kLiveExpressions * slowness() && !HasFailure(); ++i) {
    compare(generate_expression(LinkType::kEn10mb, choices));
  }
}

}  // namespace
}  // namespace weir::difftest
