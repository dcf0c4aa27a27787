// By the shape of the code: libpcap generates each of these sequences at one place.
#include "diff/filter/mend.h"

#include <linux/filter.h>

#include <algorithm>
#include <array>
#include <bitset>
#include <regex>
#include <span>
#include <vector>

namespace weir::difftest {
namespace {

constexpr std::uint16_t kNoOperation = BPF_ALU | BPF_ADD | BPF_K;  // with k 0

// X is the place of an authentication header: X = 4 * (P[X + 1] + 2).
constexpr auto kAuthenticationStep = std::to_array<std::uint16_t>({
    BPF_MISC | BPF_TXA,
    BPF_ALU | BPF_ADD | BPF_K,
    BPF_MISC | BPF_TAX,
    BPF_LD | BPF_IND | BPF_B,
    BPF_ALU | BPF_ADD | BPF_K,
    BPF_ALU | BPF_MUL | BPF_K,
    BPF_MISC | BPF_TAX,
});

// X += 4 * (P[X + 1] + 2); `header` is where the chain's headers are counted from.
void mend_step(std::span<ClassicInsn> step, std::uint32_t header) {
  const auto mended = std::to_array<ClassicInsn>({
      {.code = BPF_LD | BPF_IND | BPF_B, .k = header + 1},
      {.code = BPF_ALU | BPF_ADD | BPF_K, .k = 2},
      {.code = BPF_ALU | BPF_MUL | BPF_K, .k = 4},
      {.code = BPF_ALU | BPF_ADD | BPF_X},
      {.code = BPF_MISC | BPF_TAX},
      {.code = kNoOperation},
      {.code = kNoOperation},
  });
  static_assert(mended.size() == kAuthenticationStep.size());
  std::ranges::copy(mended, step.begin());
}

void mend_authentication_headers(std::span<ClassicInsn> code) {
  for (std::size_t at = 0; at + kAuthenticationStep.size() <= code.size(); ++at) {
    const auto step = code.subspan(at, kAuthenticationStep.size());
    if (std::ranges::equal(step, kAuthenticationStep, {}, &ClassicInsn::code)) {
      mend_step(step, step[3].k);
    }
  }
}

bool is_alu_with_constant(const ClassicInsn& insn) {
  return BPF_CLASS(insn.code) == BPF_ALU && BPF_SRC(insn.code) == BPF_K;
}

// What arithmetic stores comes out of a load or out of an operation with X, and is stored once. An
// offset comes out of an operation with a constant, or goes on to X or into a second cell at once.
bool stores_operand(std::span<const ClassicInsn> code, std::size_t at) {
  if (code[at].code != BPF_ST || at == 0 || at + 1 == code.size()) return false;
  const ClassicInsn& before = code[at - 1];
  const ClassicInsn& after = code[at + 1];
  return !is_alu_with_constant(before) && before.code != BPF_ST && after.code != BPF_ST &&
         after.code != (BPF_MISC | BPF_TAX);
}

bool loads_cell(const ClassicInsn& insn) {
  return (BPF_CLASS(insn.code) == BPF_LD || BPF_CLASS(insn.code) == BPF_LDX) &&
         BPF_MODE(insn.code) == BPF_MEM;
}

using Cells = std::bitset<BPF_MEMWORDS>;

enum class Access : std::uint8_t { kNone, kOperandStore, kOperandLoad, kOffset };

// An operand is stored and then loaded once, with no jump between the two.
std::vector<Access> cell_accesses(std::span<const ClassicInsn> code) {
  std::vector<Access> accesses(code.size(), Access::kNone);
  Cells operands;
  for (std::size_t at = 0; at < code.size(); ++at) {
    if (BPF_CLASS(code[at].code) == BPF_JMP) operands.reset();
    if (stores_operand(code, at)) {
      accesses[at] = Access::kOperandStore;
      operands.set(code[at].k);
    } else if (loads_cell(code[at])) {
      accesses[at] = operands[code[at].k] ? Access::kOperandLoad : Access::kOffset;
      operands.reset(code[at].k);
    }
  }
  return accesses;
}

Cells offset_cells(std::span<const ClassicInsn> code, std::span<const Access> accesses) {
  Cells cells;
  for (std::size_t at = 0; at < code.size(); ++at) {
    if (accesses[at] == Access::kOffset) cells.set(code[at].k);
  }
  return cells;
}

std::uint32_t lowest_free(const Cells& taken) {
  std::uint32_t cell = 0;
  while (cell < taken.size() && taken[cell]) ++cell;
  return cell;
}

}  // namespace

std::string mend_expression(const std::string& expression) {
  static const std::regex kByteTest(R"(\bbyte\s+(\w+)\s*([&|])\s*(\w+))");
  static const std::regex kIpMulticast(R"(\bip\s+multicast\b)");
  const std::string tested = std::regex_replace(expression, kByteTest, "(link[$1] $2 $3 != 0)");
  return std::regex_replace(tested, kIpMulticast, "(ip[16] & 0xf0 = 0xe0)");
}

ClassicProgram mend_code(ClassicProgram code) {
  mend_authentication_headers(code);
  return code;
}

ClassicProgram drop_dead_loads(ClassicProgram code) {
  for (std::size_t at = 0; at + 1 < code.size(); ++at) {
    const ClassicInsn& next = code[at + 1];
    const bool dead = next.code == (BPF_ALU | BPF_AND | BPF_K) && next.k == 0;
    if (dead && BPF_CLASS(code[at].code) == BPF_LD) code[at] = {.code = BPF_LD | BPF_IMM};
  }
  return code;
}

ClassicProgram part_cells(ClassicProgram code) {
  const std::vector<Access> accesses = cell_accesses(code);
  const Cells offsets = offset_cells(code, accesses);
  Cells taken = offsets;
  std::array<std::uint32_t, BPF_MEMWORDS> moved = {};
  for (std::size_t at = 0; at < code.size(); ++at) {
    std::uint32_t& cell = code[at].k;
    if (BPF_CLASS(code[at].code) == BPF_JMP) taken = offsets;
    if (accesses[at] == Access::kOperandStore) {
      cell = moved[cell] = lowest_free(taken);
      if (cell < taken.size()) taken.set(cell);
    } else if (accesses[at] == Access::kOperandLoad) {
      cell = moved[cell];
      if (cell < taken.size()) taken.reset(cell);
    }
  }
  return code;
}

}  // namespace weir::difftest
