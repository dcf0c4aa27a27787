#include "app/capture.h"

#include <gtest/gtest.h>

#include "unit/app/make_capture.h"

namespace weir::app {
namespace {

using test::pcap_bytes;
using test::sample_capture;
using test::sample_packets;
using test::temporary_path;
using test::write_file;

struct Finished {
  CaptureResult result;
  std::string out;
};

CaptureOptions reading(std::vector<std::string> inputs, std::string expression = {}) {
  CaptureOptions options;
  options.inputs = std::move(inputs);
  options.expression.text = std::move(expression);
  options.expression.source = "expression";
  options.expression.names = false;
  options.print.numeric = true;
  options.print.timestamp = packet::Timestamp::kSeconds;
  return options;
}

Finished run(const CaptureOptions& options, std::function<bool()> stopped = {}) {
  StringSink out;
  Finished done;
  done.result = capture(
      options,
      {.out = out, .remark = {}, .warn = {}, .progress = {}, .stopped = std::move(stopped)});
  done.out = out.text();
  return done;
}

std::string count(const std::string& path, const std::string& expression = {}) {
  CaptureOptions options = reading({path}, expression);
  options.count_only = true;
  return run(options).out;
}

TEST(Capture, PrintsALineForEachPacketThatMatches) {
  const Finished done = run(reading({sample_capture()}, "ip"));
  EXPECT_EQ(done.out,
            "2.000000 IP 10.0.0.1.1234 > 10.0.0.2.80: Flags [S], seq 0, win 65535, length 0\n"
            "3.000000 IP 10.0.0.1.1234 > 10.0.0.3.53: 0 [0q] (20)\n");
  EXPECT_EQ(render_totals(done.result), "3 packets read, 2 matched");
}

TEST(Capture, NumbersPacketsThroughAllFiles) {
  const std::string first = sample_capture("first.pcap");
  const std::string second = sample_capture("second.pcap");
  CaptureOptions options = reading({first, second}, "arp");
  options.fields = {"frame.number"};
  const Finished done = run(options);
  EXPECT_EQ(done.result.read, 6u);
  EXPECT_EQ(done.out, "1\n4\n");
}

TEST(Capture, MatchesEverythingWithoutAnExpression) {
  EXPECT_EQ(count(sample_capture()), "3 packets\n");
  EXPECT_EQ(count(sample_capture(), "tcp"), "1 packet\n");
  EXPECT_EQ(count(sample_capture(), "  "), "3 packets\n");
}

TEST(Capture, StopsAtTheLimitOfMatches) {
  CaptureOptions options = reading({sample_capture()}, "ip");
  options.limit = 1;
  const Finished done = run(options);
  EXPECT_EQ(done.result.matched, 1u);
  EXPECT_EQ(done.result.read, 2u);
  EXPECT_FALSE(done.result.failure);
}

TEST(Capture, WritesWhatMatchesByteForByte) {
  CaptureOptions options = reading({sample_capture()}, "udp");
  options.output = temporary_path("out.pcap");
  const Finished done = run(options);
  ASSERT_FALSE(done.result.failure);
  EXPECT_EQ(done.out, "");
  EXPECT_EQ(count(*options.output), "1 packet\n");
  EXPECT_EQ(count(*options.output, "udp dst port 53"), "1 packet\n");
}

TEST(Capture, WritesInTheFormatThatIsAskedFor) {
  CaptureOptions options = reading({sample_capture()});
  options.output = temporary_path("out");
  options.format = CaptureFormat::kPcapng;
  ASSERT_FALSE(run(options).result.failure);
  std::ifstream file(*options.output, std::ios::binary);
  char magic[4] = {};
  file.read(magic, sizeof magic);
  EXPECT_EQ(std::string_view(magic, 4), "\x0a\x0d\x0d\x0a");
}

TEST(Capture, CutsPacketsToTheSnaplen) {
  CaptureOptions options = reading({sample_capture()});
  options.output = temporary_path("out.pcap");
  options.snaplen = 20;
  ASSERT_FALSE(run(options).result.failure);
  EXPECT_NE(run(reading({*options.output})).out.find("[|"), std::string::npos);
}

TEST(Capture, RefusesToWriteWhatItReads) {
  CaptureOptions options = reading({sample_capture()});
  options.output = options.inputs.front();
  const Finished done = run(options);
  ASSERT_TRUE(done.result.failure);
  EXPECT_EQ(count(options.inputs.front()), "3 packets\n");
}

TEST(Capture, LeavesTheOutputAloneWhenTheExpressionIsWrong) {
  CaptureOptions options = reading({sample_capture("in.pcap")}, "tcp prot 80");
  options.output = sample_capture("precious.pcap");
  const Finished done = run(options);
  ASSERT_TRUE(done.result.failure);
  EXPECT_FALSE(done.result.failure->remarks.empty());
  EXPECT_EQ(count(*options.output), "3 packets\n");
}

TEST(Capture, UsesEveryPacketBeforeTheDamage) {
  std::vector<std::byte> bytes = pcap_bytes(sample_packets());
  const std::size_t last_record = bytes.size() - sample_packets().back().size() - 16;
  bytes.resize(bytes.size() - 5);
  CaptureOptions options = reading({write_file("damaged.pcap", bytes)});
  options.output = temporary_path("out.pcap");
  const Finished done = run(options);
  EXPECT_EQ(render_totals(done.result), "2 packets read, 2 matched");
  ASSERT_TRUE(done.result.failure);
  EXPECT_EQ(done.result.failure->error.offset, last_record);
  EXPECT_TRUE(done.result.failure->error.message.starts_with(options.inputs.front() + ": "));
  EXPECT_EQ(count(*options.output), "2 packets\n");
}

TEST(Capture, TakesPacketsForTheLinkTypeThatIsAskedFor) {
  CaptureOptions options =
      reading({write_file("raw.pcap", pcap_bytes(sample_packets(), LinkType{147}))}, "tcp");
  options.link_type = LinkType::kEn10mb;
  EXPECT_NE(run(options).out.find("Flags [S]"), std::string::npos);
}

TEST(Capture, SaysWhyALinkTypeCannotBeFiltered) {
  const std::string path = write_file("other.pcap", pcap_bytes(sample_packets(), LinkType{147}));
  EXPECT_EQ(count(path), "3 packets\n");
  const Finished done = run(reading({path}, "tcp"));
  ASSERT_TRUE(done.result.failure);
  EXPECT_FALSE(done.result.failure->remarks.empty());
}

// A pcapng file of nothing but its section header.
std::string section_only() {
  ByteWriter out(std::endian::little);
  for (const std::uint32_t field :
       {0x0a0d0d0au, 28u, 0x1a2b3c4du, 1u, 0xffff'ffffu, 0xffff'ffffu, 28u}) {
    out.u32(field);
  }
  return write_file("section.pcapng", out.bytes());
}

TEST(Capture, TakesNoLinkTypeForGrantedWhereThereIsNoInterface) {
  CaptureOptions options = reading({section_only()}, "type mgt");
  options.output = temporary_path("empty.pcapng");
  EXPECT_FALSE(run(options).result.failure);
  EXPECT_EQ(count(*options.output), "0 packets\n");
  EXPECT_TRUE(run(reading({section_only()}, "tcp prot 80")).result.failure);
}

TEST(Capture, KeepsWhatIsWrittenWhenItIsStopped) {
  CaptureOptions options = reading({sample_capture("first.pcap"), sample_capture("second.pcap")});
  options.output = temporary_path("out.pcap");
  const Finished done = run(options, [] { return true; });
  EXPECT_TRUE(done.result.stopped);
  EXPECT_EQ(done.result.read, 3u);
  EXPECT_EQ(count(*options.output), "3 packets\n");
}

class ClosedSink final : public TextSink {
 public:
  bool write(std::string_view) override { return false; }
  bool flush() override { return false; }
};

TEST(Capture, EndsQuietlyWhenNobodyReadsTheLines) {
  const CaptureOptions options =
      reading({sample_capture("first.pcap"), sample_capture("second.pcap")});
  ClosedSink closed;
  const CaptureResult result =
      capture(options, {.out = closed, .remark = {}, .warn = {}, .progress = {}, .stopped = {}});
  EXPECT_FALSE(result.failure);
  EXPECT_LT(result.read, 6u);
}

}  // namespace
}  // namespace weir::app
