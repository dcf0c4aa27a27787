#include "capture/block_reader.h"

namespace weir::capture {

std::span<std::byte> BlockReader::block() const {
  return ring_.subspan(std::size_t{at_} * shape_.block_bytes, shape_.block_bytes);
}

bool BlockReader::has_block() const { return begun_ || os::is_ours(block()); }

BlockReader::Taken BlockReader::take(std::vector<Packet>& out, std::size_t at_most) {
  if (!has_block()) return {};
  Taken taken{.block = block(), .finished = true, .damage = {}};
  if (!begun_) begun_.emplace(taken.block);
  taken.damage = take_frames(out, at_most);
  taken.finished = taken.damage || begun_->frames_left() == 0;
  if (!taken.finished) return taken;
  begun_.reset();
  at_ = (at_ + 1) % shape_.blocks;
  return taken;
}

std::optional<Error> BlockReader::take_frames(std::vector<Packet>& out, std::size_t at_most) {
  os::RingFrame frame;
  for (; at_most != 0; --at_most) {
    if (!begun_->next(frame)) return begun_->damage();
    const std::optional<Packet> packet = packet_of(frame, frames_);
    if (!packet)
      return fail("the kernel left no space for a link-layer header in its ring").error();
    out.push_back(*packet);
  }
  return std::nullopt;
}

}  // namespace weir::capture
