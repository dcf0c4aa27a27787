#include "os/stop_signals.h"

#include <gtest/gtest.h>

namespace weir::os {
namespace {

TEST(StopSignals, RemembersTheSignalInsteadOfEnding) {
  const StopSignals signals;
  EXPECT_EQ(signals.received(), 0);
  std::raise(SIGINT);
  EXPECT_EQ(signals.received(), SIGINT);
}

TEST(StopSignals, ForgetsWhatAnEarlierOneSaw) {
  {
    const StopSignals signals;
    std::raise(SIGTERM);
  }
  EXPECT_EQ(StopSignals().received(), 0);
}

TEST(StopSignalsDeathTest, LetsASecondSignalEndTheProcess) {
  EXPECT_EXIT(
      {
        const StopSignals signals;
        std::raise(SIGTERM);
        std::raise(SIGTERM);
      },
      testing::KilledBySignal(SIGTERM), "");
}

TEST(StopSignalsDeathTest, GivesBackTheOldMeaning) {
  EXPECT_EXIT(
      {
        {
          const StopSignals signals;
        }
        std::raise(SIGINT);
      },
      testing::KilledBySignal(SIGINT), "");
}

}  // namespace
}  // namespace weir::os
