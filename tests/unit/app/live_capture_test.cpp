#include "app/live_capture.h"

#include <gtest/gtest.h>

#include "app/interfaces.h"
#include "harness/fake_packet_socket.h"
#include "isa/classic.h"
#include "support/temporary_folder.h"

namespace weir::app {
namespace {

using weir::test::FakeFrame;
using weir::test::FakeSocketState;

os::Link link(std::uint32_t index, const std::string& name, std::uint32_t flags = 0x41) {
  os::Link out;
  out.index = index;
  out.name = name;
  out.hardware_type = 1;
  out.flags = flags;
  return out;
}

FakeFrame frame(std::uint32_t seconds) {
  return {.bytes = std::vector<std::byte>(60), .seconds = seconds};
}

// A run over one fake interface; its packets are there once the output has begun.
struct Attempt {
  FakeSocketState state;
  FakeSocketState second;  // of another interface
  StringSink out;
  CaptureOptions options;
  LiveOptions live;
  std::vector<FakeFrame> frames;
  std::vector<os::Link> links = {link(1, "lo", 0x49), link(2, "eth0")};
  std::string talk;
  std::string warnings;
  int questions_until_stop = 3;

  LiveResult go() {
    const LiveSinks sinks{
        .capture = {.out = out,
                    .warn = [this](const Remarks& remarks) { warnings += render(remarks, false); },
                    .progress = {},
                    .stopped = [this] { return questions_until_stop-- <= 0; }},
        .talk =
            [this](std::string_view line) {
              talk += line;
              if (line.starts_with("listening") && !frames.empty()) state.fill(frames);
            },
        .stats_wanted = {}};
    const LiveSystem system{.list_links = [this] { return links; },
                            .open_socket = weir::test::opener_of({&state, &second}),
                            .confine = {}};
    return capture_live(options, live, sinks, system);
  }
};

TEST(LiveCapture, PrintsWhatTheRingHoldsUntilItIsStopped) {
  Attempt run;
  run.options.print.timestamp = packet::Timestamp::kSeconds;
  run.frames = {frame(1), frame(2)};
  run.state.counts = {{.accepted = 2, .dropped = 0}};
  const LiveResult result = run.go();
  EXPECT_FALSE(result.capture.failure);
  EXPECT_EQ(render_counts(result.counts),
            "2 packets captured\n2 packets received by filter\n0 packets dropped by kernel\n");
  EXPECT_NE(run.out.text().find("\n2.000000 "), std::string::npos);
  EXPECT_EQ(run.talk,
            "listening on eth0, link-type EN10MB (Ethernet), snapshot length 262144 bytes\n");
}

TEST(LiveCapture, UsesAfterTheSignalWhatWasAcceptedBeforeIt) {
  Attempt run;
  run.questions_until_stop = 0;
  run.frames = {frame(1), frame(2), frame(3)};
  run.state.counts = {{.accepted = 3, .dropped = 0}};
  EXPECT_EQ(run.go().counts.captured, 3u);
}

TEST(LiveCapture, EndsAtTheLimit) {
  Attempt run;
  run.options.limit = 2;
  run.frames = {frame(1), frame(2), frame(3)};
  run.questions_until_stop = 1000;
  EXPECT_EQ(run.go().counts.captured, 2u);
}

TEST(LiveCapture, KeepsWhatItHasWhenTheInterfaceGoes) {
  Attempt run;
  run.questions_until_stop = 1000;
  run.frames = {frame(1)};
  run.state.counts = {{.accepted = 1, .dropped = 0}};
  run.state.link_state = os::LinkState::kGone;
  const LiveResult result = run.go();
  ASSERT_TRUE(result.capture.failure);
  EXPECT_EQ(result.capture.failure->error.message, "the interface `eth0` has gone");
  EXPECT_EQ(result.counts.captured, 1u);
}

TEST(LiveCapture, FiltersItselfWhenTheKernelDoesNotTakeTheFilter) {
  Attempt run;
  run.options.expression.text = "arp";
  run.state.refuse_filters = 1;
  run.frames = {frame(1)};
  const LiveResult result = run.go();
  EXPECT_EQ(result.counts.captured, 0u);
  EXPECT_NE(run.talk.find("filtered in user space: cannot attach the filter"), std::string::npos);
}

TEST(LiveCapture, LeavesTheOutputAloneWhenTheInterfaceCannotBeOpened) {
  Attempt run;
  run.options.output = weir::test::temporary_path("never.pcap");
  run.state.bind_error = "cannot listen on the interface: Network is down";
  const LiveResult result = run.go();
  ASSERT_TRUE(result.capture.failure);
  EXPECT_FALSE(result.listened);
  EXPECT_FALSE(std::filesystem::exists(*run.options.output));
}

TEST(LiveCapture, FailsWithoutInterfaces) {
  Attempt run;
  run.links = {};
  const LiveResult result = run.go();
  ASSERT_TRUE(result.capture.failure);
  EXPECT_EQ(result.capture.failure->error.message, "no interface is up");
}

os::Link tun(std::uint32_t index, const std::string& name) {
  os::Link out = link(index, name);
  out.hardware_type = 0xfffe;
  return out;
}

TEST(LiveCapture, WarnsOfAnInterfaceOnWhichNothingMatches) {
  Attempt run;
  run.options.expression.text = "arp";
  run.links = {link(2, "eth0"), tun(3, "tun0")};
  run.live.interfaces = {"eth0", "tun0"};
  EXPECT_FALSE(run.go().capture.failure);
  EXPECT_NE(run.warnings.find("warning[never-matches]"), std::string::npos) << run.warnings;
  EXPECT_NE(run.warnings.find("(link type RAW)"), std::string::npos) << run.warnings;
  ASSERT_FALSE(run.second.filters.empty());
  EXPECT_EQ(run.second.filters.front(), ClassicProgram{isa::stmt(isa::kRetK, 0)});
}

TEST(LiveCapture, FailsWhenNothingMatchesOnAnyInterface) {
  Attempt run;
  run.options.expression.text = "arp";
  run.links = {tun(3, "tun0"), tun(4, "tun1")};
  run.live.interfaces = {"tun0", "tun1"};
  const LiveResult result = run.go();
  ASSERT_TRUE(result.capture.failure);
  EXPECT_FALSE(result.capture.failure->remarks.empty());
}

TEST(LiveCapture, RefusesAnInterfaceThatIsNamedTwice) {
  Attempt run;
  run.live.interfaces = {"eth0", "2"};
  const LiveResult result = run.go();
  ASSERT_TRUE(result.capture.failure);
  EXPECT_EQ(result.capture.failure->error.message, "the interface `eth0` is named twice");
  EXPECT_EQ(result.capture.failure->error.kind, ErrorKind::kUsage);
}

TEST(Interfaces, AreFoundByNameAndByNumber) {
  const std::vector<os::Link> links = {link(1, "lo"), link(7, "eth0")};
  EXPECT_EQ((*find_interface(links, "eth0"))->index, 7u);
  EXPECT_EQ((*find_interface(links, "7"))->name, "eth0");
  EXPECT_EQ(find_interface(links, "eht0").error().hint, "did you mean `eth0`?");
}

os::LinkAddress address4(std::initializer_list<unsigned> bytes, std::uint8_t prefix) {
  os::LinkAddress out{.bytes = {}, .prefix = prefix};
  for (const unsigned byte : bytes) out.bytes.push_back(static_cast<std::byte>(byte));
  return out;
}

TEST(Interfaces, HaveTheNetworkOfTheirFirstIp4Address) {
  os::Link eth0 = link(7, "eth0");
  eth0.addresses = {{.bytes = std::vector<std::byte>(16), .prefix = 64},
                    address4({10, 9, 0, 1}, 24),
                    address4({192, 0, 2, 1}, 8)};
  EXPECT_EQ(local_network_of(eth0).address & local_network_of(eth0).mask, 0x0a090000u);
  EXPECT_EQ(local_network_of(eth0).mask, 0xffffff00u);
}

TEST(Interfaces, HaveNoHostsInTheirNetworkWithoutAnAddress) {
  const packet::LocalNetwork none = local_network_of(link(7, "eth0"));
  EXPECT_EQ(none.mask, 0xffffffffu);
  EXPECT_EQ(none.address, 0xffffffffu);
}

}  // namespace
}  // namespace weir::app
