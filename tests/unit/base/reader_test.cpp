#include "base/reader.h"

#include <gtest/gtest.h>

#include <array>

#include "base/writer.h"

namespace weir {
namespace {

constexpr std::array<std::byte, 8> kBytes = {std::byte{1}, std::byte{2}, std::byte{3},
                                             std::byte{4}, std::byte{5}, std::byte{6},
                                             std::byte{7}, std::byte{8}};

TEST(ByteReader, ReadsIntegersInTheOrderItWasGiven) {
  EXPECT_EQ(ByteReader(kBytes).u32(), 0x01020304u);
  EXPECT_EQ(ByteReader(kBytes, std::endian::little).u32(), 0x04030201u);
  EXPECT_EQ(ByteReader(kBytes).u64(), 0x0102030405060708u);
}

TEST(ByteReader, ReadsUpToTheLastByteAndNotPastIt) {
  ByteReader reader(kBytes);
  EXPECT_EQ(reader.take(7).size(), 7u);
  EXPECT_EQ(reader.u8(), 8);
  EXPECT_TRUE(reader.ok());
  EXPECT_TRUE(reader.at_end());
  EXPECT_EQ(reader.u8(), 0);
  EXPECT_FALSE(reader.ok());
}

TEST(ByteReader, StaysFailedAfterTheFirstReadPastTheEnd) {
  ByteReader reader(kBytes);
  reader.skip(6);
  EXPECT_EQ(reader.u32(), 0u);
  EXPECT_EQ(reader.u8(), 0) << "a byte is left, but the reader has failed";
  EXPECT_TRUE(reader.take(1).empty());
}

TEST(ByteReader, StatusNamesTheOffsetOfTheReadThatFailed) {
  ByteReader reader(kBytes, std::endian::big, 1000);
  reader.skip(6);
  reader.u32();
  const Result<> status = reader.status("block header");
  ASSERT_FALSE(status.has_value());
  EXPECT_EQ(status.error().message, "block header is cut short: 4 bytes wanted, 2 left");
  EXPECT_EQ(status.error().offset, 1006u);
}

TEST(ByteReader, HugeCountsDoNotWrapAround) {
  ByteReader reader(kBytes);
  reader.skip(4);
  EXPECT_TRUE(reader.take(SIZE_MAX - 2).empty());
  EXPECT_FALSE(reader.ok());
}

TEST(ByteReader, AlignSkipsToAMultipleOnlyWhenNeeded) {
  ByteReader reader(kBytes);
  reader.align(4);
  EXPECT_EQ(reader.position(), 0u);
  reader.skip(1);
  reader.align(4);
  EXPECT_EQ(reader.position(), 4u);
}

TEST(ByteWriter, WritesWhatTheReaderReads) {
  for (const std::endian order : {std::endian::big, std::endian::little}) {
    ByteWriter writer(order);
    writer.u8(0x12);
    writer.align(4);
    writer.u16(0x3456);
    writer.u64(0x1122334455667788u);
    writer.u32(0);
    writer.patch_u32(14, 0xdeadbeef);
    ByteReader reader(writer.bytes(), order);
    EXPECT_EQ(reader.u8(), 0x12);
    reader.align(4);
    EXPECT_EQ(reader.u16(), 0x3456);
    EXPECT_EQ(reader.u64(), 0x1122334455667788u);
    EXPECT_EQ(reader.u32(), 0xdeadbeefu);
    EXPECT_TRUE(reader.ok());
    EXPECT_TRUE(reader.at_end());
  }
}

}  // namespace
}  // namespace weir
