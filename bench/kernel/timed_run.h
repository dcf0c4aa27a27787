// A program's time in the kernel, of many test runs in a row.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "base/fd.h"

namespace weir::bench {

struct TimedRun {
  std::uint32_t verdict;
  double nanoseconds;  // of processor time for a run, with what the kernel spends around it
};

// nullopt when the kernel does not run it. REQUIRES: a frame of 14 bytes or more.
std::optional<TimedRun> timed_run(const Fd& program, std::span<const std::byte> frame,
                                  std::uint32_t times);

}  // namespace weir::bench
