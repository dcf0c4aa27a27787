#include "capfile/time_scale.h"

#include <algorithm>
#include <limits>

namespace weir::capfile {
namespace {

__extension__ using Wide = __int128;

constexpr std::uint64_t kNanosecondsPerSecond = 1'000'000'000;

}  // namespace

TimeScale::TimeScale(std::uint64_t ticks_per_second, std::int64_t offset_seconds)
    : ticks_per_second_(ticks_per_second), offset_seconds_(offset_seconds) {
  if (offset_seconds != 0 || kNanosecondsPerSecond % ticks_per_second != 0) return;
  tick_ns_ = kNanosecondsPerSecond / ticks_per_second;
  fast_limit_ = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()) / tick_ns_ + 1;
}

std::int64_t TimeScale::exact(std::uint64_t ticks) const {
  const Wide fraction = Wide{ticks % ticks_per_second_} * kNanosecondsPerSecond / ticks_per_second_;
  const Wide seconds = Wide{ticks / ticks_per_second_} + offset_seconds_;
  const Wide total = seconds * kNanosecondsPerSecond + fraction;
  constexpr Wide kMin = std::numeric_limits<std::int64_t>::min();
  constexpr Wide kMax = std::numeric_limits<std::int64_t>::max();
  return static_cast<std::int64_t>(std::clamp(total, kMin, kMax));
}

}  // namespace weir::capfile
