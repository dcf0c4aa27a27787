// The use-case behind `weir capture -i`: packets of interfaces, filtered, to text, a count or a
// file, until a signal, a limit or a time ends it.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/capture.h"
#include "app/live_filter.h"
#include "os/links.h"
#include "os/packet_socket.h"
#include "os/privileges.h"

namespace weir::app {

struct LiveOptions {
  std::vector<std::string> interfaces;  // names, numbers, `any`; empty: the first that is up
  bool promiscuous = true;
  Directions directions = Directions::kBoth;
  std::uint32_t ring_kib = 0;  // of each ring; 0: the default
  std::uint32_t fanout = 1;    // rings of each interface, between which flows are shared out
  bool immediate = false;      // packets are handed on one by one, not when some have gathered
  os::TimeStampType time_stamps = os::TimeStampType::kHost;
  bool nanoseconds = false;
  std::optional<std::chrono::nanoseconds> duration;
  std::optional<std::chrono::nanoseconds> stats_every;
  std::optional<std::string> user;  // to become once the sockets and the first file are open
  bool flush_each = false;          // the output is brought up to date after every packet
};

struct LiveCounts {
  std::uint64_t captured = 0;  // came through the filter and were used
  std::uint64_t accepted = 0;  // by the filter, the dropped ones among them
  std::uint64_t dropped = 0;   // since a ring was full
  std::uint64_t bytes = 0;     // on the wire, of those captured
};

struct LiveSinks {
  CaptureSinks capture;
  std::function<void(std::string_view)> talk;  // lines about the run
  std::function<bool()> stats_wanted;          // asked now and then; may be empty
};

// The machine around a live capture.
struct LiveSystem {
  std::function<Result<std::vector<os::Link>>()> list_links;
  os::PacketSocketOpener open_socket;
  std::function<Result<>(const os::Confinement&)> confine;  // empty: privileges are kept
};
LiveSystem this_machine();

struct LiveResult {
  CaptureResult capture;  // `stopped` is no failure here
  LiveCounts counts;
  bool listened = false;  // the counts mean something
};

// `options` has no inputs.
LiveResult capture_live(const CaptureOptions& options, const LiveOptions& live,
                        const LiveSinks& sinks, const LiveSystem& system);

// "12 packets captured", "14 packets received by filter", "0 packets dropped by kernel", a line
// each.
std::string render_counts(const LiveCounts& counts);

}  // namespace weir::app
