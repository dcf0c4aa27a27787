// BPF_PROG_TEST_RUN with `repeat` (linux/bpf.h). The duration that it reports goes on while other
// threads have the processor, so this thread's own time is taken.
#include "bench/kernel/timed_run.h"

#include <linux/bpf.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <cstring>

namespace weir::bench {
namespace {

double thread_nanoseconds() {
  timespec time = {};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e9 + static_cast<double>(time.tv_nsec);
}

}  // namespace

std::optional<TimedRun> timed_run(const Fd& program, std::span<const std::byte> frame,
                                  std::uint32_t times) {
  bpf_attr attr;
  std::memset(&attr, 0, sizeof attr);  // padding too
  attr.test.prog_fd = static_cast<std::uint32_t>(program.get());
  attr.test.data_in = reinterpret_cast<std::uintptr_t>(frame.data());
  attr.test.data_size_in = static_cast<std::uint32_t>(frame.size());
  attr.test.repeat = times;
  const double start = thread_nanoseconds();
  if (::syscall(SYS_bpf, BPF_PROG_TEST_RUN, &attr, sizeof attr) != 0) return std::nullopt;
  const double spent = thread_nanoseconds() - start;
  return TimedRun{.verdict = attr.test.retval, .nanoseconds = spent / times};
}

}  // namespace weir::bench
