#include <gtest/gtest.h>

#include "cli/run.h"
#include "unit/app/make_capture.h"

namespace weir::cli {
namespace {

class TerminalSink final : public app::TextSink {
 public:
  bool write(std::string_view) override { return true; }
  bool is_terminal() const override { return true; }
  bool flush() override { return true; }
};

// Whether the line of progress was there to be erased at the end.
bool showed_progress(app::TextSink& out, std::vector<const char*> more = {}) {
  const std::string path = app::test::sample_capture();
  std::vector<const char*> words = {"capture", "-r", path.c_str()};
  words.insert(words.end(), more.begin(), more.end());
  app::StringSink err;
  Console console{.out = out, .err = err};
  console.progress = true;
  EXPECT_EQ(run(words, console), kDone);
  return err.text().find("\x1b[K") != std::string::npos;
}

TEST(Progress, IsNotShownBetweenPackets) {
  TerminalSink terminal;
  app::StringSink file;
  EXPECT_FALSE(showed_progress(terminal));
  EXPECT_TRUE(showed_progress(terminal, {"--count"}));
  EXPECT_TRUE(showed_progress(file));
}

}  // namespace
}  // namespace weir::cli
