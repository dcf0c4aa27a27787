#include "base/fd.h"

#include <fcntl.h>
#include <gtest/gtest.h>

#include <utility>

namespace weir {
namespace {

int open_null() { return ::open("/dev/null", O_RDONLY | O_CLOEXEC); }
bool is_open(int fd) { return ::fcntl(fd, F_GETFD) >= 0; }

TEST(Fd, ClosesWhatItOwnsWhenItGoes) {
  int raw = -1;
  {
    const Fd fd(open_null());
    ASSERT_TRUE(fd.valid());
    raw = fd.get();
    EXPECT_TRUE(is_open(raw));
  }
  EXPECT_FALSE(is_open(raw));
}

TEST(Fd, MovingTransfersTheDescriptor) {
  Fd first(open_null());
  const int raw = first.get();
  Fd second = std::move(first);
  EXPECT_EQ(second.get(), raw);
  EXPECT_TRUE(is_open(raw));
}

TEST(Fd, MoveAssignmentClosesTheOldOne) {
  Fd first(open_null());
  const int old = first.get();
  first = Fd(open_null());
  EXPECT_TRUE(is_open(first.get()));
  EXPECT_NE(first.get(), old);
  EXPECT_FALSE(is_open(old));
}

TEST(Fd, ReleaseLeavesTheDescriptorOpen) {
  Fd fd(open_null());
  const int raw = fd.release();
  EXPECT_FALSE(fd.valid());
  EXPECT_TRUE(is_open(raw));
  Fd again(raw);
}

}  // namespace
}  // namespace weir
