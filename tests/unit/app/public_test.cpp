// The public interface of libweir.
#include <gtest/gtest.h>

#include <algorithm>

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

TEST(CaptureFile, SaysWhatItCannotOpen) {
  const auto reader = CaptureFileReader::open("/no/such/file.pcap");
  ASSERT_FALSE(reader);
  EXPECT_NE(reader.error().message.find("/no/such/file.pcap"), std::string::npos);
}

}  // namespace
}  // namespace weir
