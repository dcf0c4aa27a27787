#include "vm/classic_interpreter.h"

#include <gtest/gtest.h>

#include <array>
#include <cstring>
#include <string_view>
#include <vector>

#include "isa/classic.h"
#include "isa/classic_read.h"

namespace weir::vm {
namespace {

using isa::stmt;

// Bytes 0x10, 0x11, ... 0x1f.
std::array<std::byte, 16> ramp() {
  std::array<std::byte, 16> bytes{};
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::byte>(0x10 + i);
  return bytes;
}
const std::array<std::byte, 16> kRamp = ramp();
const ClassicInput kInput = {.bytes = kRamp, .wire_length = 1500};

ClassicProgram assemble(std::string_view text) {
  diag::Diagnostics diagnostics;
  const auto out = isa::assemble_classic(text, diagnostics);
  for (const auto& diagnostic : diagnostics.all()) ADD_FAILURE() << diagnostic.message;
  return out ? out->program : ClassicProgram{};
}

ClassicResult run(std::string_view text, ClassicMode mode = ClassicMode::kLibpcap) {
  return run_classic(assemble(text), kInput, {.mode = mode});
}

std::uint32_t verdict(std::string_view text, ClassicMode mode = ClassicMode::kLibpcap) {
  const ClassicResult result = run(text, mode);
  EXPECT_EQ(result.outcome, ClassicOutcome::kReturned) << text;
  return result.verdict;
}

TEST(ClassicInterpreter, ReturnsAConstantOrTheAccumulator) {
  EXPECT_EQ(verdict("ret #262144"), 262144u);
  EXPECT_EQ(verdict("ld #7\nret a"), 7u);
  EXPECT_EQ(verdict("ret a"), 0u) << "registers begin as zero";
  EXPECT_EQ(verdict("txa\nret a"), 0u);
}

TEST(ClassicInterpreter, LoadsInNetworkOrder) {
  EXPECT_EQ(verdict("ld [1]\nret a"), 0x11121314u);
  EXPECT_EQ(verdict("ldh [1]\nret a"), 0x1112u);
  EXPECT_EQ(verdict("ldb [1]\nret a"), 0x11u);
  EXPECT_EQ(verdict("ldx #2\nld [x + 1]\nret a"), 0x13141516u);
  EXPECT_EQ(verdict("ldx #2\nldh [x + 1]\nret a"), 0x1314u);
  EXPECT_EQ(verdict("ldx #2\nldb [x + 1]\nret a"), 0x13u);
  EXPECT_EQ(verdict("ldxb 4*([7]&0xf)\ntxa\nret a"), 4u * 7);
}

TEST(ClassicInterpreter, LoadsTheLengthOnTheWire) {
  EXPECT_EQ(verdict("ld #pktlen\nret a"), 1500u);
  EXPECT_EQ(verdict("ldx #pktlen\ntxa\nret a"), 1500u);
}

TEST(ClassicInterpreter, KeepsCellsAndMovesRegisters) {
  EXPECT_EQ(verdict("ld #5\nst M[15]\nld #6\nldx M[15]\ntxa\nret a"), 5u);
  EXPECT_EQ(verdict("ldx #5\nstx M[0]\nld M[0]\nret a"), 5u);
  EXPECT_EQ(verdict("ld #9\ntax\nld #0\ntxa\nret a"), 9u);
  EXPECT_EQ(verdict("ld M[3]\nret a"), 0u) << "cells begin as zero";
}

TEST(ClassicInterpreter, ComputesModulo32Bits) {
  EXPECT_EQ(verdict("ld #0xffffffff\nadd #2\nret a"), 1u);
  EXPECT_EQ(verdict("ld #1\nsub #2\nret a"), 0xffffffffu);
  EXPECT_EQ(verdict("ld #0x10001\nmul #0x10001\nret a"), 0x20001u);
  EXPECT_EQ(verdict("ld #7\ndiv #2\nret a"), 3u);
  EXPECT_EQ(verdict("ld #0xffffffff\ndiv #2\nret a"), 0x7fffffffu) << "unsigned";
  EXPECT_EQ(verdict("ld #7\nmod #4\nret a"), 3u);
  EXPECT_EQ(verdict("ld #12\nand #10\nret a"), 8u);
  EXPECT_EQ(verdict("ld #12\nor #10\nret a"), 14u);
  EXPECT_EQ(verdict("ld #12\nxor #10\nret a"), 6u);
  EXPECT_EQ(verdict("ld #3\nlsh #31\nret a"), 0x80000000u);
  EXPECT_EQ(verdict("ld #0x80000000\nrsh #31\nret a"), 1u);
  EXPECT_EQ(verdict("ld #1\nneg\nret a"), 0xffffffffu);
}

TEST(ClassicInterpreter, ComputesWithTheIndexRegister) {
  const auto with_x = [](std::string_view operation) {
    return verdict("ld #13\nldx #5\n" + std::string(operation) + " x\nret a");
  };
  EXPECT_EQ(with_x("add"), 18u);
  EXPECT_EQ(with_x("sub"), 8u);
  EXPECT_EQ(with_x("mul"), 65u);
  EXPECT_EQ(with_x("div"), 2u);
  EXPECT_EQ(with_x("mod"), 3u);
  EXPECT_EQ(with_x("and"), 5u);
  EXPECT_EQ(with_x("or"), 13u);
  EXPECT_EQ(with_x("xor"), 8u);
  EXPECT_EQ(with_x("lsh"), 416u);
  EXPECT_EQ(with_x("rsh"), 0u);
}

TEST(ClassicInterpreter, ComparesUnsigned) {
  const auto taken = [](std::string_view comparison) {
    return verdict("ld #0x80000000\nldx #5\n" + std::string(comparison) +
                   ", yes, no\nyes: ret #1\nno: ret #0") == 1;
  };
  EXPECT_TRUE(taken("jeq #0x80000000"));
  EXPECT_FALSE(taken("jeq x"));
  EXPECT_TRUE(taken("jgt x"));
  EXPECT_TRUE(taken("jgt #0x7fffffff"));
  EXPECT_FALSE(taken("jgt #0x80000000"));
  EXPECT_TRUE(taken("jge #0x80000000"));
  EXPECT_TRUE(taken("jge x"));
  EXPECT_TRUE(taken("jset #0xc0000000"));
  EXPECT_FALSE(taken("jset x"));
}

TEST(ClassicInterpreter, JumpsForwardsAndBackwards) {
  EXPECT_EQ(verdict("ja over\nret #1\nover: ret #2"), 2u);
  EXPECT_EQ(verdict("again: add #1\njge #10, done\nja again\ndone: ret a"), 10u);
}

TEST(ClassicInterpreter, LoadsUpToTheLastByteAndNotPastIt) {
  EXPECT_EQ(verdict("ld [12]\nret a"), 0x1c1d1e1fu);
  EXPECT_EQ(verdict("ldb [15]\nret a"), 0x1fu);
  for (const std::string_view load :
       {"ld [13]", "ldh [15]", "ldb [16]", "ld [-1]", "ldh [-1]", "ldb [-1]", "ldb [0x80000000]",
        "ldxb 4*([16]&0xf)", "ldxb 4*([-1]&0xf)", "ldx #16\nldb [x]", "ldx #13\nld [x + 0]"}) {
    for (const ClassicMode mode : {ClassicMode::kLibpcap, ClassicMode::kKernel}) {
      const ClassicResult result = run(std::string(load) + "\nret #1", mode);
      EXPECT_EQ(result.outcome, ClassicOutcome::kOutOfBounds) << load;
      EXPECT_EQ(result.verdict, 0u) << load;
    }
  }
}

TEST(ClassicInterpreter, AnOverflowingOffsetIsOutOfBoundsForLibpcapAndWrapsInTheKernel) {
  const std::string_view text = "ldx #0xffffffff\nldb [x + 3]\nret a";
  EXPECT_EQ(run(text).outcome, ClassicOutcome::kOutOfBounds);
  EXPECT_EQ(verdict(text, ClassicMode::kKernel), 0x12u);
}

TEST(ClassicInterpreter, ALongShiftClearsForLibpcapAndWrapsInTheKernel) {
  EXPECT_EQ(verdict("ld #1\nldx #33\nlsh x\nret a"), 0u);
  EXPECT_EQ(verdict("ld #1\nldx #33\nlsh x\nret a", ClassicMode::kKernel), 2u);
  EXPECT_EQ(verdict("ld #4\nldx #33\nrsh x\nret a"), 0u);
  EXPECT_EQ(verdict("ld #4\nldx #33\nrsh x\nret a", ClassicMode::kKernel), 2u);
  EXPECT_EQ(verdict("ld #4\nldx #31\nrsh x\nret a"), 0u);
}

TEST(ClassicInterpreter, DivisionByZeroDoesNotMatch) {
  for (const std::string_view text : {"ld #5\ndiv x\nret #1", "ld #5\nmod x\nret #1",
                                      "ld #5\ndiv #0\nret #1", "ld #5\nmod #0\nret #1"}) {
    const ClassicResult result = run(text);
    EXPECT_EQ(result.outcome, ClassicOutcome::kDivisionByZero) << text;
    EXPECT_EQ(result.verdict, 0u);
    EXPECT_EQ(result.pc, 1u);
  }
}

TEST(ClassicInterpreter, StopsWhenTheBudgetIsSpent) {
  const ClassicProgram loop = assemble("again: ja again");
  const ClassicResult result = run_classic(loop, kInput, {.budget = 1000});
  EXPECT_EQ(result.outcome, ClassicOutcome::kBudgetExhausted);
  EXPECT_EQ(result.executed, 1000u);
  const ClassicProgram three = assemble("tax\ntxa\nret #1");
  EXPECT_EQ(run_classic(three, kInput, {.budget = 3}).outcome, ClassicOutcome::kReturned);
  EXPECT_EQ(run_classic(three, kInput, {.budget = 2}).outcome, ClassicOutcome::kBudgetExhausted);
}

TEST(ClassicInterpreter, RefusesWhatNoCheckedProgramDoes) {
  const std::vector<ClassicProgram> programs = {
      {},
      {stmt(isa::kTax)},
      {{0xffff, 0, 0, 0}},
      {stmt(isa::kSt, 16)},
      {stmt(isa::kLdxMem, 0xffffffff)},
      {stmt(isa::kJa, 0x7fffffff)},
      {isa::branch(isa::kJeqK, 0, 255, 0)},
      {stmt(isa::kJa, static_cast<std::uint32_t>(-5))},
  };
  for (const ClassicProgram& program : programs) {
    EXPECT_EQ(run_classic(program, kInput).outcome, ClassicOutcome::kInvalid);
  }
}

TEST(ClassicInterpreter, CountsAndShowsEachInstruction) {
  const ClassicProgram program = assemble("ld #5\njeq #5, yes, no\nno: ret #0\nyes: ret #1");
  std::vector<std::uint32_t> pcs;
  ClassicOptions options;
  options.trace = [&](const ClassicState& before, const ClassicInsn& insn) {
    EXPECT_EQ(insn, program.at(before.pc));
    EXPECT_EQ(before.a, pcs.empty() ? 0u : 5u);
    pcs.push_back(before.pc);
  };
  const ClassicResult result = run_classic(program, kInput, options);
  EXPECT_EQ(pcs, (std::vector<std::uint32_t>{0, 1, 3}));
  EXPECT_EQ(result.executed, 3u);
  EXPECT_EQ(result.pc, 3u);
}

TEST(ClassicStep, GoesOneInstructionAtATime) {
  const ClassicProgram program = assemble("ld #5\nst M[2]\nret a");
  ClassicState state;
  step_classic(program, kInput, ClassicMode::kLibpcap, state);
  EXPECT_EQ(state.a, 5u);
  EXPECT_EQ(state.pc, 1u);
  step_classic(program, kInput, ClassicMode::kLibpcap, state);
  EXPECT_EQ(state.m[2], 5u);
  EXPECT_EQ(state.outcome, ClassicOutcome::kRunning);
  step_classic(program, kInput, ClassicMode::kLibpcap, state);
  EXPECT_EQ(state.outcome, ClassicOutcome::kReturned);
  EXPECT_EQ(state.verdict, 5u);
  EXPECT_EQ(state.pc, 2u) << "stays at the instruction that ended the run";
}

TEST(ClassicStep, LeavesTheStateAsItWasWhenALoadFails) {
  const ClassicProgram program = assemble("ldb [99]\nret a");
  ClassicState state;
  state.a = 42;
  step_classic(program, kInput, ClassicMode::kLibpcap, state);
  EXPECT_EQ(state.outcome, ClassicOutcome::kOutOfBounds);
  EXPECT_EQ(state.a, 42u);
  EXPECT_EQ(state.pc, 0u);
}

TEST(OutcomeName, NamesEveryOutcome) {
  EXPECT_EQ(outcome_name(ClassicOutcome::kRunning), "running");
  EXPECT_EQ(outcome_name(ClassicOutcome::kOutOfBounds), "load out of bounds");
  EXPECT_EQ(outcome_name(ClassicOutcome::kBudgetExhausted), "budget exhausted");
}

}  // namespace
}  // namespace weir::vm
