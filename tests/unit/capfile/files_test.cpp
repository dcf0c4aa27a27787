// Real files, real pipes, real descriptors.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <thread>

#include "capfile/compression.h"
#include "capfile/writer.h"
#include "make_bytes.h"
#include "read_all.h"
#include "support/temporary_folder.h"

namespace weir::test {
namespace {

using capfile::Compression;
using capfile::Format;

class Files : public testing::Test {
 protected:
  std::string path(const std::string& name) const { return folder_.file(name); }

  std::string put(const std::string& name, const Bytes& bytes) const {
    std::ofstream(path(name), std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes.data()),
               static_cast<std::streamsize>(bytes.size()));
    return path(name);
  }

 private:
  TemporaryFolder folder_;
};

Bytes capture(unsigned packets) {
  Bytes file = pcap_header(std::endian::little);
  for (unsigned i = 0; i < packets; ++i) {
    const Bytes record = pcap_record(std::endian::little, i, 0, payload(300, i));
    file.insert(file.end(), record.begin(), record.end());
  }
  return file;
}

TEST_F(Files, EverySuffixGivesAFileThatReadsBack) {
  const std::string source = put("in.pcap", capture(3000));
  const ReadResult expected = read_all(capfile::CaptureReader::open(source));
  for (const char* name : {"out.pcap", "out.pcap.gz", "out.pcap.zst", "out.pcapng", "out.pcapng.gz",
                           "out.pcapng.zstd", "out"}) {
    auto reader = capfile::CaptureReader::open(source);
    auto writer = capfile::CaptureWriter::create(path(name), capfile::options_for_path(path(name)));
    ASSERT_TRUE(reader && writer);
    ASSERT_TRUE(writer->begin(reader->info()));
    for (;;) {
      const auto batch = reader->next_batch();
      ASSERT_TRUE(batch);
      if (batch->end()) break;
      ASSERT_TRUE(writer->write(*batch));
    }
    ASSERT_TRUE(writer->close());
    const ReadResult result = read_all(capfile::CaptureReader::open(path(name)));
    EXPECT_FALSE(result.error) << name;
    EXPECT_EQ(result.packets, expected.packets) << name;
    EXPECT_EQ(result.info.compression, capfile::options_for_path(name).compression) << name;
  }
}

TEST_F(Files, ProgressReachesTheSizeOfTheFile) {
  const Bytes bytes = capture(3000);
  auto reader = capfile::CaptureReader::open(put("in.pcap", bytes));
  ASSERT_TRUE(reader);
  EXPECT_EQ(reader->bytes_total(), bytes.size());
  while (!reader->next_batch()->end()) {
    EXPECT_LE(reader->bytes_read(), bytes.size());
  }
  EXPECT_EQ(reader->bytes_read(), bytes.size());
}

TEST_F(Files, APipeIsReadLikeAFile) {
  int ends[2];
  ASSERT_EQ(::pipe2(ends, O_CLOEXEC), 0);
  const Bytes bytes = capture(2000);
  std::thread feeder([&] {
    const auto sink = capfile::make_fd_sink(Fd(ends[1]), "pipe");
    EXPECT_TRUE(sink->write(bytes));
    EXPECT_TRUE(sink->close());
  });
  const ReadResult result =
      read_all(capfile::CaptureReader::open(capfile::make_fd_source(Fd(ends[0]), "pipe")));
  feeder.join();
  EXPECT_FALSE(result.error);
  EXPECT_EQ(result.packets.size(), 2000u);
}

TEST_F(Files, ANonBlockingPipeIsWaitedFor) {
  int ends[2];
  ASSERT_EQ(::pipe2(ends, O_CLOEXEC | O_NONBLOCK), 0);
  const Bytes bytes = capture(2000);
  std::thread feeder([&] {
    const auto sink = capfile::make_fd_sink(Fd(ends[1]), "pipe");
    EXPECT_TRUE(sink->write(bytes));
    EXPECT_TRUE(sink->close());
  });
  const ReadResult result =
      read_all(capfile::CaptureReader::open(capfile::make_fd_source(Fd(ends[0]), "pipe")));
  feeder.join();
  EXPECT_EQ(result.packets.size(), 2000u);
}

TEST_F(Files, AStopQuestionIsAskedBeforeAReadThatWouldWait) {
  int ends[2];
  ASSERT_EQ(::pipe2(ends, O_CLOEXEC), 0);
  const Fd writer(ends[1]);
  const auto source = capfile::make_fd_source(Fd(ends[0]), "pipe", [] { return true; });
  Bytes into(10);
  EXPECT_EQ(source->read(into), std::size_t{0});
}

TEST_F(Files, AReaderThatTakesNothingCannotHoldUpAStop) {
  int ends[2];
  ASSERT_EQ(::pipe2(ends, O_CLOEXEC), 0);
  const Fd reader(ends[0]);
  const auto sink = capfile::make_fd_sink(Fd(ends[1]), "pipe", [] { return true; });
  const auto written = sink->write(payload(4 << 20));
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().message, "cannot write `pipe`: nobody takes it");
}

TEST_F(Files, AReaderThatTakesSomethingGetsAllInSpiteOfAStop) {
  int ends[2];
  ASSERT_EQ(::pipe2(ends, O_CLOEXEC), 0);
  const Bytes bytes = payload(1 << 20);
  bool whole = false;
  std::thread feeder([&] {
    const auto sink = capfile::make_fd_sink(Fd(ends[1]), "pipe", [] { return true; });
    whole = sink->write(bytes).has_value();
  });
  const auto source = capfile::make_fd_source(Fd(ends[0]), "pipe");
  Bytes into(4096);
  std::size_t count = 0;
  for (auto got = source->read(into); got && *got != 0; got = source->read(into)) count += *got;
  feeder.join();
  EXPECT_TRUE(whole);
  EXPECT_EQ(count, bytes.size());
}

TEST_F(Files, TheHeaderAloneOpensAPipe) {
  int ends[2];
  ASSERT_EQ(::pipe2(ends, O_CLOEXEC), 0);
  const auto sink = capfile::make_fd_sink(Fd(ends[1]), "pipe");
  ASSERT_TRUE(sink->write(pcap_header(kLittle)));
  auto reader = capfile::CaptureReader::open(capfile::make_fd_source(Fd(ends[0]), "pipe"));
  ASSERT_TRUE(reader);
  EXPECT_TRUE(reader->would_wait());
}

TEST_F(Files, OnlyAnEmptyPipeWouldWait) {
  int ends[2];
  ASSERT_EQ(::pipe2(ends, O_CLOEXEC), 0);
  const auto sink = capfile::make_fd_sink(Fd(ends[1]), "pipe");
  const Bytes bytes = capture(2);
  ASSERT_TRUE(sink->write(bytes));
  auto reader = capfile::CaptureReader::open(capfile::make_fd_source(Fd(ends[0]), "pipe"));
  ASSERT_TRUE(reader);
  ASSERT_TRUE(reader->next_batch());
  EXPECT_TRUE(reader->would_wait());
  ASSERT_TRUE(sink->write(bytes));
  EXPECT_FALSE(reader->would_wait());
  auto file = capfile::CaptureReader::open(put("in.pcap", bytes));
  ASSERT_TRUE(file && file->next_batch());
  EXPECT_FALSE(file->would_wait());
}

// While one lives, files of this process cannot grow past so many bytes.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit = {.rlim_cur = bytes, .rlim_max = before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FileSizeLimit() {
    setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;

 private:
  void (*handler_)(int);
  rlimit before_ = {};
};

TEST_F(Files, AFileThatCannotGrowEndsWithAWholeRecord) {
  constexpr std::size_t kRecord = 316;
  auto reader = capfile::CaptureReader::open(put("in.pcap", capture(50)));
  auto writer = capfile::CaptureWriter::create(path("out.pcap"), {});
  ASSERT_TRUE(reader && writer);
  ASSERT_TRUE(writer->begin(reader->info()));
  ASSERT_TRUE(writer->write(*reader->next_batch()));
  {
    const FileSizeLimit limit(24 + 7 * kRecord + 100);
    EXPECT_FALSE(writer->close());
  }
  EXPECT_EQ(std::filesystem::file_size(path("out.pcap")), 24 + 7 * kRecord);
}

TEST_F(Files, OnlyStandardOutputMayLoseItsReader) {
  ::signal(SIGPIPE, SIG_IGN);
  for (const bool standard : {false, true}) {
    int ends[2];
    ASSERT_EQ(::pipe2(ends, O_CLOEXEC), 0);
    ::close(ends[0]);
    Fd fd(ends[1]);
    const auto sink = standard ? capfile::make_standard_sink(std::move(fd))
                               : capfile::make_fd_sink(std::move(fd), "pipe");
    EXPECT_EQ(sink->write(payload(10)).has_value(), standard);
    EXPECT_EQ(sink->wanted(), !standard);
  }
}

TEST_F(Files, AFullDeviceIsAnError) {
  if (::access("/dev/full", W_OK) != 0) GTEST_SKIP() << "there is no /dev/full to write to";
  const auto sink = capfile::create_sink("/dev/full");
  ASSERT_TRUE(sink);
  const auto written = (*sink)->write(payload(10));
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().message, "cannot write `/dev/full`: No space left on device");
  EXPECT_FALSE(written.error().hint.empty());
}

TEST_F(Files, ThatAreOneAreKnownToBeOne) {
  const std::string original = put("a.pcap", capture(1));
  const std::string other = put("b.pcap", capture(1));
  std::filesystem::create_symlink(original, path("link"));
  EXPECT_TRUE(capfile::same_file(original, path("link")));
  EXPECT_FALSE(capfile::same_file(original, other));
  EXPECT_FALSE(capfile::same_file(original, path("missing")));
}

TEST(Paths, ASuffixTellsFormatAndCompression) {
  const auto is = [](const char* path, std::optional<Format> format, Compression compression) {
    const capfile::WriterOptions options = capfile::options_for_path(path);
    return options.format == format && options.compression == compression;
  };
  EXPECT_TRUE(is("a.pcap", Format::kPcap, Compression::kNone));
  EXPECT_TRUE(is("a.cap", Format::kPcap, Compression::kNone));
  EXPECT_TRUE(is("a.pcapng", Format::kPcapng, Compression::kNone));
  EXPECT_TRUE(is("a.pcapng.gz", Format::kPcapng, Compression::kGzip));
  EXPECT_TRUE(is("a.pcap.zst", Format::kPcap, Compression::kZstd));
  EXPECT_TRUE(is("a.zstd", std::nullopt, Compression::kZstd));
  EXPECT_TRUE(is("-", std::nullopt, Compression::kNone));
}

}  // namespace
}  // namespace weir::test
