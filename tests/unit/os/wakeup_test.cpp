#include "os/wakeup.h"

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <thread>

#include "os/wait.h"

namespace weir::os {
namespace {

TEST(Wakeup, CanBeReadFromTheFirstRingUntilSilence) {
  const auto wakeup = Wakeup::make();
  ASSERT_TRUE(wakeup);
  const std::array fds = {wakeup->fd()};
  const auto now = std::chrono::nanoseconds(0);
  EXPECT_EQ(wait_readable(fds, now, {}), Wait::kTimeout);
  wakeup->ring();
  wakeup->ring();
  EXPECT_EQ(wait_readable(fds, now, {}), Wait::kReady);
  wakeup->silence();
  EXPECT_EQ(wait_readable(fds, now, {}), Wait::kTimeout);
  wakeup->silence();
}

TEST(Wakeup, EndsTheWaitOfAnotherThread) {
  const auto wakeup = Wakeup::make();
  ASSERT_TRUE(wakeup);
  std::thread other([&] { wakeup->ring(); });
  const std::array fds = {wakeup->fd()};
  EXPECT_EQ(wait_readable(fds, std::chrono::seconds(20), {}), Wait::kReady);
  other.join();
}

}  // namespace
}  // namespace weir::os
