#include "os/privileges.h"

#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>

#include "os/names.h"
#include "support/temporary_folder.h"

namespace weir::os {
namespace {

TEST(Users, AreFoundByName) {
  const auto unknown = find_user("no-such-user-anywhere");
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().message, "no user is called `no-such-user-anywhere`");
  const auto root = find_user("root");
  if (::geteuid() == 0) {
    ASSERT_TRUE(root);
    EXPECT_EQ(root->id, 0u);
  } else {
    ASSERT_FALSE(root);
    EXPECT_EQ(root.error().kind, ErrorKind::kUnsupported);
  }
}

TEST(GiveFile, LeavesAloneWhatHasAnotherName) {
  const std::string path = weir::test::temporary_path("file");
  const std::string other = weir::test::temporary_path("other");
  std::ofstream(path) << "x";
  ASSERT_EQ(::link(path.c_str(), other.c_str()), 0);
  EXPECT_TRUE(give_file(other, {.name = "x", .id = 12345, .group = 12345}));
  EXPECT_TRUE(give_file("/dev/null", {.name = "x", .id = 12345, .group = 12345}));
  struct stat status = {};
  ASSERT_EQ(::stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_uid, ::geteuid());
}

// Runs in a process of its own: there is no way back.
[[noreturn]] void look_up_names_confined() {
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || !confine_system_calls()) ::_exit(1);
  const auto names = system_names();
  const bool works = names->host("localhost").has_value();
  const bool refused = ::fork() < 0 && errno == EPERM && ::chroot("/") < 0 && errno == EPERM;
  ::_exit(works && refused ? 0 : 2);
}

TEST(SystemCalls, AreEnoughToLookUpNamesButNotToRunPrograms) {
  EXPECT_EXIT(look_up_names_confined(), testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace weir::os
