#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "isa/classic.h"
#include "isa/classic_check.h"
#include "isa/classic_extension.h"
#include "isa/classic_print.h"
#include "isa/classic_read.h"
#include "support/random_program.h"

namespace weir::isa {
namespace {

ClassicProgram assemble(std::string_view text) {
  diag::Diagnostics diagnostics;
  const auto out = assemble_classic(text, diagnostics);
  for (const auto& diagnostic : diagnostics.all()) ADD_FAILURE() << diagnostic.message;
  return out ? out->program : ClassicProgram{};
}

TEST(Assembler, ReadsBackEveryListingItsPrinterWrites) {
  testing::RandomProgram random(7);
  for (int i = 0; i < 2000; ++i) {
    const ClassicProgram program = random.next(300);
    ASSERT_EQ(assemble(format_listing(program)), program);
  }
}

TEST(Assembler, ReadsBackEveryInstructionWithoutItsPosition) {
  for (const ClassicInfo& info : kClassicTable) {
    if (is_jump(info.op)) continue;
    const bool has_k = info.operand != Operand::kNone && info.operand != Operand::kIndex &&
                       info.operand != Operand::kPacketLength;
    const ClassicInsn insn = stmt(info.op, has_k ? 0x80000001 : 0);
    EXPECT_EQ(assemble(format_instruction(insn, 0)), ClassicProgram{insn}) << info.mnemonic;
  }
}

TEST(Assembler, ReadsTheKernelAssemblersExample) {
  EXPECT_EQ(assemble("ldh [12]\n"
                     "jne #0x806, drop\n"
                     "ret #-1\n"
                     "drop: ret #0\n"),
            (ClassicProgram{stmt(kLdhAbs, 12), branch(kJeqK, 0x806, 0, 1), stmt(kRetK, 0xffffffff),
                            stmt(kRetK, 0)}));
  EXPECT_EQ(
      assemble("  ldb [23]     ; the protocol\n"
               "/* two\n lines */ jeq #6, good, bad\n"
               "good:\n"
               "  ret a\n"
               "bad:\n"
               "other: ret #0x0\n"),
      (ClassicProgram{stmt(kLdbAbs, 23), branch(kJeqK, 6, 0, 1), stmt(kRetA), stmt(kRetK, 0)}));
}

TEST(Assembler, KnowsTheKernelAssemblersOtherNames) {
  EXPECT_EQ(assemble("ldi #4"), ClassicProgram{stmt(kLdImm, 4)});
  EXPECT_EQ(assemble("ldi 4"), ClassicProgram{stmt(kLdImm, 4)});
  EXPECT_EQ(assemble("ldxi #4"), ClassicProgram{stmt(kLdxImm, 4)});
  EXPECT_EQ(assemble("ldx 4*([14]&0xf)"), ClassicProgram{stmt(kLdxMsh, 14)});
  EXPECT_EQ(assemble("ldx len"), ClassicProgram{stmt(kLdxLen)});
  EXPECT_EQ(assemble("add %x"), ClassicProgram{stmt(kAddX)});
  EXPECT_EQ(assemble("ret %a"), ClassicProgram{stmt(kRetA)});
  EXPECT_EQ(assemble("ldb [%x + 3]"), ClassicProgram{stmt(kLdbInd, 3)});
  EXPECT_EQ(assemble("ldb [x]"), ClassicProgram{stmt(kLdbInd, 0)});
  EXPECT_EQ(assemble("ldb [x - 3]"), ClassicProgram{stmt(kLdbInd, 0xfffffffd)});
  EXPECT_EQ(assemble("jmp end\nend: ret a"), (ClassicProgram{stmt(kJa, 0), stmt(kRetA)}));
}

TEST(Assembler, InvertsComparisonsThatTheMachineLacks) {
  const auto first = [](std::string_view text) { return assemble(text).at(0); };
  EXPECT_EQ(first("jlt #5, end\ntxa\nend: ret a"), branch(kJgeK, 5, 0, 1));
  EXPECT_EQ(first("jle x, end\ntxa\nend: ret a"), branch(kJgtX, 0, 0, 1));
  EXPECT_EQ(first("jneq #5, end, next\nnext: txa\nend: ret a"), branch(kJeqK, 5, 0, 1));
}

TEST(Assembler, KnowsExtensionsInEverySpelling) {
  const ClassicInsn tag = stmt(kLdbAbs, extension_k(Extension::kVlanTci));
  for (const std::string_view text : {"ldb vlan_tci", "ldb #vlan_tci", "ldb [vlan_tci]"}) {
    EXPECT_EQ(assemble(text), ClassicProgram{tag}) << text;
  }
  for (const ExtensionInfo& info : kExtensions) {
    const ClassicInsn load = stmt(kLdAbs, extension_k(info.extension));
    EXPECT_EQ(assemble("ld [" + std::string(info.listing) + "]"), ClassicProgram{load});
    if (!info.name.empty()) {
      EXPECT_EQ(assemble("ld #" + std::string(info.name)), ClassicProgram{load});
    }
  }
}

TEST(Assembler, ReadsNumbersInFourRadixes) {
  EXPECT_EQ(assemble("ret #0x1F\nret #031\nret #0b11001\nret #25"),
            (ClassicProgram{stmt(kRetK, 31), stmt(kRetK, 25), stmt(kRetK, 25), stmt(kRetK, 25)}));
  EXPECT_EQ(assemble("ret #4294967295\nret #-2147483648"),
            (ClassicProgram{stmt(kRetK, 0xffffffff), stmt(kRetK, 0x80000000)}));
}

TEST(Assembler, UnconditionalJumpsGoBackwards) {
  EXPECT_EQ(assemble("again: tax\nja again\nret a"),
            (ClassicProgram{stmt(kTax), stmt(kJa, 0xfffffffe), stmt(kRetA)}));
}

TEST(Assembler, TellsWhereEachInstructionStands) {
  diag::Diagnostics diagnostics;
  const auto out = assemble_classic("(000) ldh [12]\n x: ret #0 ; done\n", diagnostics);
  ASSERT_TRUE(out);
  EXPECT_EQ(out->ranges, (std::vector<diag::SourceRange>{{6, 14}, {19, 25}}));
}

struct Mistake {
  std::string_view text;
  diag::Kind kind;
  std::string_view marked;  // what the carets stand under
  std::string_view message;
  std::string_view hint;  // a part of it
};

class AssemblerMistake : public ::testing::TestWithParam<Mistake> {};

TEST_P(AssemblerMistake, IsToldAtItsPlace) {
  const Mistake& mistake = GetParam();
  diag::Diagnostics diagnostics;
  EXPECT_FALSE(assemble_classic(mistake.text, diagnostics));
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
    Each, AssemblerMistake,
    ::testing::Values(
        Mistake{"ldq [12]", kAsmUnknownInstruction, "ldq", "no instruction is called `ldq`",
                "did you mean `ld"},
        Mistake{"unimp 0x55", kAsmUnknownInstruction, "unimp", "no instruction is called `unimp`",
                "an instruction is one like"},
        Mistake{"ldh #12", kAsmOperand, "ldh #12", "`ldh` does not take this operand",
                "it takes: [k], [x + k]"},
        Mistake{"ret x", kAsmOperand, "ret x", "`ret` does not take this operand",
                "it takes: #k, no operand"},
        Mistake{"ld protoo", kAsmOperand, "protoo",
                "`protoo` is neither a register nor an extension", "did you mean `proto`"},
        Mistake{"jeq #1", kAsmOperand, "jeq #1", "`jeq` has no target", "jeq #0x800, yes"},
        Mistake{"tax , 0", kAsmSyntax, ",", "expected an operand, found `,`", "operands are"},
        Mistake{"add x, 0", kAsmOperand, "0", "`add` has no targets", "only comparisons"},
        Mistake{"ldh [12", kAsmSyntax, "", "expected `]`, found the end of the line", "`[12]`"},
        Mistake{"ldh 12]\nret #0", kAsmSyntax, "]", "expected the end of the line, found `]`",
                "one instruction a line"},
        Mistake{"ldxb 5*([14]&0xf)", kAsmSyntax, "5", "expected `4`, found `5`", "4*([14]&0xf)"},
        Mistake{"ldxb 4*([14]&0xe)", kAsmSyntax, "0xe", "expected `0xf`, found `0xe`",
                "4*([14]&0xf)"},
        Mistake{"ret #4294967296", kAsmNumber, "4294967296",
                "`4294967296` is not a number of 32 bits", "4294967295"},
        Mistake{"ret #-2147483649", kAsmNumber, "-2147483649",
                "`-2147483649` is not a number of 32 bits", "-2147483648"},
        Mistake{"ret #12ab", kAsmNumber, "12ab", "`12ab` is not a number of 32 bits", "0xc"},
        Mistake{"ret #{}", kAsmSyntax, "{", "expected a number, found `{`", "operands are"},
        Mistake{"jeq #1, dorp\ndrop: ret #0", kAsmUnknownLabel, "dorp",
                "the label `dorp` is nowhere", "did you mean `drop`"},
        Mistake{"a1: ret #0\na1: ret #1", kAsmDuplicateLabel, "a1",
                "the label `a1` stands here and before", "its own label"},
        Mistake{"jeq #1, 2, 5\nret #0\nret #1", kAsmJump, "5",
                "there is no instruction 5 to jump to", "the last one is 2"},
        Mistake{"ja end\nend:", kAsmJump, "end", "there is no instruction 1 to jump to",
                "the last one is 0"},
        Mistake{"back: tax\njeq #1, back\nret #0", kAsmJump, "back",
                "a comparison jumps forward, past 255 instructions at most", "`ja`"},
        Mistake{"(000) tax\n(002) ret #0", kAsmPosition, "002",
                "`002` is not the position of this instruction, 1 is", "line missing"},
        Mistake{"ret #0 /* no end", kAsmSyntax, "/*", "the comment does not end", "`*/`"},
        Mistake{" ; nothing\n", kCodeEmpty, "", "there is no instruction", "`ret #0`"}));

TEST(Assembler, TellsSeveralMistakesInOneRun) {
  diag::Diagnostics diagnostics;
  EXPECT_FALSE(assemble_classic("ldq [1]\nret\njeq #1, nowhere\nldh [\nret #0", diagnostics));
  ASSERT_EQ(diagnostics.error_count(), 3u);
}

TEST(Assembler, GivesUpOnTextThatIsNoAssembly) {
  std::string text;
  for (int i = 0; i < 200'000; ++i) text += "jeq #1, lost\nnonsense [\n";
  diag::Diagnostics diagnostics;
  EXPECT_FALSE(assemble_classic(text, diagnostics));
  EXPECT_LE(diagnostics.error_count(), 2 * diag::Diagnostics::kMaxKept);
}

TEST(Assembler, BranchesReach255InstructionsAndNoFurther) {
  std::string text = "jeq #1, end\n";
  for (int i = 0; i < 255; ++i) text += "tax\n";
  const ClassicProgram program = assemble(text + "end: ret a\n");
  ASSERT_EQ(program.size(), 257u);
  EXPECT_EQ(program[0].jt, 255);
  diag::Diagnostics diagnostics;
  EXPECT_FALSE(assemble_classic(text + "tax\nend: ret a\n", diagnostics));
  EXPECT_EQ(diagnostics.all().at(0).kind, diag::Kind::kAsmJump);
}

}  // namespace
}  // namespace weir::isa
