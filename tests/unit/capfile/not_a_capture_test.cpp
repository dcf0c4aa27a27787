#include <gtest/gtest.h>

#include "make_bytes.h"
#include "read_all.h"

namespace weir::test {
namespace {

using namespace std::string_view_literals;

struct WrongFile {
  const char* name;
  std::string_view start;
  const char* message;
};

class WrongFiles : public testing::TestWithParam<WrongFile> {};

TEST_P(WrongFiles, AreNamedByWhatTheyLookLike) {
  const ReadResult result = read_all(text(GetParam().start) + Bytes(40, std::byte{0xff}));
  ASSERT_TRUE(result.error);
  EXPECT_EQ(result.error->message, GetParam().message);
  EXPECT_EQ(result.error->offset, 0u);
  EXPECT_FALSE(result.error->hint.empty());
}

INSTANTIATE_TEST_SUITE_P(
    All, WrongFiles,
    testing::Values(
        WrongFile{"xz", "\xfd\x37zXZ\0"sv, "not a capture file: it looks like xz data"},
        WrongFile{"bzip2", "BZh91AY"sv, "not a capture file: it looks like bzip2 data"},
        WrongFile{"lz4", "\x04\x22\x4d\x18"sv, "not a capture file: it looks like lz4 data"},
        WrongFile{"zip", "PK\x03\x04"sv, "not a capture file: it looks like a zip archive"},
        WrongFile{"snoop", "snoop\0\0\0"sv,
                  "not a capture file: it looks like a Solaris snoop capture"},
        WrongFile{"netmon", "GMBU"sv,
                  "not a capture file: it looks like a Network Monitor capture"},
        WrongFile{"elf",
                  "\x7f"
                  "ELF"sv,
                  "not a capture file: it looks like an ELF file"},
        WrongFile{"text", "0000  45 00 00 54 1c 46 40 00 40"sv,
                  "not a capture file: it looks like text"},
        WrongFile{"erf", "\0\0\0\0\x00\x5e\xd0\x65\x02\x04\x00\x60\x00\x00\x00\x50"sv,
                  "not a capture file: it looks like an ERF capture"},
        WrongFile{"other", "\xde\xad\xbe\xef"sv, "not a capture file: it begins with de ad be ef"}),
    [](const auto& test) { return test.param.name; });

TEST(NotACapture, AnEmptyFileIsCalledEmpty) {
  const ReadResult result = read_all(Bytes{});
  ASSERT_TRUE(result.error);
  EXPECT_EQ(result.error->message, "file is empty: a pcap or pcapng header expected");
}

TEST(NotACapture, AFileShorterThanAnyMagicIsNoCapture) {
  for (std::size_t length = 1; length < 4; ++length) {
    EXPECT_TRUE(read_all(Bytes(length, std::byte{0xd4})).error);
  }
}

TEST(NotACapture, AMissingFileIsNamed) {
  const auto reader = capfile::CaptureReader::open("/nonexistent/x.pcap");
  ASSERT_FALSE(reader);
  EXPECT_EQ(reader.error().message, "cannot open `/nonexistent/x.pcap`: No such file or directory");
}

TEST(NotACapture, ADirectoryIsNamed) {
  const auto reader = capfile::CaptureReader::open("/");
  ASSERT_FALSE(reader);
  EXPECT_EQ(reader.error().message, "cannot read `/`: Is a directory");
}

}  // namespace
}  // namespace weir::test
