// One capture of a flood, as a whole process: what it cost and what it lost.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "cable.h"

namespace weir::bench {

struct Flood {
  std::uint64_t packets;
  std::uint64_t rate;  // packets a second; 0: as fast as can be
};

struct Measured {
  double cpu_ns;  // for a packet that was captured
  double dropped_percent;
  double offered;  // packets a second
};

class LiveBench {
 public:
  // `folder` is for what the captures write.
  LiveBench(Cable cable, std::string folder)
      : cable_(std::move(cable)), folder_(std::move(folder)) {}

  // `command` captures on the near end of the cable, with the messages of tcpdump.
  Measured measure(const std::vector<std::string>& command, const Flood& flood);

  std::string file() const { return folder_ + "/live.pcap"; }

 private:
  Cable cable_;
  std::string folder_;
};

}  // namespace weir::bench
