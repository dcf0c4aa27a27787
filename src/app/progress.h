// How far a long run has come, and when to say so.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace weir::app {

struct Progress {
  std::uint64_t bytes = 0;
  std::optional<std::uint64_t> bytes_total;  // unknown for pipes
  std::uint64_t packets = 0;
  std::uint64_t matched = 0;
  std::chrono::milliseconds elapsed{};
};

// "1.2 GB of 3.4 GB (35 %), 1234567 packets, 42 matched, 12 s left", without a newline.
std::string render(const Progress& progress);

// Says when a report is due: first after a second, then five times a second.
class ProgressClock {
 public:
  using Clock = std::chrono::steady_clock;

  explicit ProgressClock(Clock::time_point now)
      : begin_(now), due_(now + std::chrono::seconds(1)) {}

  bool due(Clock::time_point now);
  std::chrono::milliseconds elapsed(Clock::time_point now) const {
    return std::chrono::duration_cast<std::chrono::milliseconds>(now - begin_);
  }

 private:
  Clock::time_point begin_;
  Clock::time_point due_;
};

}  // namespace weir::app
