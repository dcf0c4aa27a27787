#include "isa/classic_check.h"

#include <gtest/gtest.h>

#include "isa/classic.h"
#include "isa/classic_extension.h"
#include "support/random_program.h"

namespace weir::isa {
namespace {

using enum ClassicFaultKind;

std::vector<ClassicFault> kernel(const ClassicProgram& program) {
  return check_classic(program, ClassicRules::kKernel);
}
std::vector<ClassicFault> user_space(const ClassicProgram& program) {
  return check_classic(program, ClassicRules::kUserSpace);
}
std::vector<ClassicFault> one(ClassicFaultKind kind, std::uint32_t pc, std::int64_t value = 0) {
  return {{.kind = kind, .pc = pc, .value = value}};
}

const ClassicInsn kReturn = stmt(kRetK, 0);
const std::vector<ClassicFault> kNone;

TEST(ClassicCheck, AcceptsRandomValidPrograms) {
  testing::RandomProgram random(1);
  for (int i = 0; i < 2000; ++i) {
    const ClassicProgram program = random.next(100);
    ASSERT_EQ(kernel(program), kNone);
    ASSERT_EQ(user_space(program), kNone);
  }
}

TEST(ClassicCheck, RefusesAnEmptyProgram) { EXPECT_EQ(kernel({}), one(kEmpty, 0)); }

TEST(ClassicCheck, KernelTakes4096InstructionsAndNotOneMore) {
  ClassicProgram program(4095, stmt(kTxa));
  program.push_back(kReturn);
  EXPECT_EQ(kernel(program), kNone);
  program.push_back(kReturn);
  EXPECT_EQ(kernel(program), one(kTooLong, 0, 4097));
  EXPECT_EQ(user_space(program), kNone);
  EXPECT_EQ(check_classic(program, ClassicRules::kUserSpace, 4096), one(kTooLong, 0, 4097));
}

TEST(ClassicCheck, RefusesEveryCodeThatIsNoInstruction) {
  for (std::uint32_t code = 0; code <= 0xffff; ++code) {
    const auto c = static_cast<std::uint16_t>(code);
    if (find_classic(c) != nullptr) continue;
    ASSERT_EQ(kernel({{c, 0, 0, 1}, kReturn}), one(kUnknownCode, 0, c));
    ASSERT_EQ(user_space({{c, 0, 0, 1}, kReturn}), one(kUnknownCode, 0, c));
  }
}

TEST(ClassicCheck, JumpsEndInsideTheProgram) {
  EXPECT_EQ(kernel({branch(kJeqK, 0, 0, 0), kReturn}), kNone);
  EXPECT_EQ(kernel({branch(kJeqK, 0, 1, 0), kReturn}), one(kJumpOutOfRange, 0, 2));
  EXPECT_EQ(kernel({branch(kJgtX, 0, 0, 7), kReturn}), one(kJumpOutOfRange, 0, 8));
  EXPECT_EQ(kernel({stmt(kJa, 1), kReturn, kReturn}), kNone);
  EXPECT_EQ(kernel({stmt(kJa, 2), kReturn, kReturn}), one(kJumpOutOfRange, 0, 3));
  EXPECT_EQ(kernel({stmt(kJa, 0x7fffffff), kReturn}), one(kJumpOutOfRange, 0, 0x80000000));
}

TEST(ClassicCheck, OnlyUserSpaceJumpsBackwards) {
  const ClassicProgram loop = {stmt(kTxa), stmt(kJa, static_cast<std::uint32_t>(-2)), kReturn};
  EXPECT_EQ(kernel(loop), one(kJumpBackwards, 1, 0));
  EXPECT_EQ(user_space(loop), kNone);
  const ClassicProgram before = {stmt(kTxa), stmt(kJa, static_cast<std::uint32_t>(-3)), kReturn};
  EXPECT_EQ(user_space(before), one(kJumpOutOfRange, 1, -1));
}

TEST(ClassicCheck, RefusesDivisionByTheConstantZero) {
  EXPECT_EQ(kernel({stmt(kDivK, 0), kReturn}), one(kDivisionByZero, 0));
  EXPECT_EQ(user_space({stmt(kTax), stmt(kModK, 0), kReturn}), one(kDivisionByZero, 1));
  EXPECT_EQ(kernel({stmt(kDivX), kReturn}), kNone);
}

TEST(ClassicCheck, ShiftsBy31AndNotBy32) {
  EXPECT_EQ(kernel({stmt(kLshK, 31), stmt(kRshK, 31), kReturn}), kNone);
  EXPECT_EQ(kernel({stmt(kLshK, 32), kReturn}), one(kShiftTooLarge, 0, 32));
  EXPECT_EQ(user_space({stmt(kRshK, 0xffffffff), kReturn}), one(kShiftTooLarge, 0, 0xffffffff));
}

TEST(ClassicCheck, ThereAreSixteenCells) {
  EXPECT_EQ(kernel({stmt(kSt, 15), kReturn}), kNone);
  for (const ClassicOp op : {kSt, kStx, kLdMem, kLdxMem}) {
    EXPECT_EQ(kernel({stmt(op, 16), kReturn}), one(kNoSuchCell, 0, 16));
    EXPECT_EQ(user_space({stmt(op, 16), kReturn}), one(kNoSuchCell, 0, 16));
  }
}

TEST(ClassicCheck, KernelWantsCellsStoredOnEveryWay) {
  EXPECT_EQ(kernel({stmt(kLdMem, 3), kReturn}), one(kCellNotStored, 0, 3));
  EXPECT_EQ(user_space({stmt(kLdMem, 3), kReturn}), kNone);
  EXPECT_EQ(kernel({stmt(kStx, 3), stmt(kLdMem, 3), kReturn}), kNone);
  EXPECT_EQ(kernel({branch(kJeqK, 0, 0, 1), stmt(kSt, 3), stmt(kLdxMem, 3), kReturn}),
            one(kCellNotStored, 2, 3))
      << "stored on one of two ways";
  EXPECT_EQ(kernel({branch(kJeqK, 0, 0, 2), stmt(kSt, 3), stmt(kJa, 1), stmt(kSt, 3),
                    stmt(kLdMem, 3), kReturn}),
            kNone)
      << "stored on both ways";
}

TEST(ClassicCheck, KernelKnowsItsExtensionsOnly) {
  const std::uint32_t cpu = extension_k(Extension::kCpu);
  EXPECT_EQ(kernel({stmt(kLdAbs, cpu), stmt(kLdhAbs, cpu), stmt(kLdbAbs, cpu), kReturn}), kNone);
  EXPECT_EQ(kernel({stmt(kLdbAbs, cpu + 1), kReturn}), one(kUnknownExtension, 0, -4059));
  EXPECT_EQ(kernel({stmt(kLdbAbs, kExtensionBase - 1), kReturn}), kNone);
  EXPECT_EQ(kernel({stmt(kLdbInd, cpu + 1), kReturn}), kNone);
  EXPECT_EQ(user_space({stmt(kLdbAbs, cpu + 1), kReturn}), kNone);
}

TEST(ClassicCheck, TheLastInstructionReturns) {
  EXPECT_EQ(kernel({kReturn, stmt(kTax)}), one(kNoReturnAtEnd, 1));
  EXPECT_EQ(user_space({kReturn, stmt(kTax)}), one(kNoReturnAtEnd, 1));
  EXPECT_EQ(kernel({stmt(kRetA)}), kNone);
}

TEST(ClassicCheck, TellsEveryFaultOfAProgram) {
  const std::vector<ClassicFault> expected = {{.kind = kShiftTooLarge, .pc = 0, .value = 40},
                                              {.kind = kDivisionByZero, .pc = 2}};
  EXPECT_EQ(kernel({stmt(kLshK, 40), stmt(kTax), stmt(kDivK, 0), kReturn}), expected);
}

TEST(ClassicCheck, DescribesFaultsInWords) {
  EXPECT_EQ(describe({.kind = kJumpOutOfRange, .pc = 3, .value = 12}),
            "instruction 3: jumps to 12, which is not in the program");
  EXPECT_EQ(describe({.kind = kUnknownCode, .pc = 0, .value = 0xff}),
            "instruction 0: the code 0xff is no instruction of classic BPF");
  EXPECT_EQ(describe({.kind = kTooLong, .pc = 0, .value = 5000}),
            "the program has 5000 instructions, more than can be loaded");
  for (int kind = 0; kind <= static_cast<int>(kNoReturnAtEnd); ++kind) {
    EXPECT_FALSE(hint({.kind = static_cast<ClassicFaultKind>(kind), .pc = 0}).empty());
  }
}

TEST(ClassicCheck, ReportsFaultsWhereTheInstructionStandsInTheText) {
  const std::vector<ClassicFault> faults = one(kDivisionByZero, 1);
  const std::vector<diag::SourceRange> ranges = {{0, 3}, {4, 10}};
  diag::Diagnostics diagnostics;
  report(faults, ranges, diagnostics);
  ASSERT_EQ(diagnostics.error_count(), 1u);
  EXPECT_EQ(diagnostics.all()[0].kind, diag::Kind::kCodeFault);
  EXPECT_EQ(diagnostics.all()[0].range, (diag::SourceRange{4, 10}));
}

}  // namespace
}  // namespace weir::isa
