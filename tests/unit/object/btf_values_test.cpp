#include "object/btf_values.h"

#include <gtest/gtest.h>

#include "harness/btf_writer.h"
#include "harness/hex.h"

namespace weir::object {
namespace {

using Kind = BtfKind;

class Values : public ::testing::Test {
 protected:
  std::string json(BtfId type, std::string_view bytes) {
    return in(type, bytes, ValueStyle::kJson);
  }
  std::string text(BtfId type, std::string_view bytes) {
    return in(type, bytes, ValueStyle::kText);
  }
  std::string in(BtfId type, std::string_view bytes, ValueStyle style) {
    const auto btf = Btf::parse(writer_.bytes());
    if (!btf) return btf.error().message;
    const auto out = format_value(*btf, type, test::hex(bytes), style);
    return out ? *out : out.error().message;
  }

  test::BtfWriter writer_;
  BtfId int_ = writer_.integer("int", 4, true);
  BtfId short_ = writer_.integer("unsigned short", 2);
  BtfId char_ = writer_.integer("char", 1, true);
};

TEST_F(Values, AreNumbersOfTheirSizeAndSign) {
  const auto wide = writer_.integer("unsigned __int128", 16);
  const auto name = writer_.type(Kind::kTypedef, "number", int_);
  EXPECT_EQ(json(int_, "ffffffff"), "-1");
  EXPECT_EQ(json(short_, "ffff"), "65535");
  EXPECT_EQ(json(char_, "41"), "65");
  EXPECT_EQ(json(name, "01020000"), "513");
  EXPECT_EQ(json(wide, "01000000000000000200000000000000"), "\"0x20000000000000001\"");
  EXPECT_EQ(text(wide, "01000000000000000000000000000000"), "0x1");
}

TEST_F(Values, OfStructsAreTheirMembers) {
  const auto list = writer_.array(short_, 2);
  const auto inner = writer_.composite(Kind::kUnion, "", 4, {{"a", int_, 0}, {"b", list, 0}});
  const auto outer = writer_.composite(Kind::kStruct, "s", 8, {{"x", int_, 0}, {"", inner, 32}});
  const auto both = writer_.array(outer, 2);
  EXPECT_EQ(json(outer, "0500000001000200"), R"({"x":5,"":{"a":131073,"b":[1,2]}})");
  EXPECT_EQ(json(both, "05000000010002000600000003000000"),
            R"([{"x":5,"":{"a":131073,"b":[1,2]}},{"x":6,"":{"a":3,"b":[3,0]}}])");
  EXPECT_EQ(json(writer_.array(int_, 0), ""), "[]");
  EXPECT_EQ(json(writer_.composite(Kind::kStruct, "empty", 0, {}), ""), "{}");
}

TEST_F(Values, OfCharactersAreTextWhereTheyEndAndCanBeRead) {
  const auto name = writer_.array(char_, 4);
  EXPECT_EQ(json(name, "6574683000"), "[101,116,104,48]") << "no end";
  EXPECT_EQ(json(name, "6c6f00ff"), "\"lo\"");
  EXPECT_EQ(json(name, "225c0000"), R"("\"\\")");
  EXPECT_EQ(json(name, "6c0a0000"), "[108,10,0,0]");
  EXPECT_EQ(json(name, "00000000"), "\"\"");
}

TEST_F(Values, OfBitFieldsAreTheirBits) {
  const auto bits = writer_.composite(
      Kind::kStruct, "s", 16,
      {{"a", int_, 3u << 24}, {"b", int_, 9u << 24 | 3}, {"c", int_, 64u << 24 | 12}}, true);
  EXPECT_EQ(json(bits, "fdffffffffffffff0fffffffffffffff"),
            R"({"a":"0x5","b":"0x1ff","c":"0xf0ffffffffffffff"})");
  EXPECT_EQ(text(bits, "05000000000000000000000000000000"), R"({"a":0x5,"b":0x0,"c":0x0})");
}

TEST_F(Values, OfEnumsAreNames) {
  const auto color = writer_.enumeration("color", 4, {{"RED", 1}, {"MINUS", 0xfffffffe}}, true);
  EXPECT_EQ(json(color, "01000000"), "\"RED\"");
  EXPECT_EQ(json(color, "feffffff"), "\"MINUS\"");
  EXPECT_EQ(json(color, "fdffffff"), "-3");
}

TEST_F(Values, OfPointersAreNumbersForProgramsAndHexadecimalForPeople) {
  const auto pointer = writer_.pointer(int_);
  EXPECT_EQ(json(pointer, "1000000000000000"), "16");
  EXPECT_EQ(text(pointer, "1000000000000000"), "0x10");
}

TEST_F(Values, OfOtherScalarsAreWhatTheyMean) {
  const auto single = writer_.type(Kind::kFloat, "float", 4);
  const auto real = writer_.type(Kind::kFloat, "double", 8);
  const auto yes = writer_.type(Kind::kInt, "_Bool", 1);
  writer_.word(4u << 24 | 8);
  const auto letter = writer_.type(Kind::kInt, "letter", 1);
  writer_.word(2u << 24 | 8);
  EXPECT_EQ(json(single, "cdcccc3d"), "0.1");
  EXPECT_EQ(json(real, "000000000000f83f"), "1.5");
  EXPECT_EQ(json(real, "000000000000f07f"), "\"inf\"");
  EXPECT_EQ(json(yes, "01"), "true");
  EXPECT_EQ(json(yes, "00"), "false");
  EXPECT_EQ(json(letter, "41"), "\"A\"");
  EXPECT_EQ(json(letter, "07"), "7");
}

TEST_F(Values, OfSectionsAreTheirVariables) {
  const auto one = writer_.type(Kind::kVariable, "one", int_);
  writer_.word(1);
  const auto two = writer_.type(Kind::kVariable, "two", short_);
  writer_.word(1);
  const auto full = writer_.type(Kind::kSection, ".bss", 6, 2);
  for (const std::uint32_t word : {one, 0u, 4u, two, 4u, 2u}) writer_.word(word);
  EXPECT_EQ(json(full, "070000000100"), R"({".bss":[{"one":7},{"two":1}]})");
}

TEST_F(Values, ThatAreNotThereAreRefused) {
  const auto thing = writer_.composite(Kind::kStruct, "s", 8, {{"a", int_, 0}, {"b", int_, 32}});
  const auto nothing = writer_.type(Kind::kForward, "later", 0);
  EXPECT_EQ(json(thing, "010000000200"), "the value has 6 bytes, and 4 of `int` lies at 4");
  EXPECT_EQ(json(nothing, "01"), "`struct later` has no values");
  EXPECT_EQ(json(writer_.array(int_, ~0u), "00"),
            "the value has 1 bytes, and 17179869180 of `int[4294967295]` lies at 0");
}

TEST_F(Values, OfTypesThatContainThemselvesAreRefused) {
  const auto self = writer_.composite(Kind::kStruct, "s", 4, {{"a", 4, 0}});
  EXPECT_EQ(self, 4u);
  EXPECT_EQ(json(self, "00000000"), "the value nests too deeply to be shown");
}

TEST_F(Values, WithMorePartsThanBytesAreRefused) {
  const auto empty = writer_.composite(Kind::kStruct, "e", 0, {});
  EXPECT_EQ(json(writer_.array(empty, ~0u), ""), "the value has more parts than bytes");
}

}  // namespace
}  // namespace weir::object
