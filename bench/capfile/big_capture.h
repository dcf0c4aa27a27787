// The captures that the benchmark reads: made once, large enough to leave the caches, the same
// every time.
#pragma once

#include <cstdint>
#include <string>

#include <weir/result.h>

#include "capfile/info.h"

namespace weir::bench {

struct BigCapture {
  std::string path;
  std::uint64_t packets = 0;
  std::uint64_t bytes = 0;
};

// A pcap file of about `bytes` bytes in `folder`, of packets of mixed lengths (375 bytes on
// average).
Result<BigCapture> make_big_pcap(const std::string& folder, std::uint64_t bytes);

// The same packets in another format or compression.
Result<BigCapture> convert(const BigCapture& source, const std::string& suffix);

}  // namespace weir::bench
