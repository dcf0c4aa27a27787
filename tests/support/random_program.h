// Random classic programs that the kernel's rules accept, for tests.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <random>

#include "isa/classic.h"

namespace weir::testing {

class RandomProgram {
 public:
  explicit RandomProgram(std::uint64_t seed) : random_(seed) {}

  // 1 to `max_size` instructions; all kinds of them, interesting constants; jumps go forward, cells
  // are stored before they are loaded, and returns stand between and at the end.
  ClassicProgram next(std::size_t max_size) {
    ClassicProgram program;
    const std::size_t size = 1 + below(static_cast<std::uint32_t>(max_size));
    stored_ = 0;
    straight_ = true;
    while (program.size() + 1 < size) program.push_back(instruction(size - program.size() - 1));
    program.push_back(below(2) == 0 ? isa::stmt(isa::kRetA) : isa::stmt(isa::kRetK, constant()));
    return program;
  }

  std::uint32_t below(std::uint32_t limit) { return static_cast<std::uint32_t>(random_() % limit); }

  // Small numbers, powers of two and their neighbours, limits, and anything.
  std::uint32_t constant() {
    switch (below(6)) {
      case 0:
        return below(4);
      case 1:
        return below(64);
      case 2:
        return (1u << below(32)) - 1 + below(3);
      case 3:
        return 0u - below(70);
      case 4:
        return below(1600);
      default:
        return static_cast<std::uint32_t>(random_());
    }
  }

 private:
  // `left`: instructions that follow.
  ClassicInsn instruction(std::size_t left) {
    while (true) {
      const isa::ClassicInfo& info = isa::kClassicTable[below(isa::kClassicTable.size())];
      if (ends_many_runs(info.op) && below(8) != 0) continue;
      if (isa::is_jump(info.op)) return jump(info, left);
      if (info.operand == isa::Operand::kCell) {
        const std::uint32_t cell = below(isa::kScratchCells);
        if (!may_use(info, cell)) continue;
        return isa::stmt(info.op, cell);
      }
      return isa::stmt(info.op, valid_constant(info));
    }
  }

  // Made rare, so that most runs go deep.
  static bool ends_many_runs(std::uint16_t code) {
    return isa::is_return(code) || code == isa::kDivX || code == isa::kModX ||
           code == isa::kLdInd || code == isa::kLdhInd || code == isa::kLdbInd;
  }

  // Cells count as stored only by what every way executes: the code before the first jump.
  bool may_use(const isa::ClassicInfo& info, std::uint32_t cell) {
    if (isa::is_store(info.op)) {
      if (straight_) stored_ |= 1u << cell;
      return true;
    }
    return (stored_ >> cell & 1) != 0;
  }

  ClassicInsn jump(const isa::ClassicInfo& info, std::size_t left) {
    straight_ = false;
    const auto reach = static_cast<std::uint32_t>(std::min<std::size_t>(left, 256));
    const auto distance = [&] {
      return static_cast<std::uint8_t>(below(2) == 0 ? below(std::min(reach, 4u)) : below(reach));
    };
    if (info.op == isa::kJa) return isa::stmt(isa::kJa, distance());
    return isa::branch(info.op, uses_k(info) ? constant() : 0, distance(), distance());
  }

  static bool uses_k(const isa::ClassicInfo& info) {
    return info.operand != isa::Operand::kNone && info.operand != isa::Operand::kIndex &&
           info.operand != isa::Operand::kPacketLength;
  }

  std::uint32_t valid_constant(const isa::ClassicInfo& info) {
    if (info.op == isa::kLshK || info.op == isa::kRshK) return below(32);
    if (info.op == isa::kDivK || info.op == isa::kModK) return std::max(constant(), 1u);
    if (info.operand == isa::Operand::kAbsolute && below(16) != 0) return below(40);
    if (info.operand == isa::Operand::kAbsolute) {
      return std::min(constant(), 0xfffff000u - 1);  // no kernel extension
    }
    if (info.op == isa::kLdxMsh && below(16) != 0) return below(40);
    if (info.operand == isa::Operand::kIndirect && below(4) != 0) return below(40);
    return uses_k(info) ? constant() : 0;
  }

  std::mt19937_64 random_;
  std::uint32_t stored_ = 0;
  bool straight_ = true;
};

}  // namespace weir::testing
