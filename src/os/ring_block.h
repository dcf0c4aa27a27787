// A block of a packet ring (TPACKET_V3, Documentation/networking/packet_mmap.rst): the frames in
// it, read as untrusted bytes, and who may touch it, the kernel or we.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include <weir/result.h>

namespace weir::os {

// What the kernel says of where a packet was seen (struct sockaddr_ll).
struct RingAddress {
  std::uint16_t protocol = 0;  // EtherType, or ETH_P_802_3 and its kin; host order
  std::uint32_t interface_index = 0;
  std::uint16_t hardware_type = 0;  // ARPHRD_*
  std::uint8_t packet_type = 0;     // PACKET_HOST, ..., PACKET_OUTGOING
  std::uint8_t address_length = 0;
  std::array<std::byte, 8> address = {};
};

struct VlanTag {
  std::uint16_t tpid = 0;
  std::uint16_t tci = 0;
};

struct RingFrame {
  // From the end of the kernel's own headers to the packet's last byte. What stands before `begin`
  // may be written over.
  std::span<std::byte> space;
  std::size_t begin = 0;
  std::uint32_t wire_length = 0;
  std::int64_t time_ns = 0;
  std::optional<VlanTag> stripped_tag;  // taken off by the card or the stack
  RingAddress address;
};

class RingBlock {
 public:
  // REQUIRES: `bytes` is one whole block and belongs to us.
  explicit RingBlock(std::span<std::byte> bytes);

  // The next frame, in `out`; false after the last, and where offsets lead outside.
  bool next(RingFrame& out);
  // How many next() has not given.
  std::uint32_t frames_left() const { return left_; }
  // After next() said false: why frames are missing; nullopt when none is.
  std::optional<Error> damage() const;

 private:
  std::span<std::byte> bytes_;
  std::uint32_t left_ = 0;  // frames
  std::size_t at_ = 0;
};

// Whether the kernel has filled the block and given it to us.
bool is_ours(std::span<std::byte> block);
// REQUIRES: is_ours(). Nothing in the block may be read after it.
void give_back(std::span<std::byte> block);

inline constexpr std::uint8_t kPacketOutgoing = 4;  // RingAddress::packet_type

}  // namespace weir::os
