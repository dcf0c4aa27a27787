#include "filter/codegen/cells.h"

#include <algorithm>

#include "filter/codegen/registers.h"

namespace weir::filter::codegen {
namespace {

using ir::Function;
using ir::kNone;
using ir::Node;
using ir::NodeId;
using ir::ParamId;
using ir::ValueId;

constexpr std::uint8_t kNoCell = 0xff;

// A set of parameters.
class ParamSet {
 public:
  ParamSet(std::size_t size, ir::Memory memory) : bits_(size, false, memory) {}

  void add(ParamId id) { bits_[id] = true; }
  void remove(ParamId id) { bits_[id] = false; }
  void add(const ParamSet& other) {
    for (std::size_t i = 0; i < bits_.size(); ++i) {
      if (other.bits_[i]) bits_[i] = true;
    }
  }
  bool has(ParamId id) const { return bits_[id]; }

 private:
  ir::Marks bits_;
};

// Whose values must not be overwritten where another is assigned.
class Conflicts {
 public:
  explicit Conflicts(const Function& f)
      : f_(f),
        read_by_(f.values.size(), ParamSet(f.params.size(), f.memory), f.memory),
        with_(f.params.size(), ParamSet(f.params.size(), f.memory), f.memory) {
    for (ValueId id = 0; id < f.values.size(); ++id) {
      const ir::Value& v = f.values[id];
      if (v.op == ir::Op::kParam) read_by_[id].add(v.k);
      if (v.a != kNone) read_by_[id].add(read_by_[v.a]);
      if (v.b != kNone) read_by_[id].add(read_by_[v.b]);
    }
    find();
  }

  bool between(ParamId a, ParamId b) const { return with_[a].has(b) || with_[b].has(a); }

 private:
  // From the end: a parameter is alive where some way on reads it before it assigns it.
  void find() {
    ir::Vector<ParamSet> alive(f_.nodes.size(), ParamSet(f_.params.size(), f_.memory), f_.memory);
    for (NodeId id = ir::kAcceptNode + 1; id <= f_.root; ++id) {
      const Node& n = f_.nodes[id];
      ir::for_each_successor(f_, n, [&](NodeId next) { alive[id].add(alive[next]); });
      if (n.kind == ir::NodeKind::kAssign) {
        with_[n.index].add(alive[id]);
        alive[id].remove(n.index);
      }
      ir::for_each_operand(n, [&](ValueId v) { alive[id].add(read_by_[v]); });
    }
  }

  const Function& f_;
  ir::Vector<ParamSet> read_by_;  // a value: the parameters that computing it reads
  ir::Vector<ParamSet> with_;
};

}  // namespace

CellPlan::CellPlan(const Function& f, const ir::Marks& kept)
    : cells_(f.values.size(), kNoCell, f.memory) {
  if (std::ranges::count(kept, true) != 0) share(f, kept);
}

std::optional<std::uint32_t> CellPlan::cell_of(ValueId value) const {
  if (cells_[value] >= kChainCell) return std::nullopt;
  return cells_[value];
}

void CellPlan::share(const Function& f, const ir::Marks& kept) {
  const Conflicts conflicts(f);
  ir::Vector<ValueId> placed(f.memory);
  for (ValueId id = 0; id < kept.size(); ++id) {
    if (!kept[id]) continue;
    const bool is_param = f.values[id].op == ir::Op::kParam;
    std::uint32_t cell = 0;
    const auto taken = [&](ValueId other) {
      if (cells_[other] != cell) return false;
      return !is_param || f.values[other].op != ir::Op::kParam ||
             conflicts.between(f.values[id].k, f.values[other].k);
    };
    while (cell < kNoCell && std::ranges::any_of(placed, taken)) ++cell;
    cells_[id] = static_cast<std::uint8_t>(cell);
    count_ = std::max(count_, cell + 1);
    placed.push_back(id);
  }
}

}  // namespace weir::filter::codegen
