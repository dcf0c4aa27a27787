#include "capture/live_source.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>

#include "harness/fake_packet_socket.h"
#include "os/wait.h"

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

TEST(LiveSource, KeepsABlockUntilItsLastPacketWasUsed) {
  FakeSocketState state;
  RingOptions options = ring_options("a");
  options.shape.block_bytes = 65536;
  auto source = LiveSource::open({options}, test::opener_of({&state}));
  std::vector<FakeFrame> frames;
  for (std::uint32_t i = 0; i < 300; ++i) frames.push_back(frame(i));
  ASSERT_TRUE(state.fill(frames) && state.fill({frame(300)}));
  std::vector<std::int64_t> seen;
  while (seen.size() < 300) {
    EXPECT_TRUE(source->has_block());
    EXPECT_FALSE(state.fill({frame(301)})) << "after " << seen.size();
    for (const std::int64_t second : seconds_of(*source->next_batch())) seen.push_back(second);
  }
  EXPECT_EQ(seconds_of(*source->next_batch()), std::vector<std::int64_t>{300});
  EXPECT_TRUE(state.fill({frame(301)}));
  EXPECT_TRUE(std::ranges::is_sorted(seen));
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

// --- threads ---

// All that comes until so many packets were seen.
std::vector<std::int64_t> seconds_of(LiveSource& source, std::size_t packets) {
  std::vector<std::int64_t> out;
  while (out.size() < packets) {
    const auto batch = source.next_batch();
    if (!batch) {
      ADD_FAILURE() << batch.error().message;
      break;
    }
    for (const std::int64_t second : seconds_of(*batch)) out.push_back(second);
    if (!batch->end()) continue;
    const auto why = os::wait_readable(source.fds(), std::chrono::seconds(20), {});
    if (why == os::Wait::kTimeout) {
      ADD_FAILURE() << "in vain after " << out.size() << " packets";
      break;
    }
  }
  return out;
}

RingOptions fanout_options(bool shares_interface) {
  RingOptions out = ring_options("eth0");
  out.fanout = true;
  out.shares_interface = shares_interface;
  out.shape.blocks = 8;
  return out;
}

TEST(LiveSourceWithThreads, EveryBlockOfEveryRingComesInItsOrder) {
  FakeSocketState a;
  FakeSocketState b;
  auto source =
      LiveSource::open({fanout_options(false), fanout_options(true)}, test::opener_of({&a, &b}));
  ASSERT_TRUE(source);
  for (std::uint32_t block = 0; block < 8; ++block) {
    ASSERT_TRUE(a.fill({frame(4 * block), frame(4 * block + 2)}));
    ASSERT_TRUE(b.fill({frame(4 * block + 1)}));
  }
  ASSERT_TRUE(source->start_threads());
  auto seen = seconds_of(*source, 24);
  std::vector<std::int64_t> even, odd;
  for (const std::int64_t second : seen) (second % 2 == 0 ? even : odd).push_back(second);
  EXPECT_EQ(even.size(), 16u);
  EXPECT_EQ(odd.size(), 8u);
  EXPECT_TRUE(std::ranges::is_sorted(even) && std::ranges::is_sorted(odd));
}

TEST(LiveSourceWithThreads, CountsWhatWasHandedOn) {
  FakeSocketState state;
  state.counts = {{.accepted = 3, .dropped = 0}};
  auto source = LiveSource::open({fanout_options(false)}, test::opener_of({&state}));
  ASSERT_TRUE(state.fill({frame(1), frame(2)}) && state.fill({frame(3)}));
  ASSERT_TRUE(source->start_threads());
  EXPECT_FALSE(*source->is_drained());
  (void)seconds_of(*source, 3);
  EXPECT_TRUE(*source->is_drained());
}

// The fake's descriptor is always ready: without a block, that is what a socket with an error is.
TEST(LiveSourceWithThreads, ASocketThatIsReadyWithoutABlockIsAskedWhy) {
  FakeSocketState state;
  auto source = LiveSource::open({fanout_options(false)}, test::opener_of({&state}));
  ASSERT_TRUE(source->start_threads());
  for (int time = 0; time < 3; ++time) {
    state.link_state = os::LinkState::kDown;  // which is told once
    ASSERT_EQ(os::wait_readable(source->fds(), std::chrono::seconds(20), {}), os::Wait::kReady);
    EXPECT_FALSE(source->has_block());
    EXPECT_EQ(*source->check_links(), std::vector<std::string>{"eth0"});
    EXPECT_TRUE(source->next_batch()->end());
  }
}

TEST(LiveSourceWithThreads, EndsWhileBlocksAreOut) {
  FakeSocketState state;
  auto source = LiveSource::open({fanout_options(false)}, test::opener_of({&state}));
  for (std::uint32_t i = 0; i < 8; ++i) ASSERT_TRUE(state.fill({frame(i)}));
  ASSERT_TRUE(source->start_threads());
  EXPECT_GE(seconds_of(*source, 1).size(), 1u);
}

}  // namespace
}  // namespace weir::capture
