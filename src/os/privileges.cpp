#include "os/privileges.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <grp.h>
#include <linux/capability.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>

#include "base/fd.h"

namespace weir::os {
namespace {

using CapabilitySet = std::uint32_t;  // of the first 32
constexpr CapabilitySet kNone = 0;
constexpr CapabilitySet kWriteAnywhere = CapabilitySet{1} << CAP_DAC_OVERRIDE;

std::unexpected<Error> privilege_error(std::string_view what) {
  return fail(fmt::format("cannot {}: {}", what, std::strerror(errno)));
}

Result<> set_capabilities(CapabilitySet permitted, CapabilitySet effective) {
  __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3, .pid = 0};
  std::array<__user_cap_data_struct, _LINUX_CAPABILITY_U32S_3> data = {};
  data[0].permitted = permitted;
  data[0].effective = effective;
  if (::syscall(SYS_capset, &header, data.data()) != 0)
    return privilege_error("give up capabilities");
  return {};
}

CapabilitySet permitted_capabilities() {
  __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3, .pid = 0};
  std::array<__user_cap_data_struct, _LINUX_CAPABILITY_U32S_3> data = {};
  return ::syscall(SYS_capget, &header, data.data()) == 0 ? data[0].permitted : kNone;
}

// Permitted capabilities are kept: what is needed of them is decided afterwards.
Result<> become(const User& user) {
  if (::prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0) != 0) return privilege_error("keep capabilities");
  const bool done = ::initgroups(user.name.c_str(), user.group) == 0 &&
                    ::setresgid(user.group, user.group, user.group) == 0 &&
                    ::setresuid(user.id, user.id, user.id) == 0;
  return done ? Result<>{} : privilege_error(fmt::format("become the user `{}`", user.name));
}

bool may_write_in(const std::string& folder) {
  const char* path = folder.empty() ? "." : folder.c_str();
  return ::faccessat(AT_FDCWD, path, W_OK | X_OK, AT_EACCESS) == 0;
}

}  // namespace

Result<User> find_user(const std::string& name) {
  std::array<char, 16384> scratch;
  passwd entry = {};
  passwd* found = nullptr;
  ::getpwnam_r(name.c_str(), &entry, scratch.data(), scratch.size(), &found);
  if (found == nullptr)
    return fail(fmt::format("no user is called `{}`", name), "`getent passwd` lists them");
  if (::geteuid() != 0 && ::geteuid() != found->pw_uid) {
    return fail(fmt::format("only root can become the user `{}`", name), "leave out `-Z`",
                ErrorKind::kUnsupported);
  }
  return User{.name = name, .id = found->pw_uid, .group = found->pw_gid};
}

// Through a descriptor that is looked at first: a folder of somebody else's may hold links.
Result<> give_file(const std::string& path, const User& user) {
  const Fd fd(::open(path.c_str(), O_WRONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  struct stat status = {};
  if (!fd || ::fstat(fd.get(), &status) != 0) return {};
  if (!S_ISREG(status.st_mode) || status.st_nlink != 1 || status.st_uid != ::geteuid()) return {};
  if (::fchown(fd.get(), user.id, user.group) == 0) return {};
  return privilege_error(fmt::format("give `{}` to the user `{}`", path, user.name));
}

Result<> confine(const Confinement& confinement) {
  if (confinement.user) {
    if (auto done = become(*confinement.user); !done) return done;
  }
  const CapabilitySet at_most = permitted_capabilities() & kWriteAnywhere;
  if (auto done = set_capabilities(at_most, kNone); !done) return done;
  const bool write_anywhere = confinement.folder && !may_write_in(*confinement.folder);
  const CapabilitySet kept = write_anywhere ? at_most : kNone;
  if (auto done = set_capabilities(kept, kept); !done) return done;
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return privilege_error("forgo new privileges");
  if (confinement.start_threads) {
    if (auto started = confinement.start_threads(); !started) return started;
  }
  return confinement.runs_commands ? Result<>{} : confine_system_calls();
}

}  // namespace weir::os
