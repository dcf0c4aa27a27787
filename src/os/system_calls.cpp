// The system calls of a capture that runs: a seccomp filter (seccomp(2)) made of one table.
//
// What is not in the table fails with EPERM rather than killing the process: the modules that look
// up names (nsswitch.conf(5)) are not ours, and what they try beside their work may fail.
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <bit>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <iterator>
#include <vector>

#include "os/privileges.h"

namespace weir::os {
namespace {

#if defined(__x86_64__)
constexpr std::uint32_t kArchitecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr std::uint32_t kArchitecture = AUDIT_ARCH_AARCH64;
#else
constexpr std::uint32_t kArchitecture = 0;  // the table is not known to be whole there
#endif

constexpr std::uint32_t kAllowed[] = {
    // files and descriptors
    SYS_read, SYS_readv, SYS_pread64, SYS_write, SYS_writev, SYS_pwrite64, SYS_close, SYS_openat,
    SYS_fstat, SYS_newfstatat, SYS_statx, SYS_statfs, SYS_fstatfs, SYS_lseek, SYS_ftruncate,
    SYS_fsync, SYS_fdatasync, SYS_fcntl, SYS_ioctl, SYS_dup, SYS_dup3, SYS_pipe2, SYS_faccessat,
    SYS_faccessat2, SYS_readlinkat, SYS_getdents64, SYS_getcwd, SYS_renameat2,
#if defined(__x86_64__)
    SYS_open, SYS_stat, SYS_lstat, SYS_access, SYS_readlink, SYS_dup2, SYS_renameat, SYS_poll,
    SYS_select, SYS_epoll_create, SYS_epoll_wait, SYS_time, SYS_arch_prctl,
#elif defined(__aarch64__)
    SYS_renameat,
#endif
    // waiting, time and signals
    SYS_ppoll, SYS_pselect6, SYS_epoll_create1, SYS_epoll_ctl, SYS_epoll_pwait, SYS_eventfd2,
    SYS_timerfd_create, SYS_timerfd_settime, SYS_clock_gettime, SYS_clock_getres,
    SYS_clock_nanosleep, SYS_nanosleep, SYS_gettimeofday, SYS_rt_sigaction, SYS_rt_sigprocmask,
    SYS_rt_sigreturn, SYS_sigaltstack, SYS_restart_syscall, SYS_tgkill,
    // memory and threads
    SYS_mmap, SYS_munmap, SYS_mremap, SYS_mprotect, SYS_madvise, SYS_brk, SYS_futex,
    SYS_set_robust_list, SYS_rseq, SYS_sched_yield, SYS_sched_getaffinity, SYS_exit, SYS_exit_group,
    // sockets: the rings, and names that are asked for over the network
    SYS_socket, SYS_connect, SYS_bind, SYS_sendto, SYS_sendmsg, SYS_sendmmsg, SYS_recvfrom,
    SYS_recvmsg, SYS_recvmmsg, SYS_getsockopt, SYS_setsockopt, SYS_getsockname, SYS_getpeername,
    SYS_shutdown,
    // who and where we are
    SYS_getpid, SYS_gettid, SYS_getuid, SYS_geteuid, SYS_getgid, SYS_getegid, SYS_uname,
    SYS_sysinfo, SYS_getrandom, SYS_prlimit64};

// A jump reaches 255 instructions.
static_assert(std::size(kAllowed) < 250);

std::vector<sock_filter> make_program() {
  const auto load = [](std::size_t offset) {
    return sock_filter{BPF_LD | BPF_W | BPF_ABS, 0, 0, static_cast<std::uint32_t>(offset)};
  };
  const auto equal = [](std::uint32_t value, std::size_t jump_true, std::size_t jump_false) {
    return sock_filter{BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint8_t>(jump_true),
                       static_cast<std::uint8_t>(jump_false), value};
  };
  const std::size_t count = std::size(kAllowed);
  // Another architecture's numbers, as a 32-bit program's, mean other calls: refused, like x32's,
  // which are too large to be in the table.
  std::vector<sock_filter> out = {load(offsetof(seccomp_data, arch)),
                                  equal(kArchitecture, 0, count + 1),
                                  load(offsetof(seccomp_data, nr))};
  for (std::size_t i = 0; i < count; ++i) out.push_back(equal(kAllowed[i], count - i, 0));
  out.push_back({BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ERRNO | EPERM});
  out.push_back({BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW});
  return out;
}

}  // namespace

Result<> confine_system_calls() {
  if (kArchitecture == 0) return {};
  std::vector<sock_filter> program = make_program();
  const sock_fprog filter = {.len = static_cast<unsigned short>(program.size()),
                             .filter = program.data()};
  const long done =
      ::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &filter);
  if (done == 0) return {};
  if (done > 0) return fail("cannot confine the system calls of every thread");
  if (errno == EINVAL || errno == ENOSYS) return {};  // a kernel without CONFIG_SECCOMP_FILTER
  return fail(std::string("cannot confine system calls: ") + std::strerror(errno));
}

}  // namespace weir::os
