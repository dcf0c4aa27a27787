#include "capture/ring.h"

#include <utility>

namespace weir::capture {
namespace {

constexpr ClassicInsn kRejectAll[] = {{.code = 0x06, .jt = 0, .jf = 0, .k = 0}};  // ret #0

// The kernel's counters have 32 bits.
constexpr std::uint64_t kTimesBetweenCounts = 4096;

}  // namespace

Result<Ring> Ring::open(RingOptions options, const os::PacketSocketOpener& open_socket) {
  auto socket = open_socket(options.frames.link_type.framing());
  if (!socket) return std::unexpected(socket.error());
  Ring ring(std::move(options));
  ring.socket_ = std::move(*socket);
  if (auto done = ring.set_up(); !done) {
    done.error().message = "`" + ring.name() + "`: " + done.error().message;
    return std::unexpected(done.error());
  }
  return ring;
}

Result<> Ring::set_up() {
  // Until it has joined the others, a ring would take packets that they have, too.
  const auto filtered = options_.fanout ? socket_->set_filter(kRejectAll) : attach_filter();
  if (!filtered) return filtered;
  if (auto done = socket_->set_time_stamps(options_.time_stamps, options_.name); !done) return done;
  auto ring = socket_->map_ring(options_.shape);
  if (!ring) return std::unexpected(ring.error());
  blocks_ = BlockReader(*ring, options_.shape, options_.frames);
  if (auto done = socket_->bind(options_.interface_index); !done) return done;
  if (!options_.promiscuous || options_.interface_index == os::kAnyInterface) return {};
  return socket_->be_promiscuous(options_.interface_index);
}

Result<> Ring::open_entry() { return attach_filter(); }

Result<> Ring::attach_filter() {
  const auto attached = socket_->set_filter(options_.filter);
  if (attached) return {};
  filter_error_ = attached.error();
  return socket_->set_filter(options_.fallback_filter);
}

void Ring::count_taken(std::size_t packets) {
  frames_taken_ += packets;
  if (++times_taken_ % kTimesBetweenCounts == 0) (void)counts();
}

Result<os::RingCounts> Ring::counts() {
  const auto more = socket_->take_counts();
  if (!more) return std::unexpected(more.error());
  counts_ += *more;
  return counts_;
}

void Ring::close_entry() { (void)socket_->set_filter(kRejectAll); }

Result<bool> Ring::is_drained() {
  const auto sums = counts();
  if (!sums) return std::unexpected(sums.error());
  return frames_taken_ >= sums->accepted - sums->dropped;
}

}  // namespace weir::capture
