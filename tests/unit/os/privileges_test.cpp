#include "os/privileges.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

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

}  // namespace
}  // namespace weir::os
