#include <limits>
#include <utility>

#include "filter/codegen/extended_block.h"

namespace weir::filter::codegen {
namespace {

using isa::ExtendedInsn;
using isa::JumpOp;

// The operation that jumps where `op` does not; nullopt when there is none.
std::optional<JumpOp> opposite(JumpOp op) {
  switch (op) {
    case JumpOp::kEq:
      return JumpOp::kNe;
    case JumpOp::kNe:
      return JumpOp::kEq;
    case JumpOp::kGt:
      return JumpOp::kLe;
    case JumpOp::kLe:
      return JumpOp::kGt;
    case JumpOp::kGe:
      return JumpOp::kLt;
    case JumpOp::kLt:
      return JumpOp::kGe;
    default:
      return std::nullopt;
  }
}

// What leaves a block, once it is known which block follows.
struct Ending {
  ExtendedInsn jumps[2];
  Label targets[2] = {};
  std::size_t count = 0;

  void add(ExtendedInsn jump, Label target) {
    jumps[count] = jump;
    targets[count++] = target;
  }
};

void add_goto(Ending& ending, Label target, Label next) {
  if (target != next) ending.add(isa::go_to(0), target);
}

Ending ending_of(const ExtendedBlock& block, Label next) {
  constexpr std::uint8_t kOpMask = 0xf0;
  Ending out;
  if (block.exit == ExtendedBlock::Exit::kEnd) return out;
  if (block.exit == ExtendedBlock::Exit::kGoto || block.on_true == block.on_false) {
    add_goto(out, block.on_true, next);
    return out;
  }
  const auto turned = opposite(static_cast<JumpOp>(block.branch.code & kOpMask));
  if (block.on_true == next && turned) {
    ExtendedInsn branch = block.branch;
    branch.code = static_cast<std::uint8_t>((branch.code & ~kOpMask) | std::to_underlying(*turned));
    out.add(branch, block.on_false);
  } else {
    out.add(block.branch, block.on_true);
    add_goto(out, block.on_false, next);
  }
  return out;
}

// The blocks that the first one leads to, in their order.
ir::Vector<ExtendedBlock> reachable(const ExtendedBlockList& list) {
  constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);
  ir::Vector<std::size_t> index(list.labels, kNowhere, list.code.arena());
  for (std::size_t i = 0; i < list.blocks.size(); ++i) index[list.blocks[i].label] = i;
  ir::Marks seen(list.blocks.size(), false, list.code.arena());
  ir::Vector<std::size_t> pending(list.code.arena());
  const auto visit = [&](Label label) {
    const std::size_t i = index[label];
    if (i == kNowhere || seen[i]) return;
    seen[i] = true;
    pending.push_back(i);
  };
  visit(list.blocks.front().label);
  while (!pending.empty()) {
    const ExtendedBlock& block = list.blocks[pending.back()];
    pending.pop_back();
    if (block.exit == ExtendedBlock::Exit::kEnd) continue;
    visit(block.on_true);
    if (block.exit == ExtendedBlock::Exit::kBranch) visit(block.on_false);
  }
  ir::Vector<ExtendedBlock> out(list.code.arena());
  for (std::size_t i = 0; i < list.blocks.size(); ++i) {
    if (seen[i]) out.push_back(list.blocks[i]);
  }
  return out;
}

class Assembler {
 public:
  explicit Assembler(const ExtendedBlockList& list)
      : list_(list), blocks_(reachable(list)), position_(list.labels, 0, list.code.arena()) {}

  std::optional<isa::ExtendedProgram> run() {
    place();
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
      const auto* const code = list_.code.data() + blocks_[i].first;
      program_.insert(program_.end(), code, code + blocks_[i].count);
      if (!put_ending(ending(i))) return std::nullopt;
    }
    return std::move(program_);
  }

 private:
  Ending ending(std::size_t i) const {
    return ending_of(blocks_[i], i + 1 < blocks_.size() ? blocks_[i + 1].label : list_.labels);
  }

  void place() {
    std::int64_t size = 0;
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
      position_[blocks_[i].label] = size;
      size += blocks_[i].count + static_cast<std::int64_t>(ending(i).count);
    }
    program_.reserve(static_cast<std::size_t>(size));
  }

  // False when a jump reaches too far.
  bool put_ending(const Ending& ending) {
    for (std::size_t j = 0; j < ending.count; ++j) {
      const std::int64_t distance =
          position_[ending.targets[j]] - static_cast<std::int64_t>(program_.size()) - 1;
      if (distance > std::numeric_limits<std::int16_t>::max() ||
          distance < std::numeric_limits<std::int16_t>::min())
        return false;
      program_.push_back(ending.jumps[j]);
      program_.back().off = static_cast<std::int16_t>(distance);
    }
    return true;
  }

  const ExtendedBlockList& list_;
  ir::Vector<ExtendedBlock> blocks_;
  ir::Vector<std::int64_t> position_;
  isa::ExtendedProgram program_;
};

}  // namespace

std::optional<isa::ExtendedProgram> assemble_extended(const ExtendedBlockList& list) {
  return Assembler(list).run();
}

}  // namespace weir::filter::codegen
