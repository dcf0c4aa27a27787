#include "capture/ring.h"

#include <utility>

#include "os/ring_block.h"

namespace weir::capture {
namespace {

constexpr ClassicInsn kRejectAll[] = {{.code = 0x06, .jt = 0, .jf = 0, .k = 0}};  // ret #0

// The kernel's counters have 32 bits.
constexpr std::uint64_t kBlocksBetweenCounts = 4096;

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
  ring_ = *ring;
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

std::span<std::byte> Ring::next_block() const {
  const std::size_t size = options_.shape.block_bytes;
  return ring_.subspan(std::size_t{next_} * size, size);
}

bool Ring::has_block() const { return os::is_ours(next_block()); }

Result<> Ring::take_block(std::vector<Packet>& out) {
  const auto block = next_block();
  if (!os::is_ours(block)) return {};
  taken_ = block;
  if (++blocks_taken_ % kBlocksBetweenCounts == 0) (void)counts();
  next_ = (next_ + 1) % options_.shape.blocks;
  os::RingBlock frames(block);
  os::RingFrame frame;
  while (frames.next(frame)) {
    const std::optional<Packet> packet = packet_of(frame, options_.frames);
    if (!packet) return fail("the kernel left no space for a link-layer header in its ring");
    ++frames_taken_;
    out.push_back(*packet);
  }
  const std::optional<Error> damage = frames.damage();
  return damage ? Result<>(std::unexpected(*damage)) : Result<>{};
}

void Ring::give_back() {
  if (taken_.empty()) return;
  os::give_back(taken_);
  taken_ = {};
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
