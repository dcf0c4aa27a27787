#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "isa/classic.h"
#include "isa/classic_print.h"
#include "support/random_program.h"
#include "unit/isa/read_program.h"

namespace weir::isa {
namespace {

const ClassicProgram kTwo = {branch(kJeqK, 0x800, 3, 4), stmt(kRetK, 0xffffffff)};

TEST(ReadClassic, ReadsBackEveryFormThatIsPrinted) {
  testing::RandomProgram random(3);
  for (int i = 0; i < 500; ++i) {
    const ClassicProgram program = random.next(60);
    ASSERT_EQ(read(format_listing(program)), program);
    ASSERT_EQ(read(format_decimal(program)), program);
    ASSERT_EQ(read(format_c(program)), program);
  }
}

TEST(ReadClassic, KeepsNumbersThatAreNoValidInstruction) {
  const ClassicProgram odd = {{0xffff, 255, 255, 0xffffffff}, {0, 0, 0, 0}};
  EXPECT_EQ(read(format_decimal(odd)), odd);
  EXPECT_EQ(read(format_c(odd)), odd);
}

TEST(ReadNumbers, TakesTheFormOnOneLine) {
  EXPECT_EQ(read("2,21 3 4 2048,6 0 0 4294967295"), kTwo);
  EXPECT_EQ(read("2,21 3 4 2048,6 0 0 4294967295,\n"), kTwo);
}

TEST(ReadNumbers, DoesWithoutTheCount) { EXPECT_EQ(read("21 3 4 2048\n6 0 0 4294967295\n"), kTwo); }

TEST(ReadNumbers, IgnoresBlanksAndEmptyLines) {
  EXPECT_EQ(read("\n 2 \r\n\n 21\t3  4 2048 \r\n\n6 0 0 4294967295"), kTwo);
  EXPECT_EQ(read(" {0x15,3,4,2048},{ 0x6 , 0, 0, 0xffffffff }"), kTwo);
}

TEST(ReadNumbers, TellsWhereEachInstructionStands) {
  diag::Diagnostics diagnostics;
  const auto out = read_classic_numbers("1\n  6 0 0 0 \n", diagnostics);
  ASSERT_TRUE(out);
  EXPECT_EQ(out->ranges, (std::vector<diag::SourceRange>{{4, 11}}));
}

struct WrongNumbers {
  std::string_view text;
  diag::Kind kind;
  std::string_view marked;
  std::string_view message;
};

class NumbersMistake : public ::testing::TestWithParam<WrongNumbers> {};

TEST_P(NumbersMistake, IsToldAtItsPlace) {
  const WrongNumbers& mistake = GetParam();
  diag::Diagnostics diagnostics;
  EXPECT_FALSE(read_classic(mistake.text, diagnostics));
  ASSERT_EQ(diagnostics.error_count(), 1u);
  const diag::Diagnostic& told = diagnostics.all()[0];
  EXPECT_EQ(told.kind, mistake.kind);
  EXPECT_EQ(mistake.text.substr(told.range.begin, told.range.end - told.range.begin),
            mistake.marked);
  EXPECT_EQ(told.message, mistake.message);
  EXPECT_FALSE(told.hint.empty());
}

using enum diag::Kind;

INSTANTIATE_TEST_SUITE_P(
    Each, NumbersMistake,
    ::testing::Values(
        WrongNumbers{"1\n6 0 0\n", kCodeNumbers, "6 0 0", "the k is missing in `6 0 0`"},
        WrongNumbers{"1\n6 256 0 0\n", kCodeNumbers, "6 256 0 0", "`256` is no jt in `6 256 0 0`"},
        WrongNumbers{"1\n65536 0 0 0\n", kCodeNumbers, "65536 0 0 0",
                     "`65536` is no code in `65536 0 0 0`"},
        WrongNumbers{"1\n6 0 -1 0\n", kCodeNumbers, "6 0 -1 0", "`-1` is no jf in `6 0 -1 0`"},
        WrongNumbers{"1\n6 0 0 4294967296\n", kCodeNumbers, "6 0 0 4294967296",
                     "`4294967296` is no k in `6 0 0 4294967296`"},
        WrongNumbers{"1\n6 0 0 {}\n", kCodeNumbers, "6 0 0 {}", "`{}` is no k in `6 0 0 {}`"},
        WrongNumbers{"1\n6 0 0 0 0\n", kCodeNumbers, "6 0 0 0 0",
                     "`6 0 0 0 0` has more than four numbers"},
        WrongNumbers{"1x\n6 0 0 0\n", kCodeNumbers, "1x", "`1x` is no number of instructions"},
        WrongNumbers{"3\n6 0 0 0\n6 0 0 0", kCodeCount, "3",
                     "`3` instructions are announced, 2 follow"},
        WrongNumbers{"0\n6 0 0 0\n", kCodeCount, "0", "`0` instructions are announced, 1 follow"},
        WrongNumbers{"{ 6, 0, 0 },", kCodeNumbers, " 6, 0, 0 ", "the k is missing in `6, 0, 0`"},
        WrongNumbers{"{ 6, 0, 0, 0 }, 5", kCodeNumbers, "5", "expected `{`, found `5`"},
        WrongNumbers{"{ 6, 0, 0, 0", kCodeNumbers, "{", "this `{` is not closed"},
        WrongNumbers{"", kCodeEmpty, "", "there is no instruction"}));

TEST(ReadNumbers, AZeroCountAloneIsNoProgram) {
  diag::Diagnostics diagnostics;
  EXPECT_FALSE(read_classic("0\n", diagnostics));
  ASSERT_EQ(diagnostics.error_count(), 1u);
  EXPECT_EQ(diagnostics.all()[0].kind, diag::Kind::kCodeEmpty);
}

TEST(ReadClassic, LimitsTheNumberOfInstructions) {
  std::string text;
  for (std::size_t i = 0; i <= kMaxCodeInstructions; ++i) text += "6 0 0 0\n";
  diag::Diagnostics diagnostics;
  EXPECT_FALSE(read_classic(text, diagnostics));
  EXPECT_EQ(diagnostics.all().at(0).kind, diag::Kind::kCodeTooLong);
}

}  // namespace
}  // namespace weir::isa
