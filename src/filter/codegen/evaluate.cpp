#include "filter/codegen/evaluate.h"

#include <algorithm>
#include <array>

#include "base/check.h"
#include "filter/codegen/immediate.h"
#include "isa/classic.h"

namespace weir::filter::codegen {
namespace {

using ir::Function;
using ir::kNone;
using ir::Op;
using ir::Value;
using ir::ValueId;

struct AluOps {
  isa::ClassicOp with_k;
  isa::ClassicOp with_x;
};

constexpr auto kAlu = std::to_array<AluOps>({
    {isa::kAddK, isa::kAddX},
    {isa::kSubK, isa::kSubX},
    {isa::kMulK, isa::kMulX},
    {isa::kDivK, isa::kDivX},
    {isa::kModK, isa::kModX},
    {isa::kAndK, isa::kAndX},
    {isa::kOrK, isa::kOrX},
    {isa::kXorK, isa::kXorX},
    {isa::kLshK, isa::kLshX},
    {isa::kRshK, isa::kRshX},
});
static_assert(kAlu.size() ==
              static_cast<std::size_t>(Op::kShr) - static_cast<std::size_t>(Op::kAdd) + 1);

const AluOps& alu(Op op) {
  return kAlu[static_cast<std::size_t>(op) - static_cast<std::size_t>(Op::kAdd)];
}

isa::ClassicOp absolute_load(std::uint8_t size) {
  return size == 4 ? isa::kLdAbs : size == 2 ? isa::kLdhAbs : isa::kLdbAbs;
}

isa::ClassicOp indirect_load(std::uint8_t size) {
  return size == 4 ? isa::kLdInd : size == 2 ? isa::kLdhInd : isa::kLdbInd;
}

bool commutes(Op op) {
  return op == Op::kAdd || op == Op::kMul || op == Op::kAnd || op == Op::kOr || op == Op::kXor;
}

ir::Marks find_x_users(const Function& f) {
  ir::Marks uses(f.values.size(), false, f.memory);
  for (ValueId id = 0; id < f.values.size(); ++id) {
    const Value& v = f.values[id];
    if (v.op == Op::kLoad) {
      uses[id] = v.a != kNone;
    } else if (ir::is_binary(v.op)) {
      uses[id] = uses[v.a] || !f.is_const(v.b) || !fits_instruction(v.op, f.values[v.b].k);
    }
  }
  return uses;
}

}  // namespace

Evaluator::Evaluator(const Function& f, const ir::Marks& kept, ir::Vector<ClassicInsn>& code)
    : f_(f),
      kept_(kept),
      own_cells_(f, kept),
      code_(code),
      steps_(f.memory),
      uses_x_(f.memory),
      computed_(f.values.size(), 0, f.memory),
      missing_(f.memory) {}

void Evaluator::forget() {
  registers_.a = kNone;
  registers_.x = kNone;
  for (ValueId& cell : registers_.cells) {
    if (cell != kNone && !kept_[cell]) cell = kNone;
  }
}

void Evaluator::to_a(ValueId v) {
  if (registers_.a != v) run({Do::kToA, v});
}
void Evaluator::to_x(ValueId v) {
  if (registers_.x != v) run({Do::kToX, v});
}
void Evaluator::pair(ValueId a, ValueId b) { run({Do::kPair, a, b}); }

void Evaluator::assign(ir::ParamId id, ValueId v, ValueId param_value) {
  const bool in_x = f_.params[id].home == ir::Home::kIndex;
  in_x ? to_x(v) : to_a(v);
  // What was known of the parameter's last value is no longer true.
  for (ValueId& cell : registers_.cells) {
    if (cell == param_value) cell = kNone;
  }
  if (param_value == kNone) return;
  if (registers_.a == param_value) registers_.a = kNone;
  (in_x ? registers_.x : registers_.a) = param_value;
  if (!kept_[param_value]) return;
  store(in_x ? isa::kStx : isa::kSt, param_value);
}

void Evaluator::run(Step first) {
  steps_.assign(1, first);
  while (!steps_.empty() && !out_of_cells_) {
    const Step next = steps_.back();
    steps_.pop_back();
    step(next);
  }
}

void Evaluator::step(const Step& s) {
  switch (s.what) {
    case Do::kToA:
      step_to_a(s.v);
      break;
    case Do::kToX:
      step_to_x(s.v);
      break;
    case Do::kPair:
      step_pair(s.v, s.w);
      break;
    case Do::kOpK:
      push(isa::stmt(alu(f_.values[s.v].op).with_k, f_.values[f_.values[s.v].b].k));
      have_a(s.v);
      break;
    case Do::kOpX:
      push(isa::stmt(alu(f_.values[s.v].op).with_x));
      have_a(s.v);
      break;
    case Do::kLoadIndirect:
      push(isa::stmt(indirect_load(f_.values[s.v].size), f_.values[s.v].k));
      have_a(s.v);
      break;
    case Do::kSaveA:
      save_a();
      break;
  }
}

// A was just computed.
void Evaluator::have_a(ValueId v) {
  registers_.a = v;
  if (computed_[v] != 0xff) ++computed_[v];
  if (kept_[v]) save_a();
}

void Evaluator::save_a() {
  if (!cell_of(registers_.a)) store(isa::kSt, registers_.a);
}

void Evaluator::store(isa::ClassicOp op, ValueId v) {
  // A kept value has the same cell on every way, so that it is there where ways meet, and behind a
  // loop.
  const auto cell = kept_[v] ? own_cells_.cell_of(v) : free_cell();
  if (!cell) {
    out_of_cells_ = true;
    return;
  }
  push(isa::stmt(op, *cell));
  registers_.cells[*cell] = v;
}

std::optional<std::uint32_t> Evaluator::cell_of(ValueId v) const {
  const auto found = std::ranges::find(registers_.cells, v);
  if (found == registers_.cells.end()) return std::nullopt;
  return static_cast<std::uint32_t>(found - registers_.cells.begin());
}

// A cell of no kept value, with nothing in it that a step waits for; from the end.
std::optional<std::uint32_t> Evaluator::free_cell() const {
  for (std::uint32_t i = isa::kScratchCells; i-- > own_cells_.count();) {
    const ValueId v = registers_.cells[i];
    const bool waiting = v != kNone && std::ranges::any_of(steps_, [v](const Step& s) {
                           return s.v == v || s.w == v;
                         });
    if (!waiting) return i;
  }
  return std::nullopt;
}

// 4 * (byte at a constant offset & 15): `ldxb` does it.
bool Evaluator::is_header_length(ValueId id) const {
  const Value& shift = f_.values[id];
  if (shift.op != Op::kShl || !f_.is_const(shift.b) || f_.values[shift.b].k != 2) return false;
  const Value& mask = f_.values[shift.a];
  if (mask.op != Op::kAnd || !f_.is_const(mask.b) || f_.values[mask.b].k != 15) return false;
  const Value& load = f_.values[mask.a];
  return ir::is_absolute_load(load) && load.size == 1;
}

// Computing it needs nothing in X but what is there.
bool Evaluator::reads_at_x(ValueId id) const {
  for (;;) {
    const Value& v = f_.values[id];
    if (v.op == Op::kLoad) return v.a == registers_.x;
    if (!ir::is_binary(v.op) || !f_.is_const(v.b)) return false;
    if (!fits_instruction(v.op, f_.values[v.b].k)) return false;
    id = v.a;
  }
}

bool Evaluator::is_quick_x(ValueId v) const {
  const Value& value = f_.values[v];
  return registers_.x == v || value.op == Op::kConst || value.op == Op::kLength ||
         is_header_length(v) || registers_.a == v || cell_of(v);
}

bool Evaluator::quick_x(ValueId v) {
  if (registers_.x == v) return true;
  const Value& value = f_.values[v];
  if (value.op == Op::kConst) {
    push(isa::stmt(isa::kLdxImm, value.k));
  } else if (registers_.a == v) {
    push(isa::stmt(isa::kTax));
  } else if (const auto cell = cell_of(v)) {
    push(isa::stmt(isa::kLdxMem, *cell));
  } else if (value.op == Op::kLength) {
    push(isa::stmt(isa::kLdxLen));
  } else if (is_header_length(v)) {
    push(isa::stmt(isa::kLdxMsh, f_.values[f_.values[f_.values[v].a].a].k));
  } else {
    return false;
  }
  registers_.x = v;
  return true;
}

void Evaluator::step_to_x(ValueId v) {
  if (quick_x(v)) return;
  steps_.push_back({Do::kToX, v});
  steps_.push_back({Do::kToA, v});
}

void Evaluator::step_to_a(ValueId v) {
  if (registers_.a == v) return;
  const Value& value = f_.values[v];
  if (registers_.x == v) {
    push(isa::stmt(isa::kTxa));
    registers_.a = v;
    return;
  }
  if (const auto cell = cell_of(v)) {
    push(isa::stmt(isa::kLdMem, *cell));
    registers_.a = v;
    return;
  }
  switch (value.op) {
    case Op::kConst:
      push(isa::stmt(isa::kLdImm, value.k));
      registers_.a = v;
      return;
    case Op::kLength:
      push(isa::stmt(isa::kLdLen));
      registers_.a = v;
      return;
    case Op::kParam:
      // Only the first attempt comes here: the parameter will be kept in the next.
      missing_.push_back(v);
      registers_.a = v;
      return;
    case Op::kLoad:
      if (value.a == kNone) {
        push(isa::stmt(absolute_load(value.size), value.k));
        have_a(v);
        return;
      }
      steps_.push_back({Do::kLoadIndirect, v});
      steps_.push_back({Do::kToX, value.a});
      return;
    default:
      step_binary(v);
  }
}

void Evaluator::step_binary(ValueId v) {
  const Value& value = f_.values[v];
  if (f_.is_const(value.b) && fits_instruction(value.op, f_.values[value.b].k)) {
    steps_.push_back({Do::kOpK, v});
    steps_.push_back({Do::kToA, value.a});
    return;
  }
  steps_.push_back({Do::kOpX, v});
  const bool swap = commutes(value.op) && is_quick_x(value.a) && !is_quick_x(value.b);
  steps_.push_back({Do::kPair, swap ? value.b : value.a, swap ? value.a : value.b});
}

// Found out when it is first asked: most filters have no operation on two values.
bool Evaluator::uses_x(ValueId v) {
  if (uses_x_.empty()) uses_x_ = find_x_users(f_);
  return uses_x_[v];
}

// Each round either does it or makes one of the two quicker to reach.
void Evaluator::step_pair(ValueId a, ValueId b) {
  if (registers_.a == a && quick_x(b)) return;
  const bool a_needs_no_x = !uses_x(a) || registers_.a == a || cell_of(a);
  if (registers_.x == b && (a_needs_no_x || reads_at_x(a))) {
    steps_.push_back({Do::kToA, a});
    return;
  }
  const bool b_survives = is_quick_x(b) && (registers_.x != b || cell_of(b)) && registers_.a != b;
  if (b_survives || f_.is_const(b) || f_.values[b].op == Op::kLength || is_header_length(b)) {
    steps_.push_back({Do::kToX, b});
    steps_.push_back({Do::kToA, a});
    return;
  }
  if (a_needs_no_x && registers_.a != a) {
    steps_.push_back({Do::kToA, a});
    steps_.push_back({Do::kToX, b});
    return;
  }
  if (registers_.a == a) {
    // Computing b takes A: a waits in a cell.
    steps_.push_back({Do::kPair, a, b});
    steps_.push_back({Do::kToX, b});
    steps_.push_back({Do::kSaveA});
    return;
  }
  steps_.push_back({Do::kPair, a, b});
  steps_.push_back({Do::kToA, a});
  steps_.push_back({Do::kSaveA});
  steps_.push_back({Do::kToA, b});
}

}  // namespace weir::filter::codegen
