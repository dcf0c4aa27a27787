#include "app/live_stats.h"

#include <fmt/format.h>

#include <algorithm>

namespace weir::app {
namespace {

using Seconds = std::chrono::duration<double>;

}  // namespace

std::optional<std::chrono::nanoseconds> LiveStats::time_left(Clock::time_point now) const {
  if (!every_) return std::nullopt;
  return std::max<std::chrono::nanoseconds>(last_ + *every_ - now, std::chrono::nanoseconds(0));
}

std::string LiveStats::line(const LiveCounts& counts, Clock::time_point now) {
  const double seconds = std::max(Seconds(now - last_).count(), 1e-3);
  const auto rate = [&](std::uint64_t LiveCounts::* field) {
    return static_cast<double>(counts.*field - told_.*field) / seconds;
  };
  constexpr double kMega = 1e6;
  std::string out = fmt::format(
      "{:.1f} s: {} captured, {} received by filter, {} dropped by kernel; {:.0f} packets/s, "
      "{:.1f} MB/s, {:.0f} dropped/s\n",
      Seconds(now - begin_).count(), counts.captured, counts.accepted, counts.dropped,
      rate(&LiveCounts::captured), rate(&LiveCounts::bytes) / kMega, rate(&LiveCounts::dropped));
  told_ = counts;
  last_ = now;
  return out;
}

}  // namespace weir::app
