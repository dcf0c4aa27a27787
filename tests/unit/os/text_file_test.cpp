#include "os/text_file.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <fstream>
#include <thread>

#include "base/fd.h"
#include "os/stop_signals.h"
#include "support/temporary_folder.h"

namespace weir::os {
namespace {

std::string temporary_file(std::string_view text) {
  const std::string path = test::temporary_path("text");
  std::ofstream(path, std::ios::binary) << text;
  return path;
}

TEST(ReadText, GivesTheWholeFile) {
  const std::string text(200'000, 'x');
  EXPECT_EQ(read_text(temporary_file(text), text.size()), text);
}

TEST(ReadText, RefusesAFileThatIsTooLong) {
  const auto text = read_text(temporary_file("12345"), 4);
  ASSERT_FALSE(text);
  EXPECT_NE(text.error().message.find("longer than 4 bytes"), std::string::npos);
}

TEST(ReadText, NamesTheFileThatItCannotOpen) {
  const auto text = read_text("/no/such/file", 10);
  ASSERT_FALSE(text);
  EXPECT_EQ(text.error().message, "cannot open `/no/such/file`: No such file or directory");
}

TEST(WriteAll, FailsWithEpipeWhenTheReaderHasGone) {
  ignore_broken_pipes();
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  close(ends[0]);
  const Fd writer(ends[1]);
  EXPECT_FALSE(write_all(writer.get(), "text"));
  EXPECT_EQ(errno, EPIPE);
}

TEST(WriteAll, WaitsForANonBlockingReader) {
  int ends[2];
  ASSERT_EQ(pipe2(ends, O_NONBLOCK), 0);
  const Fd reader(ends[0]);
  const std::string text(300'000, 'x');
  bool whole = false;
  std::thread writer([&] {
    const Fd end(ends[1]);
    whole = write_all(end.get(), text);
  });
  std::size_t count = 0;
  char chunk[4096];
  for (;;) {
    const ssize_t got = read(reader.get(), chunk, sizeof chunk);
    if (got == 0) break;
    if (got > 0) count += static_cast<std::size_t>(got);
  }
  writer.join();
  EXPECT_TRUE(whole);
  EXPECT_EQ(count, text.size());
}

TEST(ReadText, WaitsForANonBlockingWriter) {
  int ends[2];
  ASSERT_EQ(pipe2(ends, O_NONBLOCK), 0);
  const Fd old(dup(STDIN_FILENO));
  dup2(ends[0], STDIN_FILENO);
  close(ends[0]);
  const std::string text(300'000, 'x');
  std::thread writer([&] {
    const Fd end(ends[1]);
    write_all(end.get(), text);
  });
  const auto read = read_text("-", text.size());
  writer.join();
  dup2(old.get(), STDIN_FILENO);
  EXPECT_EQ(read, text);
}

TEST(IsTerminal, KnowsThatAPipeIsNone) {
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  const Fd reader(ends[0]);
  const Fd writer(ends[1]);
  EXPECT_FALSE(is_terminal(writer.get()));
}

}  // namespace
}  // namespace weir::os
