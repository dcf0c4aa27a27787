#include <gtest/gtest.h>

#include <filesystem>

#include "capfile/reader.h"
#include "capfile/rotating_writer.h"
#include "support/temporary_folder.h"

namespace weir::capfile {
namespace {

using std::chrono::seconds;

Rotation by_size(std::uint64_t bytes, std::optional<std::uint32_t> files = {}) {
  return {.bytes = bytes, .period = {}, .files = files};
}

Rotation by_time(std::int64_t period, std::optional<std::uint32_t> files = {}) {
  return {.bytes = {}, .period = seconds(period), .files = files};
}

TEST(RotatedName, IsNumberedAsTcpdumpDoes) {
  EXPECT_EQ(rotated_name("a.pcap", by_size(1), 0, 0), "a.pcap");
  EXPECT_EQ(rotated_name("a.pcap", by_size(1), 0, 12), "a.pcap12");
  EXPECT_EQ(rotated_name("a.pcap", by_size(1, 10), 0, 0), "a.pcap0");
  EXPECT_EQ(rotated_name("a.pcap", by_size(1, 11), 0, 9), "a.pcap09");
  EXPECT_EQ(rotated_name("a.pcap", by_size(1, 1), 0, 0), "a.pcap");
  EXPECT_EQ(rotated_name("a.pcap", by_time(1, 5), 0, 3), "a.pcap");
}

TEST(RotatedName, HasItsTimeFilledIn) {
  const std::time_t when = 1'700'000'000;
  EXPECT_EQ(rotated_name("d/%s.pcap", by_time(60), when, 0), "d/1700000000.pcap");
  EXPECT_EQ(rotated_name("%s", by_size(1), when, 0), "%s");
  const Rotation both = {.bytes = 1, .period = seconds(60), .files = {}};
  EXPECT_EQ(rotated_name("%s-", both, when, 2), "1700000000-2");
  EXPECT_EQ(fixed_folder("a/b%Y/c", by_time(60)), "a/");
  EXPECT_EQ(fixed_folder("a/b%Y/c", by_size(1)), "a/b%Y/");
  EXPECT_EQ(fixed_folder("c.pcap", by_size(1)), "");
}

// A writer over packets of 100 bytes, with a clock that the test sets.
class Rotating {
 public:
  explicit Rotating(Rotation rotation, Format format = Format::kPcap) {
    source_.has_records = false;
    source_.interfaces = {{}};
    WriterOptions writer;
    writer.format = format;
    auto created = RotatingWriter::create({.pattern = folder_.file("f"),
                                           .rotation = rotation,
                                           .writer = writer,
                                           .stopped = {},
                                           .now = [this] { return now; }});
    EXPECT_TRUE(created);
    writer_.emplace(std::move(*created));
    EXPECT_TRUE(writer_->begin(source_));
  }

  void put(int count) {
    const std::vector<std::byte> bytes(100);
    const Packet packet{.bytes = bytes, .wire_length = 100};
    const Batch batch{
        .packets = std::span(&packet, 1), .records = {}, .others = {}, .bytes = bytes};
    const std::uint32_t accepted = 0;
    for (int i = 0; i < count; ++i) EXPECT_TRUE(writer_->write(batch, std::span(&accepted, 1)));
  }

  // Packets of a finished file; -1 when there is none.
  int packets(const std::string& name) const {
    if (!std::filesystem::exists(folder_.file(name))) return -1;
    auto reader = CaptureReader::open(folder_.file(name));
    int count = 0;
    for (;;) {
      const auto batch = reader->next_batch();
      EXPECT_TRUE(batch);
      if (!batch || batch->end()) return count;
      count += static_cast<int>(batch->packets.size());
    }
  }

  RotatingWriter& writer() { return *writer_; }
  const weir::test::TemporaryFolder& folder() const { return folder_; }
  std::time_t now = 1000;

 private:
  weir::test::TemporaryFolder folder_;
  CaptureInfo source_;
  std::optional<RotatingWriter> writer_;
};

// The header has 24 bytes, a record 116: ten packets are 1184 bytes, nine 1068.
TEST(RotatingWriter, BeginsAnotherFileWhenOneIsLonger) {
  Rotating rotating(by_size(1100));
  rotating.put(25);
  EXPECT_EQ(rotating.writer().take_finished(),
            (std::vector<std::string>{rotating.folder().file("f"), rotating.folder().file("f1")}));
  EXPECT_TRUE(rotating.writer().close());
  EXPECT_EQ(rotating.packets("f"), 10);
  EXPECT_EQ(rotating.packets("f1"), 10);
  EXPECT_EQ(rotating.packets("f2"), 5);
}

TEST(RotatingWriter, UsesNamesAgain) {
  Rotating rotating(by_size(1100, 2));
  rotating.put(21);
  EXPECT_TRUE(rotating.writer().close());
  EXPECT_EQ(rotating.packets("f0"), 1);
  EXPECT_EQ(rotating.packets("f1"), 10);
  EXPECT_EQ(rotating.packets("f2"), -1);
}

TEST(RotatingWriter, NamesAFileOnlyWhenItIsWhole) {
  Rotating rotating(by_size(1100));
  rotating.put(3);
  EXPECT_TRUE(rotating.writer().flush());
  EXPECT_EQ(rotating.packets("f"), -1);
  EXPECT_EQ(rotating.packets("f.part"), 3);
  EXPECT_TRUE(rotating.writer().close());
  EXPECT_EQ(rotating.packets("f"), 3);
  EXPECT_EQ(rotating.packets("f.part"), -1);
}

TEST(RotatingWriter, EndsAfterSoManyPeriods) {
  Rotating rotating(by_time(10, 2));
  rotating.put(1);
  rotating.now += 10;
  rotating.put(1);
  EXPECT_FALSE(rotating.writer().is_complete());
  rotating.now += 10;
  rotating.put(1);
  EXPECT_TRUE(rotating.writer().is_complete());
  EXPECT_EQ(rotating.writer().take_finished().size(), 2u);
  EXPECT_TRUE(rotating.writer().close());
}

TEST(RotatingWriter, CountsAnewInEachPeriod) {
  Rotating rotating({.bytes = 1100, .period = seconds(10), .files = {}});
  rotating.put(11);
  rotating.now += 10;
  rotating.put(11);
  const auto finished = rotating.writer().take_finished();
  ASSERT_EQ(finished.size(), 3u);
  EXPECT_EQ(finished[1], rotating.folder().file("f1"));
  EXPECT_EQ(finished[2], rotating.folder().file("f"));
}

TEST(RotatingWriter, DescribesInterfacesInEachFile) {
  Rotating rotating(by_size(1000), Format::kPcapng);
  rotating.put(20);
  EXPECT_TRUE(rotating.writer().close());
  EXPECT_GT(rotating.packets("f"), 0);
  EXPECT_GT(rotating.packets("f1"), 0);
}

TEST(RotatingWriter, FailsWithoutItsFolder) {
  const auto created = RotatingWriter::create(
      {.pattern = "/no/such/folder/f", .rotation = by_size(1), .writer = {}});
  ASSERT_FALSE(created);
  EXPECT_NE(created.error().message.find("/no/such/folder/"), std::string::npos);
}

}  // namespace
}  // namespace weir::capfile
