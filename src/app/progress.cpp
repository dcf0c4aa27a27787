#include "app/progress.h"

#include <fmt/format.h>

#include <array>

namespace weir::app {
namespace {

std::string bytes_text(std::uint64_t bytes) {
  constexpr std::array<const char*, 5> kUnits = {"B", "kB", "MB", "GB", "TB"};
  auto value = static_cast<double>(bytes);
  std::size_t unit = 0;
  while (value >= 1000 && unit + 1 < kUnits.size()) {
    value /= 1000;
    ++unit;
  }
  return unit == 0 ? fmt::format("{} B", bytes) : fmt::format("{:.1f} {}", value, kUnits[unit]);
}

std::string seconds_left(const Progress& progress) {
  if (!progress.bytes_total || progress.bytes == 0 || progress.bytes > *progress.bytes_total)
    return {};
  const double rest = static_cast<double>(*progress.bytes_total - progress.bytes) /
                      static_cast<double>(progress.bytes);
  return fmt::format(", {:.0f} s left",
                     static_cast<double>(progress.elapsed.count()) / 1000 * rest);
}

}  // namespace

std::string render(const Progress& progress) {
  std::string out = bytes_text(progress.bytes);
  if (progress.bytes_total && *progress.bytes_total != 0) {
    out += fmt::format(" of {} ({} %)", bytes_text(*progress.bytes_total),
                       100 * progress.bytes / *progress.bytes_total);
  }
  return out + fmt::format(", {} packets, {} matched", progress.packets, progress.matched) +
         seconds_left(progress);
}

bool ProgressClock::due(Clock::time_point now) {
  if (now < due_) return false;
  due_ = now + std::chrono::milliseconds(200);
  return true;
}

}  // namespace weir::app
