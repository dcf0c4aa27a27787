#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "isa/extended_print.h"
#include "isa/extended_read.h"

namespace weir::isa {
namespace {

ExtendedProgram assembled(std::string_view text) {
  diag::Diagnostics diagnostics;
  const auto out = assemble_extended(text, diagnostics);
  for (const auto& diagnostic : diagnostics.all()) ADD_FAILURE() << diagnostic.message;
  return out ? out->program : ExtendedProgram{};
}

ExtendedInsn one(std::string_view text) {
  const ExtendedProgram program = assembled(text);
  EXPECT_EQ(program.size(), 1u) << text;
  return program.empty() ? ExtendedInsn{} : program[0];
}

TEST(ExtendedAssembler, LabelsGoBothWays) {
  EXPECT_EQ(assembled("  r0 = 0\n"
                      "again:\n"
                      "  r0 += 1\n"
                      "  if r0 == 5 goto out   // done\n"
                      "  goto again\n"
                      "out: exit\n"),
            (ExtendedProgram{make_insn(0xb7), make_insn(0x07, 0, 0, 0, 1),
                             make_insn(0x15, 0, 0, 1, 5), go_to(-3), exit_program()}));
}

TEST(ExtendedAssembler, LabelsCountTheSlotsOf64BitLoads) {
  EXPECT_EQ(assembled("goto out\nr1 = 5 ll\nout: exit").at(0), go_to(2));
}

TEST(ExtendedAssembler, CallsAndFunctionAddressesTakeLabels) {
  EXPECT_EQ(assembled("call sub\nr1 = subprog[sub]\nexit\nsub: exit"),
            (ExtendedProgram{make_insn(kCallCode, 0, 1, 0, 3), make_insn(kWideCode, 1, 4, 0, 2),
                             ExtendedInsn{}, exit_program(), exit_program()}));
  EXPECT_EQ(assembled("gotol end\nend: exit").at(0), make_insn(kGotolCode));
}

TEST(ExtendedAssembler, HelpersHaveNamesAndNumbers) {
  for (const std::string_view text :
       {"call 1", "call 0x1", "call bpf_map_lookup_elem", "call bpf_map_lookup_elem#1",
        "call bpf_map_lookup_elem#70016", "call unknown#1"}) {
    EXPECT_EQ(one(text), call_helper(1)) << text;
  }
}

TEST(ExtendedAssembler, BlanksDoNotMatter) {
  EXPECT_EQ(one("\tr1=*(u8*)(r2+23)\r"), make_insn(0x71, 1, 2, 23));
  EXPECT_EQ(one("r1 = * ( u8 * ) ( r2 + 0x17 )"), make_insn(0x71, 1, 2, 23));
  EXPECT_EQ(one("r1 = *(u8 *)(r2)"), make_insn(0x71, 1, 2, 0));
  EXPECT_EQ(one("if r1 s>=-5 goto pc+1"), make_insn(0x75, 1, 0, 1, -5));
  EXPECT_EQ(one("if w1!=w2 goto -2"), make_insn(0x5e, 1, 2, -2));
}

TEST(ExtendedAssembler, BothNamesOfARegisterMoveToAndFromMemory) {
  EXPECT_EQ(one("w1 = *(u8 *)(r2 +1)"), one("r1 = *(u8 *)(r2 +1)"));
  EXPECT_EQ(one("*(u32 *)(r2 +1) = w1"), one("*(u32 *)(r2 +1) = r1"));
}

TEST(ExtendedAssembler, UnsignedImmediatesWhereTheyCanMeanNothingElse) {
  EXPECT_EQ(one("w1 &= 0xffffffff"), make_insn(0x54, 1, 0, 0, -1));
  EXPECT_EQ(one("if r1 == 0xffffffff goto pc+0"), make_insn(0x15, 1, 0, 0, -1));
  EXPECT_EQ(one("*(u32 *)(r1 +0) = 4294967295"), make_insn(0x62, 1, 0, 0, -1));
}

TEST(ExtendedAssembler, ReadsDumpsOfBpftool) {
  EXPECT_EQ(assembled("   0: (b7) r0 = 0\n"
                      "; return x;\n"
                      "   1: (18) r1 = 0xffff888004a2e800\n"
                      "   3: (85) call bpf_get_prandom_u32#7      ; R0_w=scalar()\n"
                      "   4: (95) exit\n"),
            (ExtendedProgram{make_insn(0xb7), make_insn(0x18, 1, 0, 0, 0x04a2e800),
                             make_insn(0, 0, 0, 0, static_cast<int>(0xffff8880)), call_helper(7),
                             exit_program()}));
}

TEST(ExtendedAssembler, ReadsDumpsOfLlvmObjdump) {
  EXPECT_EQ(
      assembled("0000000000000000 <f>:\n"
                "       0:\t18 02 00 00 05 00 00 00 00 00 00 00 00 00 00 00\tr2 = 0x5 ll\n"
                "       2:\t16 01 01 00 ff ff ff ff\tif w1 == -0x1 goto +0x1 <LBB0_2>\n"
                "       3:\tdb 21 f8 ff e1 00 00 00\tr2 = xchg_64(r1 - 0x8, r2)\n"
                "\n"
                "0000000000000020 <LBB0_2>:\n"
                "       4:\t95 00 00 00 00 00 00 00\texit\n"),
      (ExtendedProgram{make_insn(0x18, 2, 0, 0, 5), ExtendedInsn{}, make_insn(0x16, 1, 0, 1, -1),
                       make_insn(0xdb, 1, 2, -8, 0xe1), exit_program()}));
}

TEST(ExtendedAssembler, TellsWhereEachSlotStands) {
  diag::Diagnostics diagnostics;
  const auto out = assemble_extended("0: (b7) r0 = 0 ; x\n r1 = 5 ll \nexit", diagnostics);
  ASSERT_TRUE(out);
  EXPECT_EQ(out->ranges, (std::vector<diag::SourceRange>{{8, 14}, {20, 29}, {20, 29}, {31, 35}}));
}

struct ExtendedMistake {
  std::string_view text;
  diag::Kind kind;
  std::string_view marked;  // what the carets stand under
  std::string_view message;
  std::string_view hint;  // a part of it
};

class ExtendedAssemblerMistake : public ::testing::TestWithParam<ExtendedMistake> {};

TEST_P(ExtendedAssemblerMistake, IsToldAtItsPlace) {
  const ExtendedMistake& mistake = GetParam();
  diag::Diagnostics diagnostics;
  EXPECT_FALSE(assemble_extended(mistake.text, diagnostics));
  ASSERT_EQ(diagnostics.error_count(), 1u);
  const diag::Diagnostic& told = diagnostics.all()[0];
  EXPECT_EQ(told.kind, mistake.kind);
  EXPECT_EQ(mistake.text.substr(told.range.begin, told.range.end - told.range.begin),
            mistake.marked);
  EXPECT_EQ(told.message, mistake.message);
  EXPECT_NE(told.hint.find(mistake.hint), std::string::npos) << told.hint;
}

using enum diag::Kind;

INSTANTIATE_TEST_SUITE_P(
    Each, ExtendedAssemblerMistake,
    ::testing::Values(
        ExtendedMistake{"exti", kAsmUnknownInstruction, "exti", "no instruction begins with `exti`",
                        "did you mean `exit`"},
        ExtendedMistake{"mov r1, 5", kAsmUnknownInstruction, "mov",
                        "no instruction begins with `mov`", "one like `r1 += 5`"},
        ExtendedMistake{"r1 = bswp16 r1", kAsmSyntax, "bswp16", "`bswp16` means nothing here",
                        "did you mean `bswap16`"},
        ExtendedMistake{"r11 += 1", kAsmOperand, "r11", "there is no register `r11`", "r0 to r10"},
        ExtendedMistake{"r1 = r12", kAsmOperand, "r12", "there is no register `r12`", "r0 to r10"},
        ExtendedMistake{"r1 += w2", kAsmSyntax, "w2",
                        "expected a number or a register (r0 to r10), found `w2`", "r1 += 5"},
        ExtendedMistake{"r1 = -r2", kAsmSyntax, "r2",
                        "expected the same register as before, found `r2`", "r1"},
        ExtendedMistake{"r1 = *(u9 *)(r2 +0)", kAsmSyntax, "u9", "`u9` means nothing here",
                        "did you mean `u8`"},
        ExtendedMistake{"r1 = *(u8 *)(r2 +40000)", kAsmNumber, "+40000",
                        "`+40000` is not an offset of 16 bits", "-32768 to 32767"},
        ExtendedMistake{"r1 = *(u8 *)(r2 +0", kAsmSyntax, "",
                        "expected `)`, found the end of the line", "r1 = *(u8 *)(r2 +8)"},
        ExtendedMistake{"*(u8 *)(r2 +0) = 5 6", kAsmSyntax, "6",
                        "expected the end of the line, found `6`", "*(u8 *)(r1 +8) = 5"},
        ExtendedMistake{"r1 = 5000000000", kAsmNumber, "5000000000",
                        "`5000000000` is not an immediate of 32 bits", "ll`"},
        ExtendedMistake{"r1 &= 0xffffffff", kAsmNumber, "0xffffffff",
                        "`0xffffffff` is not an immediate of 32 bits", "ll`"},
        ExtendedMistake{"w1 = 5000000000", kAsmNumber, "5000000000",
                        "`5000000000` is not an immediate of 32 bits", "4294967295"},
        ExtendedMistake{"r1 = 12ab", kAsmNumber, "12ab", "`12ab` is not a number of 64 bits",
                        "0xc"},
        ExtendedMistake{"r1 = 0x11223344556677889 ll", kAsmNumber, "0x11223344556677889",
                        "`0x11223344556677889` is not a number of 64 bits", "0xc"},
        ExtendedMistake{"if r1 == 5 goto pc+40000", kAsmNumber, "+40000",
                        "`+40000` is not a distance of 16 bits", "`gotol`"},
        ExtendedMistake{"if r1 == 5 got pc+4", kAsmSyntax, "got", "expected `goto`, found `got`",
                        "did you mean `goto`"},
        ExtendedMistake{"if r1 = 5 goto pc+4", kAsmSyntax, "=", "`=` means nothing here",
                        "did you mean `==`"},
        ExtendedMistake{"goto 5", kAsmSyntax, "5", "expected a label or `pc+3`, found `5`",
                        "goto pc+8"},
        ExtendedMistake{"goto dorp\ndrop: exit", kAsmUnknownLabel, "dorp",
                        "the label `dorp` is nowhere", "did you mean `drop`"},
        ExtendedMistake{"call bpf_map_lookup_elm", kAsmUnknownLabel, "bpf_map_lookup_elm",
                        "no helper and no label is called `bpf_map_lookup_elm`",
                        "did you mean `bpf_map_lookup_elem`"},
        ExtendedMistake{"call bpf_user_rnd_u32#22592", kAsmSyntax, "bpf_user_rnd_u32",
                        "expected a helper, a label or `pc+3` or `kfunc`, found "
                        "`bpf_user_rnd_u32`",
                        "write it like"},
        ExtendedMistake{"goto end\nend:", kAsmJump, "end", "there is no instruction 1 to jump to",
                        "the last one is 0"},
        ExtendedMistake{"a: exit\na: exit", kAsmDuplicateLabel, "a",
                        "the label `a` stands here and before", "its own label"},
        ExtendedMistake{"0: (b7) r0 = 0\n2: (95) exit", kAsmPosition, "2",
                        "`2` is not the position of this instruction, 1 is", "line missing"},
        ExtendedMistake{"callx r1", kAsmOperand, "callx r1",
                        "`callx` calls the address in a register, which no engine does",
                        "by its label"},
        ExtendedMistake{" ; nothing\n", kCodeEmpty, "", "there is no instruction", "`exit`"}));

TEST(ExtendedAssembler, TellsSeveralMistakesInOneRun) {
  diag::Diagnostics diagnostics;
  EXPECT_FALSE(assemble_extended("foo\nr1 += r11\nr0 = 0\ngoto nowhere\nexit", diagnostics));
  EXPECT_EQ(diagnostics.error_count(), 3u);
}

TEST(ExtendedAssembler, JumpsToFarLabelsAreRefused) {
  std::string text = "goto end\n";
  for (int i = 0; i < 32767; ++i) text += "r0 = 0\n";
  EXPECT_EQ(assembled(text + "end: exit").at(0), go_to(32767));
  diag::Diagnostics diagnostics;
  EXPECT_FALSE(assemble_extended(text + "r0 = 0\nend: exit", diagnostics));
  EXPECT_EQ(diagnostics.all().at(0).kind, kAsmJump);
  EXPECT_EQ(diagnostics.all().at(0).message, "`end` is 32768 instructions away");
}

TEST(ExtendedAssembler, GivesUpOnTextThatIsNoAssembly) {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "if r1 == nonsense\n";
  diag::Diagnostics diagnostics;
  EXPECT_FALSE(assemble_extended(text, diagnostics));
  EXPECT_EQ(diagnostics.error_count(), diag::Diagnostics::kMaxKept);
}

}  // namespace
}  // namespace weir::isa
