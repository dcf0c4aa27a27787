// PacketSocket: one AF_PACKET socket with its ring (packet(7)). The only system calls of live
// capture stand behind it; tests put a fake in its place.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include <weir/classic.h>
#include <weir/result.h>

namespace weir::os {

enum class Framing : std::uint8_t {
  kWhole,   // packets begin with their link-layer header
  kCooked,  // packets begin behind it
};

enum class TimeStampType : std::uint8_t {
  kHost,             // when the kernel took the packet
  kAdapter,          // by the card, whose clock is kept at the system's
  kAdapterUnsynced,  // by the card, whose clock runs on its own
};

struct RingShape {
  std::uint32_t block_bytes = 0;  // a multiple of the page size
  std::uint32_t blocks = 0;
  std::uint32_t retire_ms = 0;      // after so long a block that is not full is given to us
  std::uint32_t reserve_bytes = 0;  // free space in front of each packet
};

struct RingCounts {
  std::uint64_t accepted = 0;  // by the filter, the dropped ones among them
  std::uint64_t dropped = 0;   // since the ring was full

  RingCounts& operator+=(const RingCounts& other) {
    accepted += other.accepted;
    dropped += other.dropped;
    return *this;
  }
};

enum class LinkState : std::uint8_t { kFine, kDown, kGone };

inline constexpr std::uint32_t kAnyInterface = 0;

class PacketSocket {
 public:
  virtual ~PacketSocket() = default;

  // From here on only what this program accepts goes into the ring.
  virtual Result<> set_filter(std::span<const ClassicInsn> program) = 0;
  // The ring, which lives as long as the socket.
  virtual Result<std::span<std::byte>> map_ring(const RingShape& shape) = 0;
  virtual Result<> set_time_stamps(TimeStampType type, const std::string& interface) = 0;
  // Packets arrive from here on, of one interface or of all of them.
  virtual Result<> bind(std::uint32_t interface_index) = 0;
  // Shares what arrives, flow by flow, with the other sockets of the group; without one, of a new
  // group. Gives the group. REQUIRES: bound.
  virtual Result<std::uint16_t> join_fanout(std::optional<std::uint16_t> group) = 0;
  // As long as the socket lives, the card takes also what is not for this host.
  virtual Result<> be_promiscuous(std::uint32_t interface_index) = 0;
  // What was counted since the last call: the kernel begins anew at each.
  virtual Result<RingCounts> take_counts() = 0;
  // Why the socket reports an error. That the interface is down is told once; that one which was
  // down has gone meanwhile, the socket does not report: ask.
  virtual LinkState link_state() = 0;
  virtual int fd() const = 0;
};

// Opened without a protocol: nothing arrives before bind().
using PacketSocketOpener = std::function<Result<std::unique_ptr<PacketSocket>>(Framing framing)>;
Result<std::unique_ptr<PacketSocket>> open_packet_socket(Framing framing);

}  // namespace weir::os
