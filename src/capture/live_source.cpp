#include "capture/live_source.h"

#include <algorithm>
#include <limits>
#include <tuple>
#include <utility>

#include "os/ring_block.h"

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

Result<> LiveSource::start_threads() {
  if (std::ranges::none_of(rings_, [](const Ring& ring) { return ring.options().fanout; }))
    return {};
  auto news = os::Wakeup::make();
  if (!news) return std::unexpected(news.error());
  news_ = std::make_unique<os::Wakeup>(std::move(*news));
  for (Ring& ring : rings_) {
    auto stop = os::Wakeup::make();
    if (!stop) return std::unexpected(stop.error());
    threads_.push_back(
        std::make_unique<RingThread>(ring.blocks(), ring.fd(), *news_, std::move(*stop)));
    if (auto started = threads_.back()->start(); !started) return started;
  }
  lent_.resize(threads_.size());
  has_threads_ = true;
  fds_ = {news_->fd()};
  return {};
}

Result<capfile::Batch> LiveSource::next_batch() {
  give_back();
  if (damage_) return std::unexpected(*damage_);
  if (!threads_.empty()) take_from_threads();
  if (runs_.empty() && !has_threads_) take_from_rings();
  if (runs_.size() > 1) merge();
  const auto packets = runs_.size() == 1 ? runs_.front() : std::span<const Packet>(merged_);
  return capfile::Batch{.packets = packets, .records = {}, .others = {}, .bytes = bytes_};
}

void LiveSource::take_from_rings() {
  // Of a single ring so few that they stay in the first-level cache until they are used. Those of
  // several are merged as far as each of them goes.
  constexpr std::size_t kFew = 128;
  const std::size_t at_most = rings_.size() == 1 ? kFew : std::numeric_limits<std::size_t>::max();
  from_rings_.resize(rings_.size());
  for (std::size_t i = 0; i < rings_.size(); ++i) {
    from_rings_[i].clear();
    const BlockReader::Taken taken = rings_[i].blocks().take(from_rings_[i], at_most);
    if (taken.block.empty()) continue;
    note(rings_[i], taken, from_rings_[i]);
    if (taken.finished) finished_.push_back(taken.block);
  }
}

void LiveSource::take_from_threads() {
  news_->silence();
  for (std::size_t i = 0; i < threads_.size(); ++i) {
    lent_[i] = threads_[i]->take();
    if (lent_[i]) note(rings_[i], lent_[i]->taken, lent_[i]->packets);
    // What was not taken or heard now has been told all the same.
    if (threads_[i]->has_block() || threads_[i]->has_news()) news_->ring();
  }
}

// What stands before damage is used; then the Error comes.
void LiveSource::note(Ring& ring, const BlockReader::Taken& taken,
                      std::span<const Packet> packets) {
  if (taken.damage) damage_ = taken.damage;
  ring.count_taken(packets.size());
  if (!packets.empty()) runs_.push_back(packets);
  bytes_ = taken.block;
  any_down_ = false;
}

// Each run is in order, and there are few of them.
void LiveSource::merge() {
  const auto first = [](std::span<const Packet> run) { return arrival(run.front()); };
  while (!runs_.empty()) {
    const auto earliest = std::ranges::min_element(runs_, {}, first);
    merged_.push_back(earliest->front());
    *earliest = earliest->subspan(1);
    if (earliest->empty()) runs_.erase(earliest);
  }
}

bool LiveSource::has_block() const {
  const auto in_ring = [](const Ring& ring) { return ring.blocks().has_block(); };
  const auto in_thread = [](const auto& thread) { return thread->has_block(); };
  return std::ranges::any_of(threads_, in_thread) ||
         (!has_threads_ && std::ranges::any_of(rings_, in_ring));
}

void LiveSource::give_back() {
  for (const auto block : finished_) os::give_back(block);
  for (std::size_t i = 0; i < lent_.size(); ++i) {
    if (lent_[i]) threads_[i]->give_back(*std::exchange(lent_[i], std::nullopt));
  }
  finished_.clear();
  runs_.clear();
  merged_.clear();
  bytes_ = {};
}

Result<std::vector<std::string>> LiveSource::check_links() {
  std::vector<std::string> down;
  for (Ring& ring : rings_) {
    const os::LinkState state = ring.link_state();
    if (state == os::LinkState::kGone) return fail("the interface `" + ring.name() + "` has gone");
    if (state == os::LinkState::kDown) down.push_back(ring.name());
  }
  for (const auto& thread : threads_) thread->heard();
  any_down_ = any_down_ || !down.empty();
  return down;
}

void LiveSource::close_entry() {
  for (Ring& ring : rings_) ring.close_entry();
  if (!has_threads_) return;
  // What the rings still hold is read here: a thread waits while its socket has news to be heard.
  for (const auto& thread : threads_) thread->stop();
  has_threads_ = false;
  fds_.clear();
  for (const Ring& ring : rings_) fds_.push_back(ring.fd());
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
