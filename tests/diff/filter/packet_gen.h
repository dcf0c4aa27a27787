// Packets that tests make themselves: valid stacks of headers for a link type, and variants of a
// packet that break it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include <weir/link_type.h>

#include "diff/filter/choices.h"

namespace weir::difftest {

struct SamplePacket {
  std::vector<std::byte> bytes;
  std::uint32_t wire_length = 0;
};

// A valid stack of headers with values from values.h.
std::vector<std::byte> generate_packet(LinkType link_type, Choices& choices);

// As it stands, cut off, with bytes changed, with another wire length, or noise altogether.
SamplePacket vary_packet(std::vector<std::byte> packet, Choices& choices);

// Generated and varied packets, the same for the same seed.
std::vector<SamplePacket> generate_packets(LinkType link_type, std::size_t count, Choices& choices);

// The packet cut at every length up to `longest`; the wire length stays.
std::vector<SamplePacket> truncations(const SamplePacket& packet, std::size_t longest);

}  // namespace weir::difftest
