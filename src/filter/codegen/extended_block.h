// Blocks of extended code before their jumps have distances, in layout order.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>

#include "filter/codegen/block.h"
#include "isa/extended.h"

namespace weir::filter::codegen {

struct ExtendedBlock {
  enum class Exit : std::uint8_t { kGoto, kBranch, kEnd };  // kEnd: the code ends the program

  Label label = 0;
  std::uint32_t first = 0;  // code[first .. first + count) of the list
  std::uint32_t count = 0;
  Exit exit = Exit::kGoto;
  isa::ExtendedInsn branch{};  // kBranch: the jump, without its distance
  Label on_true = kReject;     // kGoto: the only target
  Label on_false = kReject;
};

struct ExtendedBlockList {
  explicit ExtendedBlockList(ir::Memory memory) : blocks(memory), code(memory) {}

  ir::Vector<ExtendedBlock> blocks;
  ir::Vector<isa::ExtendedInsn> code;
  Label labels = 0;  // labels are less than this
};

// Appends blocks to a list, one after the other.
class ExtendedEmitter {
 public:
  explicit ExtendedEmitter(ExtendedBlockList& list) : list_(list) {}

  Label fresh() { return list_.labels++; }
  void begin(Label label) {
    block_ = {.label = label, .first = static_cast<std::uint32_t>(list_.code.size())};
  }
  void put(const isa::ExtendedInsn& insn) { list_.code.push_back(insn); }
  void put(const isa::ExtendedProgram& code) {
    for (const isa::ExtendedInsn& insn : code) put(insn);
  }
  void go_to(Label target) {
    block_.on_true = target;
    close(ExtendedBlock::Exit::kGoto);
  }
  void branch(const isa::ExtendedInsn& jump, Label on_true, Label on_false) {
    block_.branch = jump;
    block_.on_true = on_true;
    block_.on_false = on_false;
    close(ExtendedBlock::Exit::kBranch);
  }
  void end() { close(ExtendedBlock::Exit::kEnd); }
  // Goes on where the jump is not taken.
  void leave_if(const isa::ExtendedInsn& jump, Label target) {
    const Label next = fresh();
    branch(jump, target, next);
    begin(next);
  }
  // Goes on where nothing leads, with code that will not be placed.
  void leave(Label target) {
    go_to(target);
    begin(fresh());
  }

 private:
  void close(ExtendedBlock::Exit exit) {
    block_.exit = exit;
    block_.count = static_cast<std::uint32_t>(list_.code.size()) - block_.first;
    list_.blocks.push_back(block_);
  }

  ExtendedBlockList& list_;
  ExtendedBlock block_;
};

// Places the blocks that the first one leads to, and gives jumps their distances: a jump to the
// next block is left out, and a branch is turned round where that saves one. nullopt when one
// reaches further than 2^15 slots.
std::optional<isa::ExtendedProgram> assemble_extended(const ExtendedBlockList& list);

}  // namespace weir::filter::codegen
