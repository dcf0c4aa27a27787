#include "os/detached.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string_view>

namespace weir::os {
namespace {

constexpr int kCannotRun = 127;  // as shells have it

// In a process of its own. Only calls that are safe after fork(2).
[[noreturn]] void become(const char* command, const char* file) {
  ::setpriority(PRIO_PROCESS, 0, 19);
  const int nothing = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  if (nothing >= 0) ::dup2(nothing, STDIN_FILENO);
  ::execlp(command, command, file, static_cast<char*>(nullptr));
  constexpr std::string_view kMessage = "weir: warning: cannot run the command of `-z`\n";
  (void)!::write(STDERR_FILENO, kMessage.data(), kMessage.size());
  ::_exit(kCannotRun);
}

}  // namespace

// Through a child that ends at once: what it started is then nobody's to wait for.
Result<> run_detached(const std::string& command, const std::string& file) {
  const pid_t child = ::fork();
  if (child < 0) return fail("cannot run `" + command + "`: " + std::strerror(errno));
  if (child == 0) {
    if (::fork() == 0) become(command.c_str(), file.c_str());
    ::_exit(0);
  }
  while (::waitpid(child, nullptr, 0) < 0 && errno == EINTR) continue;
  return {};
}

}  // namespace weir::os
