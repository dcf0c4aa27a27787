// Processor time of this thread, so that neighbours on the machine count less.
#include "bench/compile/timing.h"

#include <sched.h>
#include <time.h>

#include <algorithm>
#include <vector>

namespace weir::bench {
namespace {

constexpr double kBatchMicroseconds = 3000;

double now_us() {
  timespec time = {};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_nsec) / 1e3;
}

double batch_us(const std::function<void()>& work, int count) {
  const double start = now_us();
  for (int i = 0; i < count; ++i) work();
  return (now_us() - start) / count;
}

int batch_size(const std::function<void()>& work) {
  const double once = std::max(batch_us(work, 3), 0.01);
  return std::clamp(static_cast<int>(kBatchMicroseconds / once), 1, 20000);
}

double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

}  // namespace

void pin_to_one_cpu() {
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(static_cast<std::size_t>(sched_getcpu()), &set);
  sched_setaffinity(0, sizeof set, &set);
}

PairedTimes time_pair(const std::function<void()>& first, const std::function<void()>& second,
                      int rounds) {
  const int first_count = batch_size(first);
  const int second_count = batch_size(second);
  std::vector<double> first_times;
  std::vector<double> second_times;
  for (int round = 0; round < rounds; ++round) {
    first_times.push_back(batch_us(first, first_count));
    second_times.push_back(batch_us(second, second_count));
  }
  return {.first_us = median(first_times), .second_us = median(second_times)};
}

double time_once(const std::function<void()>& work, int rounds) {
  std::vector<double> times;
  for (int round = 0; round < rounds; ++round) times.push_back(batch_us(work, 1));
  return median(times);
}

}  // namespace weir::bench
