// Packets out of the frames of a ring: what the kernel keeps beside a packet is put back into its
// bytes, in place.
#pragma once

#include <cstdint>
#include <optional>

#include <weir/packet.h>

#include "capture/link_types.h"
#include "os/ring_block.h"

namespace weir::capture {

// Free bytes that frames need in front of their packet: for a cooked header, which is 4 bytes
// longer than the space that the kernel leaves there anyway, and for a VLAN tag.
inline constexpr std::uint32_t kReserveBytes = 8;

struct FrameShape {
  OfferedLinkType link_type;
  std::uint32_t snaplen = 0;  // of what is handed on, headers put in front included
  std::uint32_t interface_id = 0;
  bool nanoseconds = false;  // time stamps are cut to microseconds without
};

// The packet with its cooked header and with the VLAN tag that was taken off, where libpcap puts
// them. nullopt when the kernel left no space for these.
std::optional<Packet> packet_of(const os::RingFrame& frame, const FrameShape& shape);

}  // namespace weir::capture
