// What libpcap reads from a capture file: the reference for weir's reader.
#pragma once

#include <string>
#include <vector>

#include "harness/memory_streams.h"

namespace weir::test {

struct ReferencePacket {
  std::uint32_t wire_length = 0;
  std::int64_t seconds = 0;
  std::int64_t nanoseconds = 0;  // a second or more, or negative, in damaged files
  Bytes bytes;

  friend bool operator==(const ReferencePacket&, const ReferencePacket&) = default;
};

struct ReferenceCapture {
  std::vector<ReferencePacket> packets;
  std::string error;           // empty: read to its end
  bool bytes_changed = false;  // libpcap swapped pseudo-headers within the packets
};

ReferenceCapture read_with_libpcap(const std::string& path);
ReferenceCapture read_with_libpcap(const Bytes& file);

}  // namespace weir::test
