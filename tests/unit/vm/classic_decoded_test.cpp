// The decoded program against the reference: on random programs and packets, and where the two may
// come apart.
#include "vm/classic_decoded.h"

#include <gtest/gtest.h>

#include <string_view>
#include <vector>

#include "isa/classic.h"
#include "isa/classic_print.h"
#include "isa/classic_read.h"
#include "support/random_packet.h"
#include "support/random_program.h"

namespace weir::vm {
namespace {

using Bytes = std::vector<std::byte>;
using isa::branch;
using isa::stmt;

ClassicProgram program_of(std::string_view text) {
  diag::Diagnostics diagnostics;
  const auto out = isa::assemble_classic(text, diagnostics);
  for (const auto& diagnostic : diagnostics.all()) ADD_FAILURE() << diagnostic.message;
  return out ? out->program : ClassicProgram{};
}

// Runs both engines on the packet; gives the verdict that they agree on.
std::uint32_t verdict(const ClassicProgram& program, const Bytes& packet,
                      std::uint64_t budget = kDefaultBudget) {
  const auto decoded = DecodedClassic::decode(program, budget);
  if (!decoded) {
    ADD_FAILURE() << "refused:\n" << isa::format_listing(program);
    return 0;
  }
  const ClassicInput input = {.bytes = packet, .wire_length = 1500};
  const std::uint32_t expected = run_classic(program, input, {.budget = budget}).verdict;
  EXPECT_EQ(decoded->run(packet, 1500), expected)
      << isa::format_listing(program) << "packet of " << packet.size() << " bytes";
  return expected;
}

TEST(DecodedClassic, RandomProgramsGiveTheReferencesVerdict) {
  testing::RandomProgram programs(7);
  testing::RandomPacket packets(8);
  int matched = 0;
  for (int i = 0; i < 4'000; ++i) {
    const ClassicProgram program = programs.next(60);
    for (int j = 0; j < 10; ++j) matched += verdict(program, packets.next(100)) != 0 ? 1 : 0;
  }
  EXPECT_GT(matched, 4'000) << "most programs ended early";
}

// What is decoded to one instruction: every load with every comparison, with a mask between them
// and without, at both ends of the packet and of the values.
TEST(DecodedClassic, LoadsWithTheirComparisonsGiveTheReferencesVerdict) {
  constexpr std::uint32_t kLimits[] = {0, 1, 0x7f, 0xff, 0x8000, 0xffff, 0x80000000, 0xffffffff};
  const Bytes packet = {std::byte{0xff}, std::byte{0xff}, std::byte{0xff},
                        std::byte{0xff}, std::byte{0x80}, std::byte{0}};
  int matched = 0;
  for (const auto load :
       {isa::kLdAbs, isa::kLdhAbs, isa::kLdbAbs, isa::kLdInd, isa::kLdhInd, isa::kLdbInd}) {
    for (const auto comparison : {isa::kJeqK, isa::kJgtK, isa::kJgeK, isa::kJsetK}) {
      for (const std::uint32_t limit : kLimits) {
        for (std::uint32_t at = 0; at < 8; ++at) {
          // A is returned, so that what the load left there counts, too.
          ClassicProgram program = {
              stmt(isa::kLdxImm, at / 2), stmt(load, at),      branch(comparison, limit, 1, 0),
              stmt(isa::kRetA),           stmt(isa::kAddK, 7), stmt(isa::kRetA)};
          matched += verdict(program, packet) != 0 ? 1 : 0;
          program.insert(program.begin() + 2, stmt(isa::kAndK, 0x80ff));
          matched += verdict(program, packet) != 0 ? 1 : 0;
        }
      }
    }
  }
  EXPECT_GT(matched, 1'000);
}

TEST(DecodedClassic, AJumpMayLeadBetweenALoadAndItsComparison) {
  const ClassicProgram program = {stmt(isa::kLdImm, 5),        branch(isa::kJeqK, 5, 1, 0),
                                  stmt(isa::kLdbAbs, 0),       stmt(isa::kAndK, 0xf),
                                  branch(isa::kJeqK, 5, 0, 1), stmt(isa::kRetK, 1),
                                  stmt(isa::kRetK, 2)};
  EXPECT_EQ(verdict(program, {std::byte{0}}), 1u);
}

TEST(DecodedClassic, ALoadBehindThePacketOfItsLongestOffsetIsOutOfBounds) {
  EXPECT_EQ(verdict(program_of("ldx #0xffffffff\nldb [x + 1]\njeq #0, a, b\na: ret #1\nb: ret #2"),
                    Bytes(8)),
            0u);
  EXPECT_EQ(verdict(program_of("ld [4294967292]\nret #1"), Bytes(8)), 0u);
  EXPECT_EQ(verdict(program_of("ldb vlan_avail\nret #1"), Bytes(8)), 0u);
}

TEST(DecodedClassic, CellsBeginAsZero) {
  EXPECT_EQ(verdict(program_of("ld #3\nst M[1]\nld M[2]\nadd #9\nret a"), {}), 9u);
  EXPECT_EQ(verdict(program_of("ldx M[15]\ntxa\nadd #4\nret a"), {}), 4u);
}

// Adds one to A until it is `rounds`, with as many jumps backwards.
ClassicProgram loop(std::uint32_t rounds) {
  return {stmt(isa::kAddK, 1), branch(isa::kJeqK, rounds, 1, 0),
          stmt(isa::kJa, static_cast<std::uint32_t>(-3)), stmt(isa::kRetA)};
}

TEST(DecodedClassic, LoopsRunAsLongAsTheBudgetLasts) {
  constexpr std::uint64_t kBudget = 300;  // 100 rounds of 3 instructions
  EXPECT_EQ(verdict(loop(50), {}, kBudget), 50u);
  EXPECT_EQ(verdict(loop(90), {}, kBudget), 90u) << "more rounds than are sure to be in the budget";
  EXPECT_EQ(verdict(loop(100), {}, kBudget), 100u);
  EXPECT_EQ(verdict(loop(101), {}, kBudget), 0u);
  EXPECT_EQ(
      verdict({stmt(isa::kJa, static_cast<std::uint32_t>(-1)), stmt(isa::kRetK, 1)}, {}, kBudget),
      0u);
}

TEST(DecodedClassic, RefusesWhatTheCheckRefuses) {
  EXPECT_FALSE(DecodedClassic::decode({}));
  EXPECT_FALSE(DecodedClassic::decode({stmt(isa::kLdImm, 1)})) << "no return at the end";
  EXPECT_FALSE(DecodedClassic::decode({branch(isa::kJeqK, 0, 5, 0), stmt(isa::kRetA)}));
  EXPECT_FALSE(DecodedClassic::decode({stmt(isa::kLdMem, 16), stmt(isa::kRetA)}));
}

}  // namespace
}  // namespace weir::vm
