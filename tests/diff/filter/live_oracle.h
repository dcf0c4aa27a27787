// libpcap's code for a live capture on Linux, with kernel extension loads. It needs the right to
// capture on the loopback interface (link type EN10MB); nothing is captured.
#pragma once

#include <memory>

#include <weir/result.h>

#include "diff/filter/query.h"

struct pcap;

namespace weir::difftest {

class LiveOracle {
 public:
  // Fails without the right to capture.
  static Result<LiveOracle> open();

  // Unoptimised and mended; the snaplen is the handle's.
  Compiled compile(const std::string& expression) const;

 private:
  struct Close {
    void operator()(pcap* handle) const;
  };

  explicit LiveOracle(pcap* handle) : handle_(handle) {}

  std::unique_ptr<pcap, Close> handle_;
};

}  // namespace weir::difftest
