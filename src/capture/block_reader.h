// BlockReader: the blocks of one ring, in their order, as packets. One thread at a time may use it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include <weir/packet.h>
#include <weir/result.h>

#include "capture/frame.h"
#include "os/packet_socket.h"
#include "os/ring_block.h"

namespace weir::capture {

class BlockReader {
 public:
  BlockReader() = default;
  // REQUIRES: `ring` has the shape, and lives as long as this.
  BlockReader(std::span<std::byte> ring, const os::RingShape& shape, const FrameShape& frames)
      : ring_(ring), shape_(shape), frames_(frames) {}

  struct Taken {
    std::span<std::byte> block;   // where the packets lie; empty when the kernel has filled none
    bool finished = true;         // nothing is left of the block, which may go back
    std::optional<Error> damage;  // why it ends before its end
  };
  // Adds the packets of a block, at most so many, to `out`: views that live as long as the block is
  // ours. Goes on with the block that was begun, otherwise with the next one.
  Taken take(std::vector<Packet>& out, std::size_t at_most);
  // Whether take() would find a block.
  bool has_block() const;

 private:
  std::span<std::byte> block() const;
  std::optional<Error> take_frames(std::vector<Packet>& out, std::size_t at_most);

  std::span<std::byte> ring_;
  os::RingShape shape_;
  FrameShape frames_;
  std::uint32_t at_ = 0;                // the block that is read, or the next one
  std::optional<os::RingBlock> begun_;  // what is left of it
};

}  // namespace weir::capture
