// The table against RFC 9669 and the kernel's headers.
#include "isa/extended_table.h"

#include <gtest/gtest.h>

#include <fstream>
#include <regex>
#include <set>
#include <sstream>
#include <string>

#include "isa/extended_print.h"
#include "isa/helpers.h"
#include "support/random_extended.h"

namespace weir::isa {
namespace {

// Appendix A of RFC 9669: every opcode, by class; those of LD that load 64 bits come with a source,
// those of STX's atomics with an immediate.
const std::set<unsigned> kOpcodesOfTheRfc = {
    0x04, 0x05, 0x06, 0x07, 0x0c, 0x0f, 0x14, 0x15, 0x16, 0x17, 0x18, 0x1c, 0x1d, 0x1e, 0x1f, 0x20,
    0x24, 0x25, 0x26, 0x27, 0x28, 0x2c, 0x2d, 0x2e, 0x2f, 0x30, 0x34, 0x35, 0x36, 0x37, 0x3c, 0x3d,
    0x3e, 0x3f, 0x40, 0x44, 0x45, 0x46, 0x47, 0x48, 0x4c, 0x4d, 0x4e, 0x4f, 0x50, 0x54, 0x55, 0x56,
    0x57, 0x5c, 0x5d, 0x5e, 0x5f, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x69, 0x6a, 0x6b, 0x6c,
    0x6d, 0x6e, 0x6f, 0x71, 0x72, 0x73, 0x74, 0x75, 0x76, 0x77, 0x79, 0x7a, 0x7b, 0x7c, 0x7d, 0x7e,
    0x7f, 0x81, 0x84, 0x85, 0x87, 0x89, 0x91, 0x94, 0x95, 0x97, 0x9c, 0x9f, 0xa4, 0xa5, 0xa6, 0xa7,
    0xac, 0xad, 0xae, 0xaf, 0xb4, 0xb5, 0xb6, 0xb7, 0xbc, 0xbd, 0xbe, 0xbf, 0xc3, 0xc4, 0xc5, 0xc6,
    0xc7, 0xcc, 0xcd, 0xce, 0xcf, 0xd4, 0xd5, 0xd6, 0xd7, 0xdb, 0xdc, 0xdd, 0xde};

TEST(ExtendedTable, HasTheOpcodesOfTheRfcAndThoseThatLinuxAdds) {
  std::set<unsigned> expected = kOpcodesOfTheRfc;
  expected.insert(
      {0x8d, 0xcb, 0xd3, 0xe5});  // callx, acquire and release of 16 and 8 bits, may_goto
  std::set<unsigned> found;
  for (const ExtendedInfo& row : extended_table()) found.insert(row.code);
  EXPECT_EQ(found, expected);
}

TEST(ExtendedTable, EveryRowIsFoundByItsInstruction) {
  for (const ExtendedInfo& row : extended_table()) {
    const auto insn = testing::instruction_of(row, {.dst = 1, .src = 2, .off = 3, .imm = 4});
    EXPECT_EQ(find_extended(insn[0]), &row) << format_extended(insn, 0);
  }
}

TEST(ExtendedTable, OnlyJumpsCallsAndFunctionAddressesHaveADistance) {
  for (const ExtendedInfo& row : extended_table()) {
    const auto insn = testing::instruction_of(row, {.dst = 1, .src = 2, .off = 77, .imm = 77});
    const std::string text = format_extended(insn, 0);
    const bool leads =
        text.find("pc+77") != std::string::npos || text.find("subprog[+77") != std::string::npos;
    EXPECT_EQ(row.distance() != kNoField, leads) << text;
  }
}

TEST(ExtendedTable, MakersMakeRows) {
  for (const ExtendedInsn& insn :
       {alu64(AluOp::kMov, kR1, kR2), alu64(AluOp::kAdd, kR1, 5), alu32(AluOp::kXor, kR1, kR2),
        alu32(AluOp::kLsh, kR1, 5), from_be(kR1, 16), jump32(JumpOp::kEq, kR1, kR2, 1),
        jump32(JumpOp::kSet, kR1, 5, 1), go_to(1), call_helper(1), exit_program(),
        load_memory(AccessSize::kByte, kR1, kR2, 3), store_memory(AccessSize::kWord, kR1, 3, kR2),
        load_packet(AccessSize::kHalf, 12), load_packet(AccessSize::kHalf, kR7, 12)}) {
    EXPECT_NE(find_extended(insn), nullptr) << int{insn.code};
  }
}

// `FN(map_lookup_elem),` or `FN(map_lookup_elem, 1, ##ctx)`.
TEST(Helpers, HaveTheNumbersOfTheKernelsHeader) {
  std::ifstream header("/usr/include/linux/bpf.h");
  if (!header) GTEST_SKIP() << "/usr/include/linux/bpf.h is not there";
  std::stringstream text;
  text << header.rdbuf();
  std::string all = text.str();
  all = all.substr(all.find("__BPF_FUNC_MAPPER(FN)"));
  const std::regex entry(R"(\bFN\((\w+))");
  std::int32_t number = 0;
  for (std::sregex_iterator it(all.begin(), all.end(), entry), end; it != end; ++it) {
    const std::string name = (*it)[1];
    if (name == "unspec") continue;
    EXPECT_EQ(helper_name(++number), "bpf_" + name);
    EXPECT_EQ(helper_number("bpf_" + name), number);
  }
  EXPECT_GE(number, 200);
}

TEST(Helpers, NothingElseIsOne) {
  EXPECT_EQ(helper_name(0), "");
  EXPECT_EQ(helper_name(-1), "");
  EXPECT_EQ(helper_name(212), "");
  EXPECT_EQ(helper_name(211), "bpf_cgrp_storage_delete");
  EXPECT_EQ(helper_number("map_lookup_elem"), 0);
}

}  // namespace
}  // namespace weir::isa
