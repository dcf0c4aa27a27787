#include "vm/classic_interpreter.h"

#include <array>
#include <optional>

#include "isa/classic.h"
#include "vm/classic_load.h"

namespace weir::vm {
namespace {

using isa::ClassicInfo;
using isa::Operand;
using Value = std::optional<std::uint32_t>;

std::uint32_t shift(std::uint16_t operation, std::uint32_t a, std::uint32_t by, ClassicMode mode) {
  if (by >= 32 && mode == ClassicMode::kLibpcap) return 0;
  by &= 31;
  return operation == isa::operation_of(isa::kLshK) ? a << by : a >> by;
}

// nullopt: division by zero.
Value arithmetic(std::uint16_t operation, std::uint32_t a, std::uint32_t b, ClassicMode mode) {
  switch (operation) {
    case isa::operation_of(isa::kAddK):
      return a + b;
    case isa::operation_of(isa::kSubK):
      return a - b;
    case isa::operation_of(isa::kMulK):
      return a * b;
    case isa::operation_of(isa::kDivK):
      return b == 0 ? Value{} : a / b;
    case isa::operation_of(isa::kModK):
      return b == 0 ? Value{} : a % b;
    case isa::operation_of(isa::kAndK):
      return a & b;
    case isa::operation_of(isa::kOrK):
      return a | b;
    case isa::operation_of(isa::kXorK):
      return a ^ b;
    case isa::operation_of(isa::kNeg):
      return 0 - a;
    default:
      return shift(operation, a, b, mode);
  }
}

bool holds(std::uint16_t comparison, std::uint32_t a, std::uint32_t b) {
  switch (comparison) {
    case isa::operation_of(isa::kJeqK):
      return a == b;
    case isa::operation_of(isa::kJgtK):
      return a > b;
    case isa::operation_of(isa::kJgeK):
      return a >= b;
    default:
      return (a & b) != 0;
  }
}

// One instruction on its way. The state is changed only once it is known to succeed.
class Step {
 public:
  Step(const ClassicInput& input, ClassicMode mode, ClassicState& state)
      : input_(input), mode_(mode), state_(state) {}

  void execute(const ClassicInsn& insn) {
    const ClassicInfo* info = isa::find_classic(insn.code);
    const bool valid =
        info != nullptr && (info->operand != Operand::kCell || insn.k < isa::kScratchCells);
    if (!valid) return stop(ClassicOutcome::kInvalid);
    dispatch(insn, info->operand);
  }

 private:
  void dispatch(const ClassicInsn& insn, Operand operand) {
    switch (isa::class_of(insn.code)) {
      case isa::kClassLd:
        return set(state_.a, loaded(insn, operand), ClassicOutcome::kOutOfBounds);
      case isa::kClassLdx:
        return set(state_.x, loaded(insn, operand), ClassicOutcome::kOutOfBounds);
      case isa::kClassSt:
        return set(state_.m[insn.k], state_.a);
      case isa::kClassStx:
        return set(state_.m[insn.k], state_.x);
      case isa::kClassAlu:
        return set(state_.a, computed(insn, operand), ClassicOutcome::kDivisionByZero);
      case isa::kClassJmp:
        return jump(insn, operand);
      case isa::kClassRet:
        return give(insn.code == isa::kRetA ? state_.a : insn.k);
      default:
        return insn.code == isa::kTax ? set(state_.x, state_.a) : set(state_.a, state_.x);
    }
  }

  Value loaded(const ClassicInsn& insn, Operand operand) const {
    switch (operand) {
      case Operand::kAbsolute:
        return load_absolute(input_, mode_, state_, insn.k, isa::load_size(insn.code));
      case Operand::kIndirect:
        return load_indirect(input_, mode_, state_.x, insn.k, isa::load_size(insn.code));
      case Operand::kHeaderLength:
        return load_header_length(input_, mode_, insn.k);
      case Operand::kPacketLength:
        return input_.wire_length;
      case Operand::kCell:
        return state_.m[insn.k];
      default:
        return insn.k;
    }
  }

  Value computed(const ClassicInsn& insn, Operand operand) const {
    return arithmetic(isa::operation_of(insn.code), state_.a, right_side(insn, operand), mode_);
  }

  std::uint32_t right_side(const ClassicInsn& insn, Operand operand) const {
    return operand == Operand::kIndex ? state_.x : insn.k;
  }

  void jump(const ClassicInsn& insn, Operand operand) {
    if (insn.code == isa::kJa) return go_on(insn.k);
    const bool taken = holds(isa::operation_of(insn.code), state_.a, right_side(insn, operand));
    go_on(taken ? insn.jt : insn.jf);
  }

  void set(std::uint32_t& target, Value value,
           ClassicOutcome otherwise = ClassicOutcome::kInvalid) {
    if (!value) return stop(otherwise);
    target = *value;
    go_on(0);
  }

  // Backward distances wrap around, as in libpcap.
  void go_on(std::uint32_t distance) { state_.pc += 1 + distance; }

  void give(std::uint32_t verdict) {
    state_.verdict = verdict;
    stop(ClassicOutcome::kReturned);
  }

  void stop(ClassicOutcome outcome) { state_.outcome = outcome; }

  const ClassicInput& input_;
  ClassicMode mode_;
  ClassicState& state_;
};

}  // namespace

ClassicResult run_classic(std::span<const ClassicInsn> program, const ClassicInput& input,
                          const ClassicOptions& options) {
  ClassicState state;
  std::uint64_t executed = 0;
  while (state.outcome == ClassicOutcome::kRunning) {
    if (executed == options.budget) {
      state.outcome = ClassicOutcome::kBudgetExhausted;
      break;
    }
    if (options.trace && state.pc < program.size()) options.trace(state, program[state.pc]);
    step_classic(program, input, options.mode, state);
    ++executed;
  }
  return {state.verdict, executed, state.outcome, state.pc};
}

void step_classic(std::span<const ClassicInsn> program, const ClassicInput& input, ClassicMode mode,
                  ClassicState& state) {
  if (state.pc >= program.size()) {
    state.outcome = ClassicOutcome::kInvalid;
    return;
  }
  Step(input, mode, state).execute(program[state.pc]);
}

std::string_view outcome_name(ClassicOutcome outcome) {
  static constexpr std::array<std::string_view, 6> kNames = {"running",
                                                             "returned",
                                                             "load out of bounds",
                                                             "division by zero",
                                                             "invalid instruction",
                                                             "budget exhausted"};
  return kNames.at(static_cast<std::size_t>(outcome));
}

}  // namespace weir::vm
