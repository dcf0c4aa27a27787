// Giving away what a process needed only to begin: its user, its capabilities, most system calls.
#pragma once

#include <sys/types.h>

#include <functional>
#include <optional>
#include <string>

#include <weir/result.h>

namespace weir::os {

struct User {
  std::string name;
  uid_t id = 0;
  gid_t group = 0;
};

// An Error when there is no such user, or when this process may not become another one.
Result<User> find_user(const std::string& name);

// The file gets that owner, if it is a regular one of this process's user, and no other name leads
// to it.
Result<> give_file(const std::string& path, const User& user);

struct Confinement {
  std::optional<User> user;  // to become; none: stay who we are
  // Files will be created in this folder (empty: the working directory): when the user may not
  // write there, the capability to do so all the same is kept.
  std::optional<std::string> folder;
  bool runs_commands =
      false;  // they would inherit the filter of system calls, so that there is none
  // Called once privileges are gone and before system calls are: a thread that starts here has
  // neither. Capabilities are a thread's own, and those that run already would keep theirs.
  std::function<Result<>()> start_threads = {};
};

// For good, and for all that this process runs: no capabilities, no new privileges
// (PR_SET_NO_NEW_PRIVS), and only the system calls of os/system_calls.cpp.
Result<> confine(const Confinement& confinement);

// Of all threads: every system call but those that reading, printing, writing and looking up names
// need fails with EPERM from here on. REQUIRES: no new privileges.
Result<> confine_system_calls();

}  // namespace weir::os
