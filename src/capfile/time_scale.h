// Time stamps of any resolution to nanoseconds since 1970, exactly where 64 bits can hold them.
#pragma once

#include <cstdint>

namespace weir::capfile {

class TimeScale {
 public:
  TimeScale() : TimeScale(1'000'000, 0) {}
  // REQUIRES: ticks_per_second != 0.
  TimeScale(std::uint64_t ticks_per_second, std::int64_t offset_seconds);

  // Rounds down to a nanosecond; what lies outside of the years 1677 to 2262 becomes their bound.
  std::int64_t nanoseconds(std::uint64_t ticks) const {
    if (ticks < fast_limit_) [[likely]]
      return static_cast<std::int64_t>(ticks * tick_ns_);
    return exact(ticks);
  }

 private:
  std::int64_t exact(std::uint64_t ticks) const;

  std::uint64_t ticks_per_second_;
  std::int64_t offset_seconds_;
  std::uint64_t tick_ns_ = 0;
  std::uint64_t fast_limit_ = 0;  // below it one multiplication is exact
};

}  // namespace weir::capfile
