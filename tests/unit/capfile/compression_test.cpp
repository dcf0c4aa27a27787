#include "capfile/compression.h"

#include <gtest/gtest.h>

#include "make_bytes.h"
#include "read_all.h"

namespace weir::test {
namespace {

using capfile::Compression;

Bytes compressed(const Bytes& plain, Compression compression) {
  Written written;
  auto sink = capfile::make_compressing_sink(std::make_unique<MemorySink>(written), compression);
  EXPECT_TRUE(sink->write(plain));
  EXPECT_TRUE(sink->close());
  return written.bytes;
}

// Payloads that no compressor makes small, so that buffers overflow.
Bytes noisy_capture(std::size_t packets) {
  Bytes file = pcap_header(std::endian::little);
  std::uint32_t state = 1;
  for (std::size_t i = 0; i < packets; ++i) {
    Bytes data(200);
    for (std::byte& byte : data) {
      state = state * 1664525 + 1013904223;
      byte = std::byte(state >> 24);
    }
    const Bytes record = pcap_record(std::endian::little, 0, 0, data);
    file.insert(file.end(), record.begin(), record.end());
  }
  return file;
}

class Compressed : public testing::TestWithParam<Compression> {};

INSTANTIATE_TEST_SUITE_P(Both, Compressed, testing::Values(Compression::kGzip, Compression::kZstd),
                         [](const auto& test) { return std::string(name(test.param)); });

TEST_P(Compressed, ACaptureIsReadLikeThePlainOne) {
  const Bytes plain = noisy_capture(2000);
  const ReadResult expected = read_all(plain);
  const ReadResult result = read_all(compressed(plain, GetParam()));
  ASSERT_FALSE(result.error) << result.error->message;
  EXPECT_EQ(result.packets, expected.packets);
  EXPECT_EQ(result.info.compression, GetParam());
  EXPECT_EQ(expected.info.compression, Compression::kNone);
}

TEST_P(Compressed, AStreamThatComesByteForByteIsTheSame) {
  const Bytes plain = noisy_capture(20);
  const ReadResult result = read_all(compressed(plain, GetParam()), {.max_read = 1}, 64);
  ASSERT_FALSE(result.error) << result.error->message;
  EXPECT_EQ(result.packets.size(), 20u);
}

TEST_P(Compressed, MembersThatFollowOneAnotherAreOneStream) {
  const Bytes plain = noisy_capture(10);
  const auto middle = plain.begin() + 1000;
  const Bytes file = compressed({plain.begin(), middle}, GetParam()) + compressed({}, GetParam()) +
                     compressed({middle, plain.end()}, GetParam());
  const ReadResult result = read_all(file);
  ASSERT_FALSE(result.error) << result.error->message;
  EXPECT_EQ(result.packets.size(), 10u);
}

TEST_P(Compressed, AStreamCutAnywhereGivesWhatItHeldAndThenAnError) {
  const Bytes whole = compressed(noisy_capture(50), GetParam());
  std::size_t most = 0;
  for (std::size_t length = 4; length < whole.size(); length += 7) {
    const Bytes part(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(length));
    const ReadResult result = read_all(part);
    ASSERT_TRUE(result.error) << length;
    EXPECT_EQ(result.error->message, std::string(name(GetParam())) + " data is cut short");
    EXPECT_EQ(result.error->offset, length);
    EXPECT_GE(result.packets.size(), most);
    most = result.packets.size();
  }
  EXPECT_GT(most, 0u);
}

TEST_P(Compressed, DamagedDataIsAnError) {
  Bytes whole = compressed(noisy_capture(2000), GetParam());
  for (std::size_t at = whole.size() / 2; at < whole.size() / 2 + 40; ++at)
    whole[at] = std::byte{0};
  const ReadResult result = read_all(whole);
  ASSERT_TRUE(result.error);
  EXPECT_TRUE(result.error->message.starts_with(std::string(name(GetParam())) + " data is damaged"))
      << result.error->message;
  EXPECT_GT(result.packets.size(), 0u);
}

TEST_P(Compressed, DamageOfTheCaptureInsideHasItsOffsetInTheDecompressedBytes) {
  const Bytes plain = noisy_capture(3) + payload(5);
  const ReadResult result = read_all(compressed(plain, GetParam()));
  ASSERT_TRUE(result.error);
  EXPECT_EQ(result.error->offset, plain.size() - 5);
  EXPECT_EQ(result.packets.size(), 3u);
}

TEST_P(Compressed, CompressedTwiceIsSaidSo) {
  const ReadResult result =
      read_all(compressed(compressed(noisy_capture(3), GetParam()), GetParam()));
  ASSERT_TRUE(result.error);
  EXPECT_EQ(result.error->hint, "decompress it once");
}

TEST_P(Compressed, AReadErrorInTheMiddleKeepsWhatCameBefore) {
  const Bytes whole = compressed(noisy_capture(2000), GetParam());
  const ReadResult result = read_all(whole, {.fail_at = whole.size() / 2});
  ASSERT_TRUE(result.error);
  EXPECT_EQ(result.error->message, "cannot read `memory`: Input/output error");
  EXPECT_GT(result.packets.size(), 500u);
}

TEST_P(Compressed, AFlushMakesAllThatWasWrittenReadable) {
  const Bytes plain = noisy_capture(4);
  Written written;
  auto sink = capfile::make_compressing_sink(std::make_unique<MemorySink>(written), GetParam());
  ASSERT_TRUE(sink->write(plain));
  ASSERT_TRUE(sink->flush());
  EXPECT_EQ(written.flushes, 1u);
  EXPECT_EQ(read_all(written.bytes).packets.size(), 4u);
  EXPECT_TRUE(sink->close());
}

TEST_P(Compressed, AFullDiskIsAnErrorAtTheLatestOnClose) {
  Written written;
  auto sink = capfile::make_compressing_sink(
      std::make_unique<MemorySink>(written, SinkFaults{.space = 100}), GetParam());
  const auto wrote = sink->write(noisy_capture(10));
  const auto closed = sink->close();
  EXPECT_FALSE(wrote && closed);
  EXPECT_TRUE(written.closed);
}

TEST(Gzip, ZerosAfterTheLastMemberAreNoDamage) {
  const Bytes file = compressed(noisy_capture(3), Compression::kGzip) + Bytes(512);
  const ReadResult result = read_all(file);
  EXPECT_FALSE(result.error);
  EXPECT_EQ(result.packets.size(), 3u);
}

TEST(Gzip, OtherBytesAfterTheLastMemberAreAnError) {
  const ReadResult result =
      read_all(compressed(noisy_capture(3), Compression::kGzip) + text("trailing"));
  ASSERT_TRUE(result.error);
  EXPECT_EQ(result.packets.size(), 3u);
}

TEST(Zstd, ASkippableFrameMayComeFirst) {
  const Bytes skippable = text(std::string_view("\x5f\x2a\x4d\x18\x03\x00\x00\x00xyz", 11));
  const ReadResult result = read_all(skippable + compressed(noisy_capture(3), Compression::kZstd));
  ASSERT_FALSE(result.error) << result.error->message;
  EXPECT_EQ(result.packets.size(), 3u);
}

// A frame header that asks for a window of 2 GiB (RFC 8878, 3.1.1.1.2).
TEST(Zstd, AFrameThatWantsTooMuchMemoryIsRefused) {
  const Bytes frame = text(std::string_view("\x28\xb5\x2f\xfd\x00\xa8\x01\x00\x00", 9));
  const ReadResult result = read_all(frame + Bytes(40));
  ASSERT_TRUE(result.error);
  EXPECT_NE(result.error->message.find("memory"), std::string::npos) << result.error->message;
}

}  // namespace
}  // namespace weir::test
