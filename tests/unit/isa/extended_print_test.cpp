#include "isa/extended_print.h"

#include <gtest/gtest.h>

#include <array>
#include <string_view>

#include "isa/extended_code.h"

namespace weir::isa {
namespace {

struct Written {
  ExtendedInsn insn;
  std::string_view verifier;
  std::string_view llvm;
};

// As the verifier of Linux 6.18 and llvm-objdump 19 write them.
const std::array kWritten = {
    Written{make_insn(0x07, 1, 0, 0, -5), "r1 += -5", "r1 += -0x5"},
    Written{make_insn(0x04, 1, 0, 0, INT32_MAX), "w1 += 2147483647", "w1 += 0x7fffffff"},
    Written{make_insn(0xbf, 1, 2), "r1 = r2", "r1 = r2"},
    Written{make_insn(0xbc, 1, 2, 16), "w1 = (s16)w2", "w1 = (s16)w2"},
    Written{make_insn(0xbf, 1, 2, 32), "r1 = (s32)r2", "r1 = (s32)r2"},
    Written{make_insn(0xbf, 1, 2, 1, 0x10000), "r1 = addr_space_cast(r2, 1, 0)",
            "r1 = addr_space_cast(r2, 0x1, 0x0)"},
    Written{make_insn(0x3f, 1, 2, 1), "r1 s/= r2", "r1 s/= r2"},
    Written{make_insn(0x94, 1, 0, 1, 7), "w1 s%= 7", "w1 s%= 0x7"},
    Written{make_insn(0xc7, 1, 0, 0, 3), "r1 s>>= 3", "r1 s>>= 0x3"},
    Written{make_insn(0x84, 1), "w1 = -w1", "w1 = -w1"},
    Written{make_insn(0xdc, 1, 0, 0, 16), "r1 = be16 r1", "r1 = be16 r1"},
    Written{make_insn(0xd7, 1, 0, 0, 32), "r1 = bswap32 r1", "r1 = bswap32 r1"},
    Written{make_insn(0x71, 1, 2, 23), "r1 = *(u8 *)(r2 +23)", "w1 = *(u8 *)(r2 + 0x17)"},
    Written{make_insn(0x79, 1, 2, -8), "r1 = *(u64 *)(r2 -8)", "r1 = *(u64 *)(r2 - 0x8)"},
    Written{make_insn(0x91, 1, 2, 4), "r1 = *(s8 *)(r2 +4)", "r1 = *(s8 *)(r2 + 0x4)"},
    Written{make_insn(0x73, 1, 2, -32768), "*(u8 *)(r1 -32768) = r2", "*(u8 *)(r1 - 0x8000) = w2"},
    Written{make_insn(0x62, 1, 0, 1, INT32_MIN), "*(u32 *)(r1 +1) = -2147483648",
            "*(u32 *)(r1 + 0x1) = -0x80000000"},
    Written{make_insn(0xc3, 1, 2, 8, 0x40), "lock *(u32 *)(r1 +8) |= r2",
            "lock *(u32 *)(r1 + 0x8) |= w2"},
    Written{make_insn(0xdb, 1, 2, 8, 0x01), "r2 = atomic64_fetch_add((u64 *)(r1 +8), r2)",
            "r2 = atomic_fetch_add((u64 *)(r1 + 0x8), r2)"},
    Written{make_insn(0xc3, 1, 2, 8, 0x51), "r2 = atomic_fetch_and((u32 *)(r1 +8), r2)",
            "w2 = atomic_fetch_and((u32 *)(r1 + 0x8), w2)"},
    Written{make_insn(0xc3, 1, 2, 8, 0xe1), "r2 = atomic_xchg((u32 *)(r1 +8), r2)",
            "w2 = xchg32_32(r1 + 0x8, w2)"},
    Written{make_insn(0xdb, 1, 2, 8, 0xf1), "r0 = atomic64_cmpxchg((u64 *)(r1 +8), r0, r2)",
            "r0 = cmpxchg_64(r1 + 0x8, r0, r2)"},
    Written{make_insn(0xd3, 1, 2, 8, 0x100), "r1 = load_acquire((u8 *)(r2 +8))",
            "w1 = load_acquire((u8 *)(r2 + 0x8))"},
    Written{make_insn(0xdb, 1, 2, 8, 0x110), "store_release((u64 *)(r1 +8), r2)",
            "store_release((u64 *)(r1 + 0x8), r2)"},
    Written{make_insn(0x28, 0, 0, 0, -5), "r0 = *(u16 *)skb[-5]", "r0 = *(u16 *)skb[-0x5]"},
    Written{make_insn(0x50, 0, 3), "r0 = *(u8 *)skb[r3 + 0]", "r0 = *(u8 *)skb[r3]"},
    Written{make_insn(0x15, 1, 0, 3, -5), "if r1 == 0xfffffffb goto pc+3",
            "if r1 == -0x5 goto +0x3"},
    Written{make_insn(0x6e, 1, 2, -3), "if w1 s> w2 goto pc-3", "if w1 s> w2 goto -0x3"},
    Written{make_insn(0x45, 1, 0, 3, 7), "if r1 & 0x7 goto pc+3", "if r1 & 0x7 goto +0x3"},
    Written{make_insn(0x05, 0, 0, -3), "goto pc-3", "goto -0x3"},
    Written{make_insn(0x06, 0, 0, 0, 70000), "gotol pc+70000", "gotol +0x11170"},
    Written{make_insn(0xe5, 0, 0, 3), "may_goto pc+3", "may_goto +0x3"},
    Written{make_insn(0x85, 0, 0, 0, 1), "call bpf_map_lookup_elem#1", "call 0x1"},
    Written{make_insn(0x85, 0, 0, 0, 999), "call unknown#999", "call 0x3e7"},
    Written{make_insn(0x85, 0, 1, 0, 5), "call pc+5", "call +0x5"},
    Written{make_insn(0x85, 0, 2, 0, 500), "call kfunc#500", "call kfunc#0x1f4"},
    Written{make_insn(0x85, 0, 2, 1, 500), "call kfunc#500 btf[1]", "call kfunc#0x1f4 btf[1]"},
    Written{make_insn(0x8d, 1), "callx r1", "callx r1"},
    Written{make_insn(0x95), "exit", "exit"},
    Written{make_insn(0x8f), "unknown opcode 0x8f", "unknown opcode 0x8f"},
    Written{make_insn(0xdb, 1, 2, 0, 0x33), "unknown opcode 0xdb", "unknown opcode 0xdb"},
};

TEST(ExtendedPrinter, WritesAsTheVerifierAndAsLlvm) {
  for (const Written& written : kWritten) {
    const std::array program = {written.insn};
    EXPECT_EQ(format_extended(program, 0), written.verifier);
    EXPECT_EQ(format_extended(program, 0, ExtendedStyle::kLlvm), written.llvm);
  }
}

std::string wide(std::uint8_t kind, std::int32_t imm, std::int32_t next,
                 ExtendedStyle style = ExtendedStyle::kVerifier) {
  return format_extended(
      std::array{make_insn(kWideCode, 1, kind, 0, imm), make_insn(0, 0, 0, 0, next)}, 0, style);
}

TEST(ExtendedPrinter, TellsWhatALoadOf64BitsStandsFor) {
  EXPECT_EQ(wide(0, 0x55667788, 0x11223344), "r1 = 0x1122334455667788 ll");
  EXPECT_EQ(wide(0, -1, -1), "r1 = 0xffffffffffffffff ll");
  EXPECT_EQ(wide(0, -1, -1, ExtendedStyle::kLlvm), "r1 = -0x1 ll");
  EXPECT_EQ(wide(1, 5, 0), "r1 = map[fd:5]");
  EXPECT_EQ(wide(2, 5, 8), "r1 = map[fd:5][0]+8");
  EXPECT_EQ(wide(3, 5, 7), "r1 = var[btf_id:5, btf_fd:7]");
  EXPECT_EQ(wide(4, 5, 0), "r1 = subprog[+5]");
  EXPECT_EQ(wide(5, 2, 0), "r1 = map[idx:2]");
  EXPECT_EQ(wide(6, 2, -1), "r1 = map[idx:2]+4294967295");
}

TEST(ExtendedPrinter, HalfOf64BitsIsReadAsIfTheRestWereZero) {
  EXPECT_EQ(format_extended(std::array{make_insn(kWideCode, 1, 0, 0, 5)}, 0), "r1 = 0x5 ll");
}

const ExtendedProgram kShort = {make_insn(0xb7), make_insn(kWideCode, 1, 0, 0, 5), ExtendedInsn{},
                                exit_program()};

TEST(ExtendedPrinter, ListsWithPositionsAndSourceLines) {
  const std::array lines = {SourceLine{0, "int f() {\n  return 0;"}, SourceLine{3, "}"}};
  EXPECT_EQ(format_extended_listing(kShort, ExtendedStyle::kVerifier, lines),
            "; int f() {\n"
            ";   return 0;\n"
            "   0: (b7) r0 = 0\n"
            "   1: (18) r1 = 0x5 ll\n"
            "; }\n"
            "   3: (95) exit\n");
}

TEST(ExtendedPrinter, ListsBytesForLlvm) {
  EXPECT_EQ(format_extended_listing(kShort, ExtendedStyle::kLlvm, {}, std::endian::little),
            "       0:\tb7 00 00 00 00 00 00 00\tr0 = 0x0\n"
            "       1:\t18 01 00 00 05 00 00 00 00 00 00 00 00 00 00 00\tr1 = 0x5 ll\n"
            "       3:\t95 00 00 00 00 00 00 00\texit\n");
}

}  // namespace
}  // namespace weir::isa
