// The printer against the verifier's log and bpftool, and the structural check against the
// verifier.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <iostream>
#include <map>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

#include "diff/isa/command_output.h"
#include "diff/isa/kernel_program.h"
#include "isa/classic_read.h"
#include "isa/convert.h"
#include "isa/extended_check.h"
#include "isa/extended_code.h"
#include "isa/extended_print.h"
#include "isa/extended_read.h"
#include "support/random_extended.h"

namespace weir::difftest {
namespace {

using isa::ExtendedForm;
using isa::ExtendedProgram;

class Verifier : public ::testing::Test {
 protected:
  void SetUp() override {
    if (const std::string reason = no_bpf_reason(); !reason.empty()) GTEST_SKIP() << reason;
  }
};

// "3: (b7) r0 = 0    ; R0_w=0" as "(b7) r0 = 0", by its slot; of an instruction that comes twice,
// the first.
std::map<std::size_t, std::string> logged_instructions(const std::string& log) {
  static const std::regex line(R"(^(?:from \d+ to )?(\d+): (\([0-9a-f]{2}\) .*?)\s*(;.*)?$)");
  std::map<std::size_t, std::string> out;
  std::istringstream lines(log);
  for (std::string text; std::getline(lines, text);) {
    std::smatch match;
    if (!std::regex_match(text, match, line)) continue;
    out.emplace(std::stoul(match[1]), match[2]);
  }
  return out;
}

// What weir writes, without what it adds to the verifier's style.
std::string as_logged(const ExtendedProgram& program, std::size_t slot) {
  std::string line =
      isa::format_extended_listing(std::span(program).subspan(slot, isa::slots_at(program, slot)));
  line = line.substr(line.find('('));
  line.pop_back();
  if (line.ends_with(" ll")) line.resize(line.size() - 3);
  return line;
}

// What the kernel replaces before the log is written, or refuses before it looks at instructions.
bool never_logged(const isa::ExtendedInfo& row) {
  switch (row.form) {
    case ExtendedForm::kWideMapFd:
    case ExtendedForm::kWideMapValue:
    case ExtendedForm::kWideBtfVariable:
    case ExtendedForm::kWideFunction:
    case ExtendedForm::kWideMapIndex:
    case ExtendedForm::kWideMapIndexValue:
    case ExtendedForm::kCallKfunc:
    case ExtendedForm::kCallx:
      return true;
    default:
      return false;
  }
}

// Every register set, and the instruction on one of two ways to what follows: the end, and after
// two slots another subprogram if there are two.
ExtendedProgram program_around(const ExtendedProgram& insn, int subprograms) {
  using enum isa::AluOp;
  ExtendedProgram out = {isa::alu64(kMov, isa::kR6, isa::kR1), isa::call_helper(7),
                         isa::alu64(kMov, isa::kR7, isa::kR0)};
  for (const isa::Register r : {isa::kR0, isa::kR2, isa::kR3, isa::kR4, isa::kR5}) {
    out.push_back(isa::alu64(kMov, r, 1));
  }
  out.push_back(isa::jump32(isa::JumpOp::kEq, isa::kR7, 0, static_cast<std::int16_t>(insn.size())));
  out.insert(out.end(), insn.begin(), insn.end());
  for (int i = 0; i < subprograms; ++i) {
    out.push_back(isa::alu64(kMov, isa::kR0, 0));
    out.push_back(isa::exit_program());
  }
  return out;
}

constexpr std::size_t kSlotOfInstruction = 9;

TEST_F(Verifier, LogsEveryInstructionAsWeirWritesIt) {
  int compared = 0;
  for (const isa::ExtendedInfo& row : isa::extended_table()) {
    if (never_logged(row)) continue;
    for (const std::int32_t imm : {1, 17, -5, INT32_MIN}) {
      // A call goes to the second subprogram, a jump to the next instruction.
      const bool is_call = row.form == ExtendedForm::kCallSubprogram;
      const std::int16_t leap = is_call ? 2 : 0;
      const bool leads = row.distance() == isa::kImmField;
      const auto insn = testing::instruction_of(
          row, {.dst = 0, .src = 2, .off = leap, .imm = leads ? leap : imm, .next = 3});
      const ExtendedProgram program = program_around(insn, is_call ? 2 : 1);
      if (!isa::check_extended(program).empty()) continue;
      const LoadedProgram loaded = load_socket_filter(program, true);
      const auto logged = logged_instructions(loaded.log);
      const auto found = logged.find(kSlotOfInstruction);
      ASSERT_NE(found, logged.end()) << as_logged(program, kSlotOfInstruction) << loaded.log;
      EXPECT_EQ(found->second, as_logged(program, kSlotOfInstruction));
      ++compared;
    }
  }
  std::cout << compared << " instructions compared\n";
  EXPECT_GT(compared, 500);
}

constexpr std::string_view kFilter =
    "ldh [12]\njeq #0x800, ip, out\nip: ldxb 4*([14]&0xf)\nldh [x + 16]\nst M[1]\nldx M[1]\n"
    "div x\njgt #80, out, in\nin: ret #-1\nout: ret #0\n";

ExtendedProgram converted_filter() {
  diag::Diagnostics diagnostics;
  return isa::convert_classic(isa::assemble_classic(kFilter, diagnostics)->program)->program;
}

TEST_F(Verifier, LogsOfProgramsAreReadBack) {
  const ExtendedProgram program = converted_filter();
  const LoadedProgram loaded = load_socket_filter(program, true);
  ASSERT_EQ(loaded.error, 0) << loaded.log;
  std::string text;
  for (const auto& [slot, line] : logged_instructions(loaded.log)) {
    text += std::to_string(slot) + ": " + line + " ; R0_w=0\n";
  }
  diag::Diagnostics diagnostics;
  const auto read = isa::assemble_extended(text, diagnostics);
  ASSERT_TRUE(read) << diagnostics.all()[0].message;
  EXPECT_EQ(read->program, program);
}

// bpftool shows the program that the verifier left, which has more in place of packet loads.
TEST_F(Verifier, DumpsOfBpftoolAreReadAndWrittenAlike) {
  const LoadedProgram loaded = load_socket_filter(
      {{isa::alu64(isa::AluOp::kMov, isa::kR6, isa::kR1),
        isa::make_insn(isa::kWideCode, isa::kR2, 0, 0, 5), isa::make_insn(0, 0, 0, 0, 7),
        isa::store_memory(isa::AccessSize::kDouble, isa::kR10, -8, isa::kR2),
        isa::make_insn(0xdb, isa::kR10, isa::kR2, -8, 1), isa::call_helper(5),
        isa::jump32(isa::JumpOp::kSgt, isa::kR0, -5, 1), isa::from_be(isa::kR0, 16),
        isa::exit_program()}},
      false);
  ASSERT_EQ(loaded.error, 0);
  const auto dump = command_output("bpftool prog dump xlated id " +
                                   std::to_string(program_id(loaded.fd)) + " 2>&1");
  if (!dump) GTEST_SKIP() << "bpftool is not there";
  diag::Diagnostics diagnostics;
  const auto read = isa::assemble_extended(*dump, diagnostics);
  ASSERT_TRUE(read) << diagnostics.all()[0].message << "\n" << *dump;
  EXPECT_GE(read->program.size(), 9u);
  std::string ours = isa::format_extended_listing(read->program);
  ours = std::regex_replace(ours, std::regex(" ll\n"), "\n");
  // Of a call, the kernel tells how far it is from another function.
  const std::regex number("(call [a-z0-9_]+)#-?[0-9]+");
  EXPECT_EQ(std::regex_replace(ours, number, "$1"), std::regex_replace(*dump, number, "$1"));
}

// One field of one instruction changed.
ExtendedProgram changed(ExtendedProgram program, testing::RandomExtended& random) {
  isa::ExtendedInsn& insn = program[random.below(static_cast<std::uint32_t>(program.size()))];
  switch (random.below(5)) {
    case 0:
      insn.code = static_cast<std::uint8_t>(random.below(0x100));
      break;
    case 1:
      insn.dst = random.below(16) & 0xf;
      break;
    case 2:
      insn.src = random.below(16) & 0xf;
      break;
    case 3:
      insn.off = static_cast<std::int16_t>(random.constant());
      break;
    default:
      insn.imm = random.constant();
  }
  return program;
}

// What the verifier says of code that is not well formed, whatever it does.
bool complains_of_structure(const std::string& log) {
  static constexpr auto kComplaints = std::to_array<std::string_view>(
      {"unknown opcode", "uses reserved fields", "jump out of range", "last insn is not an exit",
       "invalid bpf_ld_imm64 insn", "unrecognized bpf_ld_imm64", "invalid shift", "div by zero",
       "frame pointer is read only", "uses unsupported", "jump into the middle"});
  static const std::regex no_register("R1[1-5] is invalid");
  return std::regex_search(log, no_register) ||
         std::ranges::any_of(kComplaints, [&](std::string_view complaint) {
           return log.find(complaint) != std::string::npos;
         });
}

// RFC 9669 wants every field that is not used to be zero; Linux does not look at this one.
bool linux_looks_away(const ExtendedProgram& program, const isa::ExtendedFault& fault) {
  return fault.kind == isa::ExtendedFaultKind::kReservedField && fault.field == "offset" &&
         program[fault.slot].code == isa::kExitCode;
}

TEST_F(Verifier, RefusesWhatTheStructuralCheckRefuses) {
  testing::RandomExtended random(21);
  int faulty = 0;
  int sound = 0;
  for (int i = 0; i < 20'000; ++i) {
    const ExtendedProgram program = changed(random.next(4), random);
    const auto faults = isa::check_extended(program);
    const LoadedProgram loaded = load_socket_filter(program, faults.empty());
    if (!faults.empty() && linux_looks_away(program, faults[0])) continue;
    if (!faults.empty()) {
      ++faulty;
      ASSERT_NE(loaded.error, 0) << isa::describe(faults[0]) << "\n"
                                 << isa::format_extended_listing(program);
    } else {
      ++sound;
      ASSERT_FALSE(complains_of_structure(loaded.log))
          << isa::format_extended_listing(program) << loaded.log;
    }
  }
  std::cout << faulty << " programs with a fault, " << sound << " without\n";
  EXPECT_GT(faulty, 5'000);
  EXPECT_GT(sound, 1'000);
}

}  // namespace
}  // namespace weir::difftest
