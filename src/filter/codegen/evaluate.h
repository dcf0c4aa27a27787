// Instructions that bring a value of the IR into A or X, using what the registers hold already.
//
// Iterative, by a stack of steps: a value may be as deep as the user's arithmetic.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <weir/classic.h>

#include "filter/codegen/cells.h"
#include "filter/codegen/registers.h"
#include "filter/ir/ir.h"

namespace weir::filter::codegen {

class Evaluator {
 public:
  // `kept`: a bit a value; those are stored in a cell when they are computed.
  Evaluator(const ir::Function& f, const ir::Marks& kept, ir::Vector<ClassicInsn>& code);

  void to_a(ir::ValueId v);
  void to_x(ir::ValueId v);
  // A = a and X = b.
  void pair(ir::ValueId a, ir::ValueId b);
  // Parameter `id` takes value v, in the register of its home.
  void assign(ir::ParamId id, ir::ValueId v, ir::ValueId param_value);

  Registers& registers() { return registers_; }

  // Forgets A and X, and temporary cells: what the reference code generation does at every node.
  void forget();

  // How often each value was computed so far; more than once means that it was lost in between.
  const ir::Vector<std::uint8_t>& computed() const { return computed_; }
  // Some parameter was not where it was needed: it must be kept.
  const ir::Vector<ir::ValueId>& missing() const { return missing_; }
  // More values were alive at once than there are scratch cells.
  bool out_of_cells() const { return out_of_cells_; }

 private:
  enum class Do : std::uint8_t { kToA, kToX, kPair, kOpK, kOpX, kLoadIndirect, kSaveA };
  struct Step {
    Do what;
    ir::ValueId v = ir::kNone;
    ir::ValueId w = ir::kNone;
  };

  void run(Step first);
  void step(const Step& s);
  void step_to_a(ir::ValueId v);
  void step_to_x(ir::ValueId v);
  void step_pair(ir::ValueId a, ir::ValueId b);
  void step_binary(ir::ValueId v);
  // X = v without touching A, when one instruction can do it.
  bool quick_x(ir::ValueId v);
  bool is_quick_x(ir::ValueId v) const;
  bool reads_at_x(ir::ValueId v) const;
  bool uses_x(ir::ValueId v);

  void push(ClassicInsn insn) { code_.push_back(insn); }
  void have_a(ir::ValueId v);
  void save_a();
  void store(isa::ClassicOp op, ir::ValueId v);
  std::optional<std::uint32_t> cell_of(ir::ValueId v) const;
  std::optional<std::uint32_t> free_cell() const;
  bool is_header_length(ir::ValueId v) const;

  const ir::Function& f_;
  const ir::Marks& kept_;
  CellPlan own_cells_;
  ir::Vector<ClassicInsn>& code_;
  Registers registers_;
  ir::Vector<Step> steps_;
  ir::Marks uses_x_;  // a value: computing it needs X; empty until it is asked
  ir::Vector<std::uint8_t> computed_;
  ir::Vector<ir::ValueId> missing_;
  bool out_of_cells_ = false;
};

}  // namespace weir::filter::codegen
