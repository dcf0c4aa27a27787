#include "capture/live_source.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace weir::capture {
namespace {

capfile::Interface interface_of(const RingOptions& ring) {
  return {
      .link_type = ring.frames.link_type.type,
      .snaplen = ring.frames.snaplen,
      .ticks_per_second = ring.frames.nanoseconds ? capfile::kNanoseconds : capfile::kMicroseconds,
      .offset_seconds = 0,
      .name = ring.name,
      .description = {}};
}

// Within a block packets lie in the order in which they came.
auto arrival(const Packet& packet) {
  return std::tuple(packet.time_ns, packet.interface_id, packet.bytes.data());
}

}  // namespace

Result<LiveSource> LiveSource::open(std::vector<RingOptions> rings,
                                    const os::PacketSocketOpener& open_socket) {
  LiveSource out;
  out.info_.has_records = false;
  for (RingOptions& options : rings) {
    if (!options.shares_interface) out.info_.interfaces.push_back(interface_of(options));
    options.frames.interface_id = static_cast<std::uint32_t>(out.info_.interfaces.size() - 1);
    auto ring = Ring::open(std::move(options), open_socket);
    if (!ring) return std::unexpected(ring.error());
    out.fds_.push_back(ring->fd());
    out.rings_.push_back(std::move(*ring));
  }
  if (auto shared = out.share_interfaces(); !shared) return std::unexpected(shared.error());
  if (!out.rings_.empty()) {
    const capfile::Interface& first = out.info_.interfaces.front();
    out.info_.pcap.ticks_per_second = first.ticks_per_second;
    out.info_.pcap.network = static_cast<std::uint32_t>(first.link_type);
  }
  return out;
}

// All of a group have joined before the first of them lets packets in: none is seen twice.
Result<> LiveSource::share_interfaces() {
  std::optional<std::uint16_t> group;
  for (Ring& ring : rings_) {
    if (!ring.options().fanout) continue;
    if (!ring.options().shares_interface) group.reset();
    const auto joined = ring.join_fanout(group);
    if (!joined) return std::unexpected(joined.error());
    group = *joined;
  }
  for (Ring& ring : rings_) {
    if (!ring.options().fanout) continue;
    if (auto opened = ring.open_entry(); !opened) return opened;
  }
  return {};
}

Result<capfile::Batch> LiveSource::next_batch() {
  give_back();
  if (damage_) return std::unexpected(*damage_);
  std::size_t sources = 0;
  std::span<const std::byte> bytes;
  for (Ring& ring : rings_) {
    // What stands before the damage is used; then the Error comes.
    if (auto taken = ring.take_block(packets_); !taken) damage_ = taken.error();
    if (ring.block().empty()) continue;
    bytes = ring.block();
    any_down_ = false;
    ++sources;
  }
  if (sources > 1) std::ranges::sort(packets_, {}, arrival);
  return capfile::Batch{.packets = packets_, .records = {}, .others = {}, .bytes = bytes};
}

bool LiveSource::has_block() const { return std::ranges::any_of(rings_, &Ring::has_block); }

void LiveSource::give_back() {
  packets_.clear();
  for (Ring& ring : rings_) ring.give_back();
}

Result<std::vector<std::string>> LiveSource::check_links() {
  std::vector<std::string> down;
  for (Ring& ring : rings_) {
    const os::LinkState state = ring.link_state();
    if (state == os::LinkState::kGone) return fail("the interface `" + ring.name() + "` has gone");
    if (state == os::LinkState::kDown) down.push_back(ring.name());
  }
  any_down_ = any_down_ || !down.empty();
  return down;
}

void LiveSource::close_entry() {
  for (Ring& ring : rings_) ring.close_entry();
}

Result<bool> LiveSource::is_drained() {
  bool all = true;
  for (Ring& ring : rings_) {
    const auto drained = ring.is_drained();
    if (!drained) return drained;
    all = all && *drained;
  }
  return all;
}

Result<os::RingCounts> LiveSource::counts() {
  os::RingCounts sum;
  for (Ring& ring : rings_) {
    const auto counts = ring.counts();
    if (!counts) return counts;
    sum += *counts;
  }
  return sum;
}

}  // namespace weir::capture
