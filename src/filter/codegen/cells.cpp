#include "filter/codegen/cells.h"

#include <algorithm>
#include <functional>
#include <optional>

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

// Sets of parameters, one a row.
class ParamSets {
 public:
  ParamSets(std::size_t rows, std::size_t params, ir::Memory memory)
      : words_((params + kBits - 1) / kBits), bits_(rows * words_, 0, memory) {}

  void add(std::size_t row, ParamId id) { word(row, id) |= bit(id); }
  void remove(std::size_t row, ParamId id) { word(row, id) &= ~bit(id); }
  void add_all(std::size_t row, const ParamSets& from, std::size_t from_row) {
    for (std::size_t i = 0; i < words_; ++i) {
      bits_[row * words_ + i] |= from.bits_[from_row * words_ + i];
    }
  }
  bool has(std::size_t row, ParamId id) const {
    return (bits_[row * words_ + id / kBits] & bit(id)) != 0;
  }

 private:
  static constexpr std::size_t kBits = 64;

  static std::uint64_t bit(ParamId id) { return std::uint64_t{1} << id % kBits; }
  std::uint64_t& word(std::size_t row, ParamId id) { return bits_[row * words_ + id / kBits]; }

  std::size_t words_;  // a row
  ir::Vector<std::uint64_t> bits_;
};

// Whose values must not be overwritten where another is assigned.
class Conflicts {
 public:
  explicit Conflicts(const Function& f)
      : f_(f),
        read_by_(f.values.size(), f.params.size(), f.memory),
        with_(f.params.size(), f.params.size(), f.memory) {
    for (ValueId id = 0; id < f.values.size(); ++id) {
      const ir::Value& v = f.values[id];
      if (v.op == ir::Op::kParam) read_by_.add(id, v.k);
      if (v.a != kNone) read_by_.add_all(id, read_by_, v.a);
      if (v.b != kNone) read_by_.add_all(id, read_by_, v.b);
    }
    find();
  }

  bool between(ParamId a, ParamId b) const { return with_.has(a, b) || with_.has(b, a); }

 private:
  // From the end: a parameter is alive where some way on reads it before it assigns it.
  void find() {
    ParamSets alive(f_.nodes.size(), f_.params.size(), f_.memory);
    for (NodeId id = ir::kAcceptNode + 1; id <= f_.root; ++id) {
      const Node& n = f_.nodes[id];
      ir::for_each_successor(f_, n, [&](NodeId next) { alive.add_all(id, alive, next); });
      if (n.kind == ir::NodeKind::kAssign) {
        with_.add_all(n.index, alive, id);
        alive.remove(id, n.index);
      }
      ir::for_each_operand(n, [&](ValueId v) { alive.add_all(id, read_by_, v); });
    }
  }

  const Function& f_;
  ParamSets read_by_;  // a row a value: the parameters that computing it reads
  ParamSets with_;     // a row a parameter
};

}  // namespace

CellPlan::CellPlan(const Function& f, const ir::Marks& kept)
    : cells_(f.values.size(), kNoCell, f.memory) {
  if (std::ranges::any_of(kept, std::identity{})) share(f, kept);
}

std::optional<std::uint32_t> CellPlan::cell_of(ValueId value) const {
  if (cells_[value] >= kChainCell) return std::nullopt;
  return cells_[value];
}

void CellPlan::share(const Function& f, const ir::Marks& kept) {
  std::optional<Conflicts> conflicts;  // made when two parameters are kept
  ir::Vector<ValueId> placed(f.memory);
  for (ValueId id = 0; id < kept.size(); ++id) {
    if (!kept[id]) continue;
    const bool is_param = f.values[id].op == ir::Op::kParam;
    std::uint32_t cell = 0;
    const auto taken = [&](ValueId other) {
      if (cells_[other] != cell) return false;
      if (!is_param || f.values[other].op != ir::Op::kParam) return true;
      if (!conflicts) conflicts.emplace(f);
      return conflicts->between(f.values[id].k, f.values[other].k);
    };
    while (cell < kNoCell && std::ranges::any_of(placed, taken)) ++cell;
    cells_[id] = static_cast<std::uint8_t>(cell);
    count_ = std::max(count_, cell + 1);
    placed.push_back(id);
  }
}

}  // namespace weir::filter::codegen
