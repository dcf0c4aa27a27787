// Sound files: weir and libpcap read the same packets, and libpcap reads what weir writes.
#include <unistd.h>

#include "capfile/compression.h"
#include "capfile/writer.h"
#include "compare.h"

namespace weir::test {
namespace {

using capfile::CaptureReader;
using capfile::CaptureWriter;
using capfile::Compression;
using capfile::Format;

class SharedCaptures : public testing::Test {
 protected:
  void SetUp() override {
    if (captures_.empty()) GTEST_SKIP() << "no captures in ../shared/captures";
  }
  const std::vector<std::filesystem::path> captures_ = shared_captures();
};

Bytes compressed(const Bytes& plain, Compression compression) {
  Written written;
  auto sink = capfile::make_compressing_sink(std::make_unique<MemorySink>(written), compression);
  EXPECT_TRUE(sink->write(plain));
  EXPECT_TRUE(sink->close());
  return written.bytes;
}

Bytes rewritten(const Bytes& file, const capfile::WriterOptions& options) {
  Written written;
  CaptureWriter writer = CaptureWriter::over(std::make_unique<MemorySink>(written), options);
  auto reader = CaptureReader::open(std::make_unique<MemorySource>(file));
  EXPECT_TRUE(reader && writer.begin(reader->info()));
  for (;;) {
    const auto batch = reader->next_batch();
    if (!batch || batch->end()) break;
    const auto result = writer.write(*batch);
    EXPECT_TRUE(result) << result.error().message;
  }
  EXPECT_TRUE(writer.close());
  return written.bytes;
}

TEST_F(SharedCaptures, ReadTheSamePackets) {
  std::size_t packets = 0;
  for (const auto& path : captures_) {
    const ReferenceCapture theirs = read_with_libpcap(path.string());
    const ReadResult ours = read_all(CaptureReader::open(path.string()));
    EXPECT_EQ(difference(ours.packets, theirs), "") << path;
    EXPECT_EQ(ours.error.has_value(), !theirs.error.empty()) << path << theirs.error;
    packets += ours.packets.size();
  }
  EXPECT_GT(packets, 1000u);
}

TEST_F(SharedCaptures, ReadTheSameCompressedOrThroughAPipe) {
  for (const auto& path : captures_) {
    const Bytes file = contents(path);
    const ReadResult plain = read_all(file);
    EXPECT_EQ(read_all(compressed(file, Compression::kGzip)).packets, plain.packets) << path;
    EXPECT_EQ(read_all(compressed(file, Compression::kZstd)).packets, plain.packets) << path;
    EXPECT_EQ(read_all(file, {.max_read = 113}, 512).packets, plain.packets) << path;
  }
}

TEST_F(SharedCaptures, AreTheSameToLibpcapAfterARewrite) {
  for (const auto& path : captures_) {
    const Bytes file = contents(path);
    const ReferenceCapture before = read_with_libpcap(file);
    EXPECT_EQ(read_with_libpcap(rewritten(file, {})).packets, before.packets) << path;
  }
}

TEST_F(SharedCaptures, AreTheSameToLibpcapAfterAConversion) {
  std::size_t converted = 0;
  for (const auto& path : captures_) {
    const Bytes file = contents(path);
    // libpcap changes packets of one byte order and not of the other, and pcap has no time before
    // 1970 or after 2106.
    const ReferenceCapture before = read_with_libpcap(file);
    if (before.bytes_changed || path.filename().string().starts_with("time_21")) continue;
    for (const Format format : {Format::kPcap, Format::kPcapng}) {
      const Bytes nano =
          rewritten(file, {.format = format, .ticks_per_second = capfile::kNanoseconds});
      EXPECT_EQ(difference(read_all(file).packets, read_with_libpcap(nano)), "") << path;
      ++converted;
    }
  }
  EXPECT_GT(converted, 100u);
}

}  // namespace
}  // namespace weir::test
