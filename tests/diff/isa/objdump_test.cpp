// The printer and the assembler against clang and llvm-objdump.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <iostream>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

#include "diff/isa/command_output.h"
#include "harness/hex.h"
#include "isa/extended_code.h"
#include "isa/extended_print.h"
#include "isa/extended_read.h"
#include "isa/extended_table.h"
#include "support/random_extended.h"
#include "support/temporary_folder.h"

namespace weir::difftest {
namespace {

using isa::ExtendedForm;
using isa::ExtendedProgram;
using isa::ExtendedStyle;

const std::string kCompile = "clang-19 -target bpf -O2 ";
const std::string kAssemble = "clang-19 -target bpf ";
const std::string kDump = "llvm-objdump-19 -d --mcpu=v4 ";

class Objdump : public ::testing::Test {
 protected:
  void SetUp() override {
    for (const char* tool : {"clang-19", "llvm-objdump-19"}) {
      const std::string command = std::string(tool) + " --version 2>/dev/null";
      if (!command_output(command)) GTEST_SKIP() << tool << " is not there";
    }
  }

  std::string object() const { return folder_.file("code.o"); }

  test::TemporaryFolder folder_;
};

struct DumpedInsn {
  ExtendedProgram insn;  // one slot, or two
  std::string text;
};

// A section, or the one that a dump of one has.
struct DumpedSection {
  std::vector<DumpedInsn> instructions;
  std::string text;  // from the first function on
};

std::vector<DumpedSection> sections_of(const std::string& dump) {
  static const std::regex kLineOfInsn("^ *[0-9]+:\\t((?:[0-9a-f]{2} ?)+)\\t(.*)$");
  static const std::regex kPlace(" <[^ <>]*>$");
  std::vector<DumpedSection> out;
  std::istringstream lines(dump);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("Disassembly")) {
      out.emplace_back();
      continue;
    }
    if (out.empty()) continue;
    out.back().text += line + "\n";
    std::smatch match;
    if (!std::regex_match(line, match, kLineOfInsn)) continue;
    const auto code = isa::decode_extended(test::hex(match[1].str()), std::endian::little);
    out.back().instructions.push_back({*code, std::regex_replace(match[2].str(), kPlace, "")});
  }
  return out;
}

// How many instructions were compared.
std::size_t compare(const std::string& dump) {
  std::size_t compared = 0;
  for (const DumpedSection& section : sections_of(dump)) {
    ExtendedProgram all;
    for (const DumpedInsn& dumped : section.instructions) {
      EXPECT_EQ(isa::format_extended(dumped.insn, 0, ExtendedStyle::kLlvm), dumped.text);
      all.insert(all.end(), dumped.insn.begin(), dumped.insn.end());
      ++compared;
    }
    diag::Diagnostics diagnostics;
    const auto read = isa::assemble_extended(section.text, diagnostics);
    for (const auto& told : diagnostics.all()) ADD_FAILURE() << told.message;
    EXPECT_TRUE(read && read->program == all) << "what llvm-objdump prints is read back otherwise";
  }
  return compared;
}

TEST_F(Objdump, PrintsCompiledProgramsAsWeirDoes) {
  std::size_t compared = 0;
  for (const char* name : {"packet", "arithmetic", "atomics"}) {
    for (const char* version : {"v1", "v2", "v3", "v4"}) {
      const std::string source =
          std::string(WEIR_SOURCE_DIR) + "/tests/diff/isa/programs/" + name + ".c";
      ASSERT_TRUE(
          command_output(kCompile + "-mcpu=" + version + " -c -o " + object() + " " + source))
          << source << " is not compiled for " << version;
      const auto dump = command_output(kDump + object());
      ASSERT_TRUE(dump);
      compared += compare(*dump);
      if (HasFailure()) FAIL() << name << ".c for " << version;
    }
  }
  std::cout << compared << " instructions compared\n";
  EXPECT_GT(compared, 2'000u);
}

TEST_F(Objdump, FindsNoInstructionOfALaterVersion) {
  for (const int version : {1, 2, 3, 4}) {
    int latest = 0;
    for (const char* name : {"packet", "arithmetic", "atomics"}) {
      const std::string source =
          std::string(WEIR_SOURCE_DIR) + "/tests/diff/isa/programs/" + name + ".c";
      ASSERT_TRUE(command_output(kCompile + "-mcpu=v" + std::to_string(version) + " -c -o " +
                                 object() + " " + source));
      for (const DumpedSection& section : sections_of(*command_output(kDump + object()))) {
        for (const DumpedInsn& dumped : section.instructions) {
          const isa::ExtendedInfo* row = isa::find_extended(dumped.insn[0]);
          ASSERT_NE(row, nullptr) << dumped.text;
          EXPECT_LE(row->version, version) << dumped.text;
          latest = std::max<int>(latest, row->version);
        }
      }
    }
    EXPECT_EQ(latest, version) << "the programs do not use what is new in it";
  }
}

// What llvm-objdump 19 cannot tell: kinds of wide loads and calls, acquire and release.
bool unknown_to_llvm(const isa::ExtendedInfo& row) {
  switch (row.form) {
    case ExtendedForm::kLoadAcquire:
    case ExtendedForm::kStoreRelease:
    case ExtendedForm::kWideMapFd:
    case ExtendedForm::kWideMapValue:
    case ExtendedForm::kWideBtfVariable:
    case ExtendedForm::kWideFunction:
    case ExtendedForm::kWideMapIndex:
    case ExtendedForm::kWideMapIndexValue:
    case ExtendedForm::kCallSubprogram:
    case ExtendedForm::kCallKfunc:
    case ExtendedForm::kCallx:
      return true;
    default:
      return false;
  }
}

ExtendedProgram every_row_with_edges() {
  ExtendedProgram all;
  for (const isa::ExtendedInfo& row : isa::extended_table()) {
    if (unknown_to_llvm(row)) continue;
    for (const int edge : {0, 1, -1, 127, 32767, -32768}) {
      const bool no_imm = row.form == ExtendedForm::kPacketIndirect;
      const bool helper = row.form == ExtendedForm::kCallHelper;
      const auto insn = testing::instruction_of(
          row,
          {.dst = 3,
           .src = static_cast<std::uint8_t>(edge & 7),
           .off = static_cast<std::int16_t>(edge),
           .imm = no_imm   ? 0
                  : helper ? edge & 0xff
                           : static_cast<std::int32_t>(static_cast<std::uint32_t>(edge) * 65537u),
           .next = edge});
      all.insert(all.end(), insn.begin(), insn.end());
    }
  }
  return all;
}

TEST_F(Objdump, PrintsEveryRowAsWeirDoes) {
  const auto bytes = isa::encode_extended(every_row_with_edges(), std::endian::little);
  const std::string source = folder_.file("code.s");
  std::ofstream file(source);
  file << ".section code, \"ax\"\n";
  for (const std::byte byte : bytes) file << ".byte " << static_cast<int>(byte) << "\n";
  file.close();
  ASSERT_TRUE(command_output(kAssemble + "-c -o " + object() + " " + source));
  const auto dump = command_output(kDump + object());
  ASSERT_TRUE(dump);
  EXPECT_GT(compare(*dump), 900u);
}

}  // namespace
}  // namespace weir::difftest
