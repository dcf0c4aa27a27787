// Files that end or fail at every possible byte: all that is whole is delivered, and the error
// names the first byte that could not be used.
#include <gtest/gtest.h>

#include <algorithm>

#include "make_bytes.h"
#include "read_all.h"

namespace weir::test {
namespace {

// A file with the offsets at which it could end and be sound.
struct CutFile {
  const char* name;
  std::vector<Bytes> parts;  // the first: what open() needs; then one packet or block each
  std::vector<bool> is_packet;

  Bytes whole() const {
    Bytes all;
    for (const Bytes& part : parts) all = all + part;
    return all;
  }
};

CutFile pcap_file(const char* name, std::endian order, std::uint32_t magic,
                  const Bytes& more_header) {
  CutFile file = {
      .name = name, .parts = {pcap_header(order, {.magic = magic})}, .is_packet = {false}};
  for (unsigned length : {0u, 1u, 40u, 7u}) {
    file.parts.push_back(
        pcap_record(order, {length, 0, length, length}, more_header + payload(length)));
    file.is_packet.push_back(true);
  }
  return file;
}

CutFile pcapng_file(const char* name, std::endian order) {
  const Bytes comment = option(order, 1, text("why")) + option(order, 0, {});
  return {.name = name,
          .parts = {section(order, comment), interface(order, 1),
                    enhanced_packet(order, 0, 1, payload(5), comment), block(order, 5, payload(8)),
                    simple_packet(order, 3, payload(3)), section(std::endian::big),
                    interface(std::endian::big, 101),
                    enhanced_packet(std::endian::big, 0, 1, payload(0))},
          .is_packet = {false, false, true, false, true, false, false, true}};
}

std::vector<CutFile> cut_files() {
  return {pcap_file("pcap", std::endian::little, 0xa1b2c3d4, {}),
          pcap_file("pcap_big_nano", std::endian::big, 0xa1b23c4d, {}),
          pcap_file("kuznetzov", std::endian::little, 0xa1b2cd34, Bytes(8)),
          pcapng_file("pcapng_little", std::endian::little),
          pcapng_file("pcapng_big", std::endian::big)};
}

class CutAnywhere : public testing::TestWithParam<CutFile> {
 protected:
  // The end of the last part that lies whole before `offset`, and the packets up to there.
  struct Sound {
    std::size_t end = 0;
    std::size_t packets = 0;
  };
  static Sound sound_before(std::size_t offset) {
    Sound sound;
    for (std::size_t i = 0; i < GetParam().parts.size(); ++i) {
      const std::size_t end = sound.end + GetParam().parts[i].size();
      if (end > offset) break;
      sound.end = end;
      sound.packets += GetParam().is_packet[i] ? 1 : 0;
    }
    return sound;
  }

  static Bytes first(std::size_t length) {
    const Bytes whole = GetParam().whole();
    return {whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(length)};
  }
};

INSTANTIATE_TEST_SUITE_P(All, CutAnywhere, testing::ValuesIn(cut_files()),
                         [](const auto& test) { return test.param.name; });

TEST_P(CutAnywhere, EverythingBeforeIsDeliveredAndTheOffsetIsRight) {
  for (std::size_t length = 0; length <= GetParam().whole().size(); ++length) {
    const ReadResult result = read_all(first(length));
    const Sound sound = sound_before(length);
    EXPECT_EQ(result.packets.size(), sound.packets) << length;
    const bool is_sound = length == sound.end && length != 0;
    EXPECT_EQ(!result.error, is_sound) << length;
    if (result.error) {
      EXPECT_EQ(result.error->offset, sound.end) << length;
    }
  }
}

// What truncate(1) to the offset of the error gives is a file without damage.
TEST_P(CutAnywhere, TheFileUpToTheErrorIsSound) {
  const std::size_t header = GetParam().parts.front().size();
  for (std::size_t length = header; length < GetParam().whole().size(); ++length) {
    const ReadResult result = read_all(first(length));
    if (!result.error) continue;
    EXPECT_FALSE(read_all(first(result.error->offset.value())).error) << length;
  }
}

TEST_P(CutAnywhere, AReadErrorComesAfterWhatWasReadBeforeIt) {
  const std::size_t header = std::max<std::size_t>(GetParam().parts.front().size(), 28);
  for (std::size_t length = header; length < GetParam().whole().size(); ++length) {
    const ReadResult result = read_all(GetParam().whole(), {.fail_at = length});
    EXPECT_EQ(result.packets.size(), sound_before(length).packets) << length;
    ASSERT_TRUE(result.error) << length;
    EXPECT_EQ(result.error->message, "cannot read `memory`: Input/output error");
    EXPECT_EQ(result.error->offset, length);
  }
}

TEST_P(CutAnywhere, ItDoesNotMatterHowManyBytesComeAtATime) {
  const ReadResult whole = read_all(GetParam().whole());
  for (std::size_t max_read = 1; max_read < 80; ++max_read) {
    const ReadResult result = read_all(GetParam().whole(), {.max_read = max_read}, 64);
    EXPECT_FALSE(result.error) << max_read;
    EXPECT_EQ(result.packets, whole.packets) << max_read;
    EXPECT_EQ(result.raw, whole.raw) << max_read;
  }
}

TEST(Truncation, TheMessageSaysWhatWasExpected) {
  const Bytes header = pcap_header(std::endian::little);
  const Bytes record = pcap_record(std::endian::little, 0, 0, payload(40));
  const auto message = [&](std::size_t left) {
    const Bytes part(record.begin(), record.begin() + static_cast<std::ptrdiff_t>(left));
    return read_all(header + part).error.value().message;
  };
  EXPECT_EQ(message(15), "record header is cut short: 16 bytes expected, 15 left");
  EXPECT_EQ(message(16), "packet is cut short: 40 bytes expected, 0 left");
  EXPECT_EQ(message(55), "packet is cut short: 40 bytes expected, 39 left");
}

TEST(Truncation, AnErrorStays) {
  auto reader = capfile::CaptureReader::open(
      std::make_unique<MemorySource>(pcap_header(std::endian::little) + payload(3)));
  ASSERT_TRUE(reader);
  const auto first = reader->next_batch();
  const auto second = reader->next_batch();
  ASSERT_FALSE(first);
  ASSERT_FALSE(second);
  EXPECT_EQ(first.error().message, second.error().message);
}

TEST(Truncation, APipeDeliversARecordAsSoonAsItIsWhole) {
  const Bytes header = pcap_header(std::endian::little);
  const Bytes record = pcap_record(std::endian::little, 0, 0, payload(16));
  auto reader = capfile::CaptureReader::open(
      std::make_unique<MemorySource>(header + record + record, SourceFaults{.max_read = 32}));
  ASSERT_TRUE(reader);
  const auto batch = reader->next_batch();
  ASSERT_TRUE(batch);
  EXPECT_EQ(batch->packets.size(), 1u);
  EXPECT_LT(reader->bytes_read(), reader->bytes_total().value());
}

}  // namespace
}  // namespace weir::test
