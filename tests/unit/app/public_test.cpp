// The public interface of libweir.
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>

#include <weir/capture_file.h>
#include <weir/filter.h>

#include "unit/app/make_capture.h"

namespace weir {
namespace {

using app::test::sample_capture;
using app::test::sample_packets;
using app::test::temporary_path;

TEST(Filter, MatchesPackets) {
  const auto filter = Filter::compile("tcp port 80");
  ASSERT_TRUE(filter) << filter.error().message;
  EXPECT_FALSE(filter->matches(sample_packets()[0], 42));
  EXPECT_TRUE(filter->matches(sample_packets()[1], 54));
  EXPECT_FALSE(filter->program().empty());
}

TEST(Filter, ReturnsTheSnaplenThatIsAskedFor) {
  const auto filter = Filter::compile("ip", {.snaplen = 96});
  ASSERT_TRUE(filter);
  EXPECT_TRUE(
      std::ranges::any_of(filter->program(), [](const ClassicInsn& insn) { return insn.k == 96; }));
}

TEST(Filter, ExplainsEveryMistake) {
  const auto filter = Filter::compile("tcp prot 80 or port 99999");
  ASSERT_FALSE(filter);
  EXPECT_NE(filter.error().message.find("`prot`"), std::string::npos);
  EXPECT_NE(filter.error().message.find("99999"), std::string::npos);
}

TEST(CaptureFile, GivesPacketsAndThenNone) {
  auto reader = CaptureFileReader::open(sample_capture());
  ASSERT_TRUE(reader) << reader.error().message;
  auto packets = reader->next();
  ASSERT_TRUE(packets);
  EXPECT_EQ(packets->size(), 3u);
  EXPECT_EQ((*packets)[1].wire_length, 54u);
  EXPECT_TRUE(reader->next()->empty());
}

TEST(CaptureFile, WritesSomeOfThePacketsThatWereRead) {
  auto reader = CaptureFileReader::open(sample_capture());
  const std::string path = temporary_path("out.pcapng");
  auto writer = CaptureFileWriter::create(path, *reader, {.format = CaptureFileFormat::kPcapng});
  ASSERT_TRUE(writer) << writer.error().message;
  ASSERT_TRUE(reader->next());
  const std::uint32_t indices[] = {0, 2};
  ASSERT_TRUE(writer->write(*reader, indices));
  ASSERT_TRUE(writer->close());

  auto written = CaptureFileReader::open(path);
  ASSERT_TRUE(written);
  const auto packets = written->next();
  ASSERT_TRUE(packets);
  ASSERT_EQ(packets->size(), 2u);
  EXPECT_TRUE(std::ranges::equal((*packets)[1].bytes, sample_packets()[2]));
}

// A new reader often stands where an old one stood.
TEST(CaptureFile, TellsReadersApartThatFollowOneAnother) {
  const std::string first = sample_capture("first.pcap");
  const std::string second =
      app::test::write_file("second.pcap", app::test::pcap_bytes(sample_packets(), LinkType{113}));
  const std::string path = temporary_path("both.pcapng");
  auto reader = std::make_unique<CaptureFileReader>(*CaptureFileReader::open(first));
  auto writer = CaptureFileWriter::create(path, *reader, {.format = CaptureFileFormat::kPcapng});
  ASSERT_TRUE(writer);
  constexpr std::uint32_t kOne[] = {1};
  constexpr int kReaders = 20;
  for (int i = 0; i < kReaders; ++i) {
    ASSERT_TRUE(reader->next());
    ASSERT_TRUE(writer->write(*reader, kOne));
    reader.reset();
    reader =
        std::make_unique<CaptureFileReader>(*CaptureFileReader::open(i % 2 == 0 ? second : first));
  }
  ASSERT_TRUE(writer->close());

  auto written = CaptureFileReader::open(path);
  ASSERT_TRUE(written);
  const auto packets = written->next();
  ASSERT_TRUE(packets);
  ASSERT_EQ(packets->size(), std::size_t{kReaders});
  for (int i = 0; i < kReaders; ++i) {
    EXPECT_EQ((*packets)[static_cast<std::size_t>(i)].link_type, LinkType(i % 2 == 0 ? 1 : 113))
        << i;
  }
}

TEST(CaptureFileDeathTest, RefusesPacketsThatAreNotThere) {
  auto reader = CaptureFileReader::open(sample_capture());
  auto writer = CaptureFileWriter::create(temporary_path("out.pcap"), *reader);
  ASSERT_TRUE(writer && reader->next());
  constexpr std::uint32_t kUnsorted[] = {1000, 0};
  EXPECT_DEATH((void)writer->write(*reader, kUnsorted), "");
}

TEST(CaptureFile, SaysWhatItCannotOpen) {
  const auto reader = CaptureFileReader::open("/no/such/file.pcap");
  ASSERT_FALSE(reader);
  EXPECT_NE(reader.error().message.find("/no/such/file.pcap"), std::string::npos);
}

}  // namespace
}  // namespace weir
