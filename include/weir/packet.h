// A Packet: a view of captured bytes with what the capture knows about them. It owns nothing: the
// bytes belong to the reader's chunk or to the ring, and live as long as that says.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include <weir/link_type.h>

namespace weir {

enum class Direction : std::uint8_t { kUnknown, kInbound, kOutbound };

struct Packet {
  std::span<const std::byte> bytes;  // what was captured (caplen bytes)
  std::uint32_t wire_length = 0;     // length on the wire, >= bytes.size() in a sound capture
  std::int64_t time_ns = 0;          // nanoseconds since 1970-01-01T00:00:00Z
  LinkType link_type = LinkType::kEn10mb;
  std::uint32_t interface_id = 0;  // index of the interface in its capture (pcapng), 0 in pcap
  Direction direction = Direction::kUnknown;
};

}  // namespace weir
