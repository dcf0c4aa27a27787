#include "capture/live_source.h"

#include <gtest/gtest.h>

#include "harness/fake_packet_socket.h"

namespace weir::capture {
namespace {

using test::FakeFrame;
using test::FakeSocketState;

constexpr ClassicInsn kAccept = {.code = 0x06, .jt = 0, .jf = 0, .k = 262144};
constexpr ClassicInsn kFallback = {.code = 0x06, .jt = 0, .jf = 0, .k = 65535};

RingOptions ring_options(const std::string& name) {
  RingOptions out;
  out.name = name;
  out.interface_index = 2;
  out.frames.snaplen = 262144;
  out.shape = {.block_bytes = 4096, .blocks = 2, .retire_ms = 1, .reserve_bytes = 8};
  out.filter = {kAccept};
  out.fallback_filter = {kFallback};
  return out;
}

FakeFrame frame(std::uint32_t seconds) {
  return {.bytes = std::vector<std::byte>(60), .seconds = seconds};
}

std::vector<std::int64_t> seconds_of(const capfile::Batch& batch) {
  std::vector<std::int64_t> out;
  for (const Packet& packet : batch.packets) out.push_back(packet.time_ns / 1'000'000'000);
  return out;
}

TEST(LiveSource, AttachesTheFilterBeforeItListens) {
  FakeSocketState state;
  const auto source = LiveSource::open({ring_options("a")}, test::opener_of({&state}));
  ASSERT_TRUE(source);
  EXPECT_EQ(state.calls, (std::vector<std::string>{"filter", "ring", "bind", "promiscuous"}));
  EXPECT_EQ(state.filters.front().front(), kAccept);
}

TEST(LiveSource, LetsPacketsIntoAFanoutOnceAllRingsHaveJoined) {
  FakeSocketState a;
  FakeSocketState b;
  RingOptions first = ring_options("eth0");
  first.fanout = true;
  RingOptions second = first;
  second.shares_interface = true;
  const auto source = LiveSource::open({first, second}, test::opener_of({&a, &b}));
  ASSERT_TRUE(source);
  EXPECT_EQ(source->info().interfaces.size(), 1u);
  EXPECT_EQ(a.calls,
            (std::vector<std::string>{"filter", "ring", "bind", "promiscuous", "found", "filter"}));
  EXPECT_EQ(b.calls.at(4), "join");
  EXPECT_EQ(a.filters.front().front().k, 0u);
  EXPECT_EQ(a.filters.back().front(), kAccept);
}

TEST(LiveSource, FallsBackWhenTheKernelRefusesTheFilter) {
  FakeSocketState state;
  state.refuse_filters = 1;
  const auto source = LiveSource::open({ring_options("a")}, test::opener_of({&state}));
  ASSERT_TRUE(source);
  EXPECT_FALSE(source->rings().front().filters_in_kernel());
  EXPECT_EQ(state.filters.front().front(), kFallback);
}

TEST(LiveSource, NamesTheInterfaceThatFails) {
  for (const bool bind_fails : {true, false}) {
    FakeSocketState state;
    (bind_fails ? state.bind_error : state.ring_error) = "cannot do it";
    const auto source = LiveSource::open({ring_options("eth7")}, test::opener_of({&state}));
    ASSERT_FALSE(source);
    EXPECT_EQ(source.error().message, "`eth7`: cannot do it");
  }
}

TEST(LiveSource, MergesWhatTheRingsHoldByTime) {
  FakeSocketState a;
  FakeSocketState b;
  auto source = LiveSource::open({ring_options("a"), ring_options("b")}, test::opener_of({&a, &b}));
  ASSERT_TRUE(source);
  ASSERT_TRUE(a.fill({frame(1), frame(4)}));
  ASSERT_TRUE(b.fill({frame(2), frame(3)}));
  const auto batch = source->next_batch();
  ASSERT_TRUE(batch);
  EXPECT_EQ(seconds_of(*batch), (std::vector<std::int64_t>{1, 2, 3, 4}));
  EXPECT_EQ(batch->packets[1].interface_id, 1u);
  EXPECT_TRUE(source->next_batch()->end());
}

TEST(LiveSource, GivesBlocksBackWhenTheNextBatchIsAskedFor) {
  FakeSocketState state;
  auto source = LiveSource::open({ring_options("a")}, test::opener_of({&state}));
  ASSERT_TRUE(state.fill({frame(1)}) && state.fill({frame(2)}));
  EXPECT_FALSE(state.fill({frame(3)}));
  EXPECT_EQ(seconds_of(*source->next_batch()), std::vector<std::int64_t>{1});
  EXPECT_FALSE(state.fill({frame(3)}));
  EXPECT_EQ(seconds_of(*source->next_batch()), std::vector<std::int64_t>{2});
  EXPECT_TRUE(state.fill({frame(3)}));
}

TEST(LiveSource, UsesWhatStandsBeforeDamageAndThenFails) {
  FakeSocketState state;
  auto source = LiveSource::open({ring_options("a")}, test::opener_of({&state}));
  ASSERT_TRUE(state.fill({frame(1), frame(2)}));
  constexpr std::size_t kSecondFrame = 48 + 160;
  state.ring[kSecondFrame + 24] = std::byte{0};  // where its packet begins
  state.ring[kSecondFrame + 25] = std::byte{0};
  const auto batch = source->next_batch();
  ASSERT_TRUE(batch);
  EXPECT_EQ(seconds_of(*batch), std::vector<std::int64_t>{1});
  EXPECT_FALSE(source->next_batch());
}

TEST(LiveSource, AddsUpCountersThatBeginAnewEachTime) {
  FakeSocketState state;
  state.counts = {{.accepted = 5, .dropped = 1}, {.accepted = 2, .dropped = 0}};
  auto source = LiveSource::open({ring_options("a")}, test::opener_of({&state}));
  (void)source->counts();
  const auto counts = source->counts();
  ASSERT_TRUE(counts);
  EXPECT_EQ(counts->accepted, 7u);
  EXPECT_EQ(counts->dropped, 1u);
}

TEST(LiveSource, IsDrainedWhenAllThatWasAcceptedCame) {
  FakeSocketState state;
  state.counts = {{.accepted = 3, .dropped = 1}};
  auto source = LiveSource::open({ring_options("a")}, test::opener_of({&state}));
  source->close_entry();
  EXPECT_EQ(state.filters.back().front().k, 0u);
  EXPECT_FALSE(*source->is_drained());
  ASSERT_TRUE(state.fill({frame(1), frame(2)}));
  (void)source->next_batch();
  EXPECT_TRUE(*source->is_drained());
}

TEST(LiveSource, TellsInterfacesThatAreDownFromThoseThatAreGone) {
  FakeSocketState state;
  auto source = LiveSource::open({ring_options("eth7")}, test::opener_of({&state}));
  EXPECT_TRUE(source->check_links()->empty());
  state.link_state = os::LinkState::kDown;
  EXPECT_EQ(*source->check_links(), std::vector<std::string>{"eth7"});
  state.link_state = os::LinkState::kGone;
  const auto gone = source->check_links();
  ASSERT_FALSE(gone);
  EXPECT_EQ(gone.error().message, "the interface `eth7` has gone");
}

}  // namespace
}  // namespace weir::capture
