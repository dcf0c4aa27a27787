// Lines that say how a live capture goes, now and then or when somebody asks.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "app/live_capture.h"

namespace weir::app {

class LiveStats {
 public:
  using Clock = std::chrono::steady_clock;

  // `every`: nullopt is never.
  LiveStats(std::optional<std::chrono::nanoseconds> every, Clock::time_point now)
      : every_(every), begin_(now), last_(now) {}

  bool due(Clock::time_point now) const { return every_ && now - last_ >= *every_; }
  // Until the next line; nullopt when none will be due.
  std::optional<std::chrono::nanoseconds> time_left(Clock::time_point now) const;
  // The counts, and the rates since the last line, with a newline.
  std::string line(const LiveCounts& counts, Clock::time_point now);

 private:
  std::optional<std::chrono::nanoseconds> every_;
  Clock::time_point begin_;
  Clock::time_point last_;
  LiveCounts told_;
};

}  // namespace weir::app
