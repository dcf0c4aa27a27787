#include "object/btf_ext.h"

#include <gtest/gtest.h>

#include "harness/btf_writer.h"

namespace weir::object {
namespace {

// A .BTF.ext with one section: one function, two lines, one relocation.
class Fixture : public ::testing::Test {
 protected:
  Fixture() {
    test::BtfWriter writer;
    const auto number = writer.integer("int", 4, true);
    function_ = writer.type(BtfKind::kFunction, "f", writer.prototype(number, {}));
    section_ = writer.string("socket");
    file_ = writer.string("a.c");
    text_ = writer.string("  return 0;");
    access_ = writer.string("0:1");
    btf_ = std::move(*Btf::parse(writer.bytes()));
  }

  std::vector<std::byte> bytes(std::uint32_t function, std::uint32_t kind,
                               std::uint32_t line_offset = 8) const {
    ByteWriter out(std::endian::little);
    out.u16(0xeb9f);
    out.u8(1);
    out.u8(0);
    for (const std::uint32_t word : {32u, 0u, 20u, 20u, 44u, 64u, 28u}) out.u32(word);
    for (const std::uint32_t word : {8u, section_, 1u, 0u, function}) out.u32(word);
    for (const std::uint32_t word : {16u, section_, 2u, 0u, file_, text_, 7u << 10 | 3}) {
      out.u32(word);
    }
    for (const std::uint32_t word : {line_offset, file_, text_, 8u << 10}) out.u32(word);
    for (const std::uint32_t word : {16u, section_, 1u, 16u, 1u, access_, kind}) out.u32(word);
    return out.release();
  }

  std::string refusal(std::span<const std::byte> given) const {
    const auto ext = BtfExt::parse(given, btf_);
    return ext ? "accepted" : ext.error().message;
  }

  Btf btf_{BtfTables{}};
  BtfId function_ = 0;
  std::uint32_t section_ = 0, file_ = 0, text_ = 0, access_ = 0;
};
using BtfExtension = Fixture;

TEST_F(BtfExtension, GivesFunctionsLinesAndRelocationsOfASection) {
  const auto ext = BtfExt::parse(bytes(function_, 2), btf_);
  ASSERT_TRUE(ext) << ext.error().message;
  ASSERT_EQ(ext->sections().size(), 1u);
  const CodeInfo* info = ext->find("socket");
  ASSERT_NE(info, nullptr);
  EXPECT_EQ(ext->find("xdp"), nullptr);
  ASSERT_EQ(info->functions.size(), 1u);
  EXPECT_EQ(info->functions[0].type, function_);
  ASSERT_EQ(info->lines.size(), 2u);
  EXPECT_EQ(info->lines[0].line, 7u);
  EXPECT_EQ(info->lines[0].column, 3u);
  EXPECT_EQ(info->lines[1].offset, 8u);
  EXPECT_EQ(info->lines[1].column, 0u);
  EXPECT_EQ(info->lines[1].file, "a.c");
  EXPECT_EQ(info->lines[1].text, "  return 0;");
  EXPECT_EQ(info->lines[1].text_at, text_);
  EXPECT_EQ(line_at(*info, 0), &info->lines[0]);
  EXPECT_EQ(line_at(*info, 8), &info->lines[1]);
  EXPECT_EQ(line_at(*info, 800), &info->lines[1]);
  EXPECT_EQ(line_at({}, 0), nullptr);
  ASSERT_EQ(info->relocations.size(), 1u);
  EXPECT_EQ(info->relocations[0].access, "0:1");
  EXPECT_EQ(info->relocations[0].kind, CoreKind::kFieldExists);
  EXPECT_EQ(info->relocations[0].offset, 16u);
}

TEST_F(BtfExtension, ThatNamesWhatIsNotThereIsRefused) {
  EXPECT_EQ(refusal(bytes(1, 2)), "broken .BTF.ext: type 1 of a function is none");
  EXPECT_EQ(refusal(bytes(99, 2)), "broken .BTF.ext: type 99 of a function is none");
  EXPECT_EQ(refusal(bytes(function_, 13)),
            "broken .BTF.ext: a relocation is of the unknown kind 13");
  EXPECT_EQ(refusal(bytes(function_, 2, 9)),
            "broken .BTF.ext: lines of `socket` lie between instructions");
  EXPECT_EQ(refusal({}), ".BTF.ext is cut short: 2 bytes wanted, 0 left");
}

TEST_F(BtfExtension, CutAnywhereIsRefused) {
  const std::vector<std::byte> whole = bytes(function_, 2);
  for (std::size_t length = 0; length < whole.size(); ++length) {
    EXPECT_FALSE(BtfExt::parse(std::span(whole).first(length), btf_)) << length;
  }
}

TEST_F(BtfExtension, WithAnyByteChangedIsReadOrRefused) {
  const std::vector<std::byte> whole = bytes(function_, 2);
  int read = 0;
  for (std::size_t i = 0; i < whole.size(); ++i) {
    for (int value = 0; value < 256; ++value) {
      std::vector<std::byte> changed = whole;
      changed[i] = static_cast<std::byte>(value);
      read += BtfExt::parse(changed, btf_) ? 1 : 0;
    }
  }
  EXPECT_GT(read, 500);
  EXPECT_LT(read, static_cast<int>(whole.size()) * 200);
}

}  // namespace
}  // namespace weir::object
