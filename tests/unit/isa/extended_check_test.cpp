#include "isa/extended_check.h"

#include <gtest/gtest.h>

#include "isa/extended_table.h"
#include "support/random_extended.h"

namespace weir::isa {
namespace {

using Kind = ExtendedFaultKind;
using ExtendedFaults = std::vector<ExtendedFault>;

const ExtendedInsn kMove = make_insn(0xb7);
const ExtendedInsn kEnd = exit_program();

ExtendedFaults only(Kind kind, std::uint32_t slot, std::int64_t value = 0,
                    std::string_view field = {}) {
  return {{.kind = kind, .slot = slot, .value = value, .field = field}};
}

TEST(ExtendedCheck, AcceptsRandomWellFormedPrograms) {
  testing::RandomExtended random(5);
  for (int i = 0; i < 2000; ++i) ASSERT_EQ(check_extended(random.next(100)), ExtendedFaults{});
}

TEST(ExtendedCheck, BoundsTheLength) {
  EXPECT_EQ(check_extended({}), only(Kind::kEmpty, 0));
  const ExtendedProgram program = {kMove, kMove, kEnd};
  EXPECT_EQ(check_extended(program, 3), ExtendedFaults{});
  EXPECT_EQ(check_extended(program, 2), only(Kind::kTooLong, 0, 3));
}

TEST(ExtendedCheck, RefusesEveryOpcodeWithoutARow) {
  int known = 0;
  for (unsigned code = 0; code <= 0xff; ++code) {
    const auto c = static_cast<std::uint8_t>(code);
    if (!extended_rows(c).empty()) {
      ++known;
      continue;
    }
    ASSERT_EQ(check_extended(ExtendedProgram{make_insn(c), kEnd}), only(Kind::kUnknownCode, 0, c));
  }
  EXPECT_EQ(known, 129);
}

TEST(ExtendedCheck, RefusesVariantsThatNoRowHas) {
  const auto refused = [](const ExtendedInsn& insn) {
    return check_extended(ExtendedProgram{insn, kEnd});
  };
  EXPECT_EQ(refused(make_insn(0x3f, 1, 2, 2)), only(Kind::kUnknownVariant, 0, 2, "offset"));
  EXPECT_EQ(refused(make_insn(0xbc, 1, 2, 32)), only(Kind::kUnknownVariant, 0, 32, "offset"));
  EXPECT_EQ(refused(make_insn(0xdc, 1, 0, 0, 8)), only(Kind::kUnknownVariant, 0, 8, "immediate"));
  EXPECT_EQ(refused(make_insn(0xdb, 1, 2, 0, 0x10)),
            only(Kind::kUnknownVariant, 0, 0x10, "immediate"));
  EXPECT_EQ(refused(make_insn(0x85, 0, 3)), only(Kind::kUnknownVariant, 0, 3, "source register"));
  EXPECT_EQ(refused(make_insn(0x18, 0, 7)), only(Kind::kUnknownVariant, 0, 7, "source register"));
}

TEST(ExtendedCheck, RefusesCallsThroughRegisters) {
  EXPECT_EQ(check_extended(ExtendedProgram{make_insn(0x8d, 3), kEnd}), only(Kind::kCallx, 0, 3));
}

// Each field of each row that it does not have, set to 1.
TEST(ExtendedCheck, RefusesReservedFieldsOfEveryRow) {
  int refused = 0;
  for (const ExtendedInfo& row : extended_table()) {
    if (row.form == ExtendedForm::kCallx) continue;
    for (const Fields field : {kDstField, kSrcField, kOffField, kImmField, kNextField}) {
      ExtendedProgram program = testing::instruction_of(row, {.dst = 1, .src = 2, .imm = 1});
      if ((row.fields() & field) != 0 || (field == kNextField && program.size() == 1)) continue;
      if (field == kDstField) program[0].dst = 1;
      if (field == kSrcField) program[0].src = 1;
      if (field == kOffField) program[0].off = 1;
      if (field == kImmField) program[0].imm = 1;
      if (field == kNextField) program[1].imm = 1;
      program.push_back(kEnd);
      const auto faults = check_extended(program);
      ASSERT_FALSE(faults.empty()) << int{row.code} << " field " << int{field};
      EXPECT_EQ(faults[0].kind, Kind::kReservedField);
      ++refused;
    }
  }
  EXPECT_GT(refused, 200);
}

TEST(ExtendedCheck, ThereAreElevenRegisters) {
  EXPECT_EQ(check_extended(ExtendedProgram{make_insn(0x0f, 11, 1), kEnd}),
            only(Kind::kNoSuchRegister, 0, 11));
  EXPECT_EQ(check_extended(ExtendedProgram{make_insn(0x0f, 1, 15), kEnd}),
            only(Kind::kNoSuchRegister, 0, 15));
}

TEST(ExtendedCheck, R10IsReadOnly) {
  EXPECT_EQ(check_extended(ExtendedProgram{make_insn(0x07, 10, 0, 0, 1), kEnd}),
            only(Kind::kFramePointer, 0));
  EXPECT_EQ(check_extended(ExtendedProgram{make_insn(0x61, 10, 1), kEnd}),
            only(Kind::kFramePointer, 0));
  EXPECT_EQ(check_extended(ExtendedProgram{make_insn(0xdb, 1, 10, 0, 1), kEnd}),
            only(Kind::kFramePointer, 0))
      << "a fetch writes its source register";
  EXPECT_EQ(check_extended(ExtendedProgram{make_insn(0x63, 10, 1, -4), kEnd}), ExtendedFaults{});
  EXPECT_EQ(check_extended(ExtendedProgram{make_insn(0x1d, 10, 1), kEnd}), ExtendedFaults{});
}

TEST(ExtendedCheck, LoadsOf64BitsAreWhole) {
  const ExtendedInsn first = make_insn(0x18, 1);
  EXPECT_EQ(check_extended(ExtendedProgram{kMove, first}), only(Kind::kWideCutOff, 1));
  EXPECT_EQ(check_extended(ExtendedProgram{first, kMove, kEnd}), only(Kind::kWideSecondSlot, 0));
  EXPECT_EQ(check_extended(ExtendedProgram{first, make_insn(0, 1), kEnd}),
            only(Kind::kWideSecondSlot, 0));
  EXPECT_EQ(check_extended(ExtendedProgram{first, make_insn(0, 0, 0, 0, 9), kEnd}),
            ExtendedFaults{});
}

TEST(ExtendedCheck, JumpsEndAtInstructions) {
  const ExtendedInsn wide = make_insn(0x18, 1);
  EXPECT_EQ(check_extended(ExtendedProgram{go_to(0), kEnd}), ExtendedFaults{});
  EXPECT_EQ(check_extended(ExtendedProgram{go_to(1), kEnd}), only(Kind::kJumpOutOfRange, 0, 2));
  EXPECT_EQ(check_extended(ExtendedProgram{kMove, go_to(-3), kEnd}),
            only(Kind::kJumpOutOfRange, 1, -1));
  EXPECT_EQ(check_extended(ExtendedProgram{go_to(1), wide, ExtendedInsn{}, kEnd}),
            only(Kind::kJumpIntoWide, 0, 2));
  EXPECT_EQ(check_extended(ExtendedProgram{make_insn(kGotolCode, 0, 0, 0, INT32_MAX), kEnd}),
            only(Kind::kJumpOutOfRange, 0, std::int64_t{INT32_MAX} + 1));
  EXPECT_EQ(check_extended(ExtendedProgram{make_insn(kCallCode, 0, 1, 0, 5), kEnd}),
            only(Kind::kJumpOutOfRange, 0, 6));
}

TEST(ExtendedCheck, SubprogramsAreEnteredByCallsAndLeftByExits) {
  const ExtendedInsn call = make_insn(kCallCode, 0, 1, 0, 1);
  EXPECT_EQ(check_extended(ExtendedProgram{call, kEnd, kMove, kEnd}), ExtendedFaults{});
  EXPECT_EQ(check_extended(ExtendedProgram{call, go_to(0), kMove, kEnd}),
            only(Kind::kLeavesSubprogram, 1, 2));
  EXPECT_EQ(check_extended(ExtendedProgram{call, kMove, kMove, kEnd}), only(Kind::kNoExitAtEnd, 1));
  EXPECT_EQ(check_extended(ExtendedProgram{call, kEnd, kMove, go_to(-3)}),
            only(Kind::kLeavesSubprogram, 3, 1));
}

TEST(ExtendedCheck, RefusesConstantsThatMeanNothing) {
  EXPECT_EQ(check_extended(ExtendedProgram{make_insn(0x37, 1), kEnd}),
            only(Kind::kDivisionByZero, 0));
  EXPECT_EQ(check_extended(ExtendedProgram{make_insn(0x94, 1, 0, 1, 0), kEnd}),
            only(Kind::kDivisionByZero, 0));
  EXPECT_EQ(check_extended(ExtendedProgram{make_insn(0x64, 1, 0, 0, 32), kEnd}),
            only(Kind::kShiftTooLarge, 0, 32));
  EXPECT_EQ(check_extended(ExtendedProgram{make_insn(0x67, 1, 0, 0, 63), kEnd}), ExtendedFaults{});
  EXPECT_EQ(check_extended(ExtendedProgram{make_insn(0xc7, 1, 0, 0, -1), kEnd}),
            only(Kind::kShiftTooLarge, 0, -1));
}

TEST(ExtendedCheck, TheLastInstructionLeaves) {
  EXPECT_EQ(check_extended(ExtendedProgram{kMove}), only(Kind::kNoExitAtEnd, 0));
  EXPECT_EQ(check_extended(ExtendedProgram{kMove, go_to(-2)}), ExtendedFaults{});
  EXPECT_EQ(check_extended(ExtendedProgram{make_insn(0x15, 0, 0, -1)}),
            only(Kind::kNoExitAtEnd, 0));
}

TEST(ExtendedCheck, DescribesFaultsInWords) {
  EXPECT_EQ(describe({Kind::kReservedField, 3, 7, "offset"}),
            "instruction 3: has 7 as its offset, which must be 0");
  EXPECT_EQ(describe({Kind::kUnknownCode, 0, 0x8f, {}}), "instruction 0: 0x8f is no opcode");
  EXPECT_EQ(describe({Kind::kTooLong, 0, 2'000'000, {}}), "the program has 2000000 instructions");
  for (unsigned kind = 0; kind <= unsigned{std::to_underlying(Kind::kNoExitAtEnd)}; ++kind) {
    const ExtendedFault fault = {static_cast<Kind>(kind), 1, 2, "offset"};
    EXPECT_FALSE(describe(fault).empty());
    EXPECT_FALSE(hint(fault).empty());
  }
}

TEST(ExtendedCheck, ReportsFaultsAtTheirPlaceInTheText) {
  diag::Diagnostics diagnostics;
  const std::vector<diag::SourceRange> ranges = {{0, 3}, {4, 9}};
  report(only(Kind::kDivisionByZero, 1), ranges, diagnostics);
  ASSERT_EQ(diagnostics.error_count(), 1u);
  EXPECT_EQ(diagnostics.all()[0].kind, diag::Kind::kCodeFault);
  EXPECT_EQ(diagnostics.all()[0].range, (diag::SourceRange{4, 9}));
}

}  // namespace
}  // namespace weir::isa
