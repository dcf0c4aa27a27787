// Times two pieces of work side by side on one processor.
#pragma once

#include <functional>
#include <optional>

namespace weir::bench {

// Keeps this thread on the processor it runs on; a move between two would spoil a pair.
void pin_to_one_cpu();

struct PairedTimes {
  double first_us = 0;
  double second_us = 0;
};

// Medians of `rounds` rounds; in each, the first and the second run in turn, often enough to be
// timed.
PairedTimes time_pair(const std::function<void()>& first, const std::function<void()>& second,
                      int rounds = 7);

// The median of `rounds` single runs, in microseconds of this thread's processor time.
double time_once(const std::function<void()>& work, int rounds);

}  // namespace weir::bench
