// Blocks: classic code before its jumps have distances. A block is straight-line code and one way
// to leave it; blocks stand in layout order and, but for the loop of a kChain, jump forward only.
#pragma once

#include <cstdint>

#include <weir/classic.h>

#include "filter/ir/ir.h"

namespace weir::filter::codegen {

using Label = std::uint32_t;

inline constexpr Label kReject = 0;
inline constexpr Label kAccept = 1;

struct Block {
  enum class Exit : std::uint8_t { kGoto, kBranch, kLoop };

  Label label = 0;
  std::uint32_t first = 0;  // code[first .. first + count) of the BlockList
  std::uint32_t count = 0;
  Exit exit = Exit::kGoto;
  ClassicInsn branch{};     // kBranch: the comparison, without distances
  Label on_true = kReject;  // kGoto and kLoop: the only target; kLoop's stands earlier
  Label on_false = kReject;
};

struct BlockList {
  explicit BlockList(ir::Memory memory) : blocks(memory), code(memory) {}

  ir::Vector<Block> blocks;
  ir::Vector<ClassicInsn> code;
  Label labels = 0;  // labels are less than this
};

}  // namespace weir::filter::codegen
