// Frames as a little-endian pcap file with microseconds.
#pragma once

#include <vector>

#include "recording.h"

namespace weir::captures {

inline Bytes pcap_file(std::uint32_t link_type, std::vector<Frame> frames) {
  sort_by_time(frames);
  Bytes file = test::pcap_header(std::endian::little, {.network = link_type});
  for (const Frame& frame : frames) {
    const std::int64_t time_us = kRecordingBegan * 1'000'000 + frame.time_us;
    const Bytes record =
        test::pcap_record(std::endian::little, static_cast<std::uint32_t>(time_us / 1'000'000),
                          static_cast<std::uint32_t>(time_us % 1'000'000), frame.bytes);
    file.insert(file.end(), record.begin(), record.end());
  }
  return file;
}

}  // namespace weir::captures
