#include "filter/codegen/assemble.h"

#include <algorithm>
#include <array>
#include <numeric>

#include "isa/classic.h"

namespace weir::filter::codegen {
namespace {

using isa::kMaxBranch;

// Linux takes the cells that are not stored at a `ret` for not stored behind it, too: where cells
// are loaded, each `ret` must stand at the end. Code that loops is not for Linux.
bool may_return_early(const BlockList& list) {
  const bool loads_cells = std::ranges::any_of(list.code, [](const ClassicInsn& insn) {
    return insn.code == isa::kLdMem || insn.code == isa::kLdxMem;
  });
  const bool loops =
      std::ranges::any_of(list.blocks, [](const Block& b) { return b.exit == Block::Exit::kLoop; });
  return loops || !loads_cells;
}

// Writes the program from its end, so that the place of every forward target is known. Positions
// count instructions from the end: position p is the p-th last instruction.
class BackwardWriter {
 public:
  BackwardWriter(const BlockList& list, std::uint32_t snaplen)
      : list_(list),
        returns_{0, snaplen},
        copies_returns_(may_return_early(list)),
        position_(list.labels, 0, list.code.arena()),
        alias_(list.labels, Label{0}, list.code.arena()),
        loops_(list.code.arena()) {
    code_.reserve(list.code.size() + list.blocks.size() + 8);
  }

  ClassicProgram run() {
    find_aliases();
    place_returns();
    for (std::size_t i = list_.blocks.size(); i-- > 0;) block(list_.blocks[i]);
    std::ranges::reverse(code_);
    close_loops();
    return std::move(code_);
  }

 private:
  struct Loop {
    std::uint32_t at;  // position of its `ja`
    Label target;
  };

  std::uint32_t here() const { return static_cast<std::uint32_t>(code_.size()); }
  bool placed(Label label) const { return position_[label] != 0; }
  // Instructions between one that is written now and the target.
  std::uint32_t distance(Label label) const { return here() - position_[label]; }
  bool in_reach(Label label, std::uint32_t slack) const {
    return placed(label) && distance(label) + slack <= kMaxBranch;
  }

  // A block that does nothing but go on is the one that it goes on to.
  void find_aliases() {
    std::iota(alias_.begin(), alias_.end(), Label{0});
    for (std::size_t i = list_.blocks.size(); i-- > 1;) {
      const Block& b = list_.blocks[i];
      if (b.count == 0 && b.exit == Block::Exit::kGoto) alias_[b.label] = alias_[b.on_true];
    }
  }

  // `accept`, then `reject`, stand last, where somebody wants them.
  void place_returns() {
    std::array<bool, 2> wanted{};
    for (const Block& b : list_.blocks) {
      const bool branches = b.exit == Block::Exit::kBranch;
      if (!branches && copies_returns_) continue;
      for (const Label target : {alias_[b.on_true], alias_[branches ? b.on_false : b.on_true]}) {
        if (target <= kAccept) wanted[target] = true;
      }
    }
    for (const Label target : {kReject, kAccept}) {
      if (!wanted[target]) continue;
      push(isa::stmt(isa::kRetK, returns_[target]));
      mark(target);
    }
  }

  void push(const ClassicInsn& insn) { code_.push_back(insn); }
  void mark(Label label) { position_[label] = here(); }

  void block(const Block& b) {
    if (alias_[b.label] != b.label) return;
    switch (b.exit) {
      case Block::Exit::kGoto:
        go_to(alias_[b.on_true]);
        break;
      case Block::Exit::kBranch:
        branch(b);
        break;
      case Block::Exit::kLoop:
        push(isa::stmt(isa::kJa));
        loops_.push_back({here(), b.on_true});
        break;
    }
    for (std::uint32_t i = b.count; i-- > 0;) push(list_.code[b.first + i]);
    mark(b.label);
  }

  void go_to(Label target) {
    if (placed(target) && distance(target) == 0) return;
    leave_to(target);
  }

  void leave_to(Label target) {
    if (target <= kAccept && copies_returns_) {
      push(isa::stmt(isa::kRetK, returns_[target]));
    } else {
      push(isa::stmt(isa::kJa, distance(target)));
    }
  }

  // A place near enough to branch to: nothing falls into it, for it follows a branch.
  void make_reachable(Label target, std::uint32_t slack) {
    if (in_reach(target, slack)) return;
    leave_to(target);
    mark(target);
  }

  void branch(const Block& b) {
    // One more instruction may come between the branch and the first target: the other's detour.
    const Label on_true = alias_[b.on_true];
    const Label on_false = alias_[b.on_false];
    make_reachable(on_false, 1);
    make_reachable(on_true, 0);
    ClassicInsn insn = b.branch;
    insn.jt = static_cast<std::uint8_t>(distance(on_true));
    insn.jf = static_cast<std::uint8_t>(distance(on_false));
    push(insn);
  }

  void close_loops() {
    for (const Loop& loop : loops_) {
      const std::uint32_t at = here() - loop.at;
      const std::uint32_t target = here() - position_[loop.target];
      code_[at].k = target - at - 1;
    }
  }

  const BlockList& list_;
  std::array<std::uint32_t, 2> returns_;
  bool copies_returns_;
  // Where a label's nearest stand-in is, the block itself or a detour to it; 0 is not placed yet.
  ir::Vector<std::uint32_t> position_;
  ir::Vector<Label> alias_;
  ir::Vector<Loop> loops_;
  ClassicProgram code_;
};

}  // namespace

ClassicProgram assemble(const BlockList& list, std::uint32_t snaplen) {
  return BackwardWriter(list, snaplen).run();
}

}  // namespace weir::filter::codegen
