#include "isa/convert.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "isa/classic.h"
#include "isa/classic_extension.h"
#include "isa/classic_read.h"
#include "isa/extended_check.h"
#include "isa/extended_code.h"
#include "isa/extended_print.h"
#include "support/random_program.h"

namespace weir::isa {
namespace {

ClassicProgram classic(std::string_view text) {
  diag::Diagnostics diagnostics;
  const auto out = assemble_classic(text, diagnostics);
  for (const auto& diagnostic : diagnostics.all()) ADD_FAILURE() << diagnostic.message;
  return out ? out->program : ClassicProgram{};
}

constexpr std::string_view kPrologue = "r6 = r1\nw0 = 0\nw7 = 0\n";

// What follows the prologue, an instruction a line.
std::string converted(std::string_view text) {
  const auto out = convert_classic(classic(text));
  if (!out) return out.error().message;
  std::string lines;
  for (std::size_t slot = 0; slot < out->program.size(); ++slot) {
    lines += format_extended(out->program, slot) + "\n";
  }
  EXPECT_TRUE(lines.starts_with(kPrologue)) << lines;
  return lines.substr(kPrologue.size());
}

TEST(Conversion, OfAFilterReadsThePacketWithLegacyLoads) {
  EXPECT_EQ(converted("ldh [12]\n"
                      "jeq #0x800, 2, 5\n"
                      "ldb [x + 23]\n"
                      "jgt #0xfffffff0, 4, 5\n"
                      "ret #262144\n"
                      "ret #0\n"),
            "r0 = *(u16 *)skb[12]\n"
            "if w0 != 0x800 goto pc+4\n"
            "r0 = *(u8 *)skb[r7 + 23]\n"
            "if w0 <= 0xfffffff0 goto pc+2\n"
            "w0 = 262144\n"
            "exit\n"
            "w0 = 0\n"
            "exit\n");
}

TEST(Conversion, OfBranchesTakesAsFewJumpsAsItCan) {
  constexpr std::string_view kEnd = "ret #0\nret #1\nret #2";
  const auto first = [&](std::string_view jump) {
    const std::string all = converted(std::string(jump) + "\n" + std::string(kEnd));
    return all.substr(0, all.find("w0 = "));
  };
  EXPECT_EQ(first("jge #5, 1, 2"), "if w0 < 0x5 goto pc+2\n");
  EXPECT_EQ(first("jge #5, 2, 1"), "if w0 >= 0x5 goto pc+2\n");
  EXPECT_EQ(first("jset #5, 1, 3"), "if w0 & 0x5 goto pc+1\ngoto pc+2\n")
      << "of which none is the opposite";
  EXPECT_EQ(first("jeq x, 2, 3"), "if w0 == w7 goto pc+1\ngoto pc+2\n");
  EXPECT_EQ(first("jeq #5, 3, 3"), "goto pc+0\n");
  EXPECT_EQ(first("jeq #5, 1, 1"), "");
  EXPECT_EQ(first("ja 2"), "goto pc+0\n");
}

TEST(Conversion, OfArithmeticIsOf32Bits) {
  EXPECT_EQ(converted("add #5\nneg\nlsh x\nxor #0xffffffff\nmod #3\ntax\ntxa\nret a"),
            "w0 += 5\nw0 = -w0\nw0 <<= w7\nw0 ^= -1\nw0 %= 3\nw7 = w0\nw0 = w7\nexit\n");
}

TEST(Conversion, OfADivisionReturnsZeroWhereXIs) {
  EXPECT_EQ(converted("div x\nret a"), "if w7 != 0x0 goto pc+2\nw0 = 0\nexit\nw0 /= w7\nexit\n");
}

TEST(Conversion, OfCellsPutsThemOnTheStack) {
  EXPECT_EQ(converted("st M[0]\nstx M[15]\nld M[15]\nldx M[0]\nret a"),
            "*(u32 *)(r10 -4) = r0\n*(u32 *)(r10 -64) = r7\n"
            "r0 = *(u32 *)(r10 -64)\nr7 = *(u32 *)(r10 -4)\nexit\n");
}

TEST(Conversion, OfTheHeaderLengthKeepsA) {
  EXPECT_EQ(converted("ldx 4*([14]&0xf)\nret a"),
            "w8 = w0\nr0 = *(u8 *)skb[14]\nw0 &= 15\nw0 <<= 2\nw7 = w0\nw0 = w8\nexit\n");
}

TEST(Conversion, OfExtensionsAsksTheContextAndHelpers) {
  EXPECT_EQ(converted("ld #proto\nret a"), "r0 = *(u32 *)(r6 +16)\nr0 = be16 r0\nexit\n");
  EXPECT_EQ(converted("ldx #len\nld #mark\nret a"),
            "r7 = *(u32 *)(r6 +0)\nr0 = *(u32 *)(r6 +8)\nexit\n");
  EXPECT_EQ(converted("ld #cpu\nret a"), "call bpf_get_smp_processor_id#8\nexit\n");
  EXPECT_EQ(converted("ld [xor_x]\nret a"), "w0 ^= w7\nexit\n");
}

TEST(Conversion, RefusesWhatNoProgramCanAskFor) {
  EXPECT_EQ(converted("ld #hatype\nret a"),
            "instruction 0: loads [hatype], which no extended program can ask for");
  for (const std::string_view name : {"poff", "nla", "nlan"}) {
    const auto out = convert_classic(classic("ld #" + std::string(name) + "\nret a"));
    ASSERT_FALSE(out);
    EXPECT_EQ(out.error().kind, ErrorKind::kUnsupported);
  }
}

TEST(Conversion, RefusesWhatTheKernelRefuses) {
  const auto out = convert_classic(ClassicProgram{stmt(kDivK, 0), stmt(kRetA)});
  ASSERT_FALSE(out);
  EXPECT_EQ(out.error().message, "instruction 0: divides by the constant 0");
  EXPECT_FALSE(out.error().hint.empty());
  EXPECT_FALSE(convert_classic({}));
}

TEST(Conversion, LeavesOutWhatNothingReaches) {
  EXPECT_EQ(converted("ja 3\nadd #1\nret a\nret #7"), "goto pc+0\nw0 = 7\nexit\n");
}

TEST(Conversion, TellsForWhichInstructionASlotIs) {
  const auto out = convert_classic(classic("ldx 4*([14]&0xf)\nret #1"));
  ASSERT_TRUE(out);
  EXPECT_EQ(out->origin, (std::vector<std::uint32_t>{0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1}));
}

TEST(Conversion, OfTheLongestProgramReachesItsEnd) {
  ClassicProgram program(4096, stmt(kLdxMsh, 0));
  program[0] = branch(kJsetK, 1, 0, 1);
  program[1] = stmt(kJa, 4093);
  program.back() = stmt(kRetA);
  const auto out = convert_classic(program);
  ASSERT_TRUE(out);
  EXPECT_EQ(out->program.size(), 3u + 2 + 1 + 4093 * 6 + 1);
  EXPECT_TRUE(check_extended(out->program).empty());
  EXPECT_EQ(5 + 1 + out->program[5].off, static_cast<int>(out->program.size()) - 1);
}

TEST(Conversion, OfRandomProgramsIsWellFormed) {
  testing::RandomProgram random(4);
  for (int i = 0; i < 2000; ++i) {
    const auto out = convert_classic(random.next(200));
    ASSERT_TRUE(out);
    ASSERT_TRUE(check_extended(out->program).empty());
    ASSERT_EQ(out->origin.size(), out->program.size());
  }
}

}  // namespace
}  // namespace weir::isa
