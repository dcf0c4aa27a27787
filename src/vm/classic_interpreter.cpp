#include "vm/classic_interpreter.h"

#include <array>
#include <optional>
#include <utility>

#include "isa/classic.h"
#include "vm/classic_alu.h"
#include "vm/classic_load.h"

namespace weir::vm {
namespace {

using isa::Operand;
using Value = std::optional<std::uint32_t>;

// One instruction on its way. The state is changed only once it is known to succeed.
class Step {
 public:
  Step(const ClassicInput& input, ClassicMode mode, ClassicState& state)
      : input_(input), mode_(mode), state_(state) {}

  // kCode is insn.code, so that nothing of the choice is left to run time.
  template <std::uint16_t kCode, Operand kOperand>
  void execute(const ClassicInsn& insn) {
    if (kOperand == Operand::kCell && insn.k >= isa::kScratchCells) return invalid();
    switch (isa::class_of(kCode)) {
      case isa::kClassLd:
        return set(state_.a, loaded<kCode, kOperand>(insn), ClassicOutcome::kOutOfBounds);
      case isa::kClassLdx:
        return set(state_.x, loaded<kCode, kOperand>(insn), ClassicOutcome::kOutOfBounds);
      case isa::kClassSt:
        return set(state_.m[insn.k], state_.a);
      case isa::kClassStx:
        return set(state_.m[insn.k], state_.x);
      case isa::kClassAlu:
        return set(state_.a, computed<kCode, kOperand>(insn), ClassicOutcome::kDivisionByZero);
      case isa::kClassJmp:
        return jump<kCode, kOperand>(insn);
      case isa::kClassRet:
        return give(kCode == isa::kRetA ? state_.a : insn.k);
      default:
        return kCode == isa::kTax ? set(state_.x, state_.a) : set(state_.a, state_.x);
    }
  }

  void invalid() { stop(ClassicOutcome::kInvalid); }

 private:
  template <std::uint16_t kCode, Operand kOperand>
  Value loaded(const ClassicInsn& insn) const {
    switch (kOperand) {
      case Operand::kAbsolute:
        return load_absolute(input_, mode_, state_, insn.k, isa::load_size(kCode));
      case Operand::kIndirect:
        return load_indirect(input_, mode_, state_.x, insn.k, isa::load_size(kCode));
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

  template <std::uint16_t kCode, Operand kOperand>
  Value computed(const ClassicInsn& insn) const {
    return arithmetic(isa::operation_of(kCode), state_.a, right_side<kOperand>(insn), mode_);
  }

  template <std::uint16_t kCode, Operand kOperand>
  void jump(const ClassicInsn& insn) {
    if (kCode == isa::kJa) return go_on(insn.k);
    const bool taken = holds(isa::operation_of(kCode), state_.a, right_side<kOperand>(insn));
    go_on(taken ? insn.jt : insn.jf);
  }

  template <Operand kOperand>
  std::uint32_t right_side(const ClassicInsn& insn) const {
    return kOperand == Operand::kIndex ? state_.x : insn.k;
  }

  void set(std::uint32_t& target, Value value, ClassicOutcome otherwise) {
    if (!value) return stop(otherwise);
    set(target, *value);
  }

  void set(std::uint32_t& target, std::uint32_t value) {
    target = value;
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

using Handler = void (*)(Step&, const ClassicInsn&);

template <std::size_t kEntry>
void handle(Step& step, const ClassicInsn& insn) {
  constexpr const isa::ClassicInfo& kInfo = isa::kClassicTable[kEntry];
  step.execute<kInfo.op, kInfo.operand>(insn);
}

// By code: one function for each entry of the table, and one for all that is no instruction.
constexpr auto kHandlers = []<std::size_t... kEntries>(std::index_sequence<kEntries...>) {
  std::array<Handler, 256> handlers{};
  handlers.fill([](Step& step, const ClassicInsn&) { step.invalid(); });
  ((handlers[isa::kClassicTable[kEntries].op] = handle<kEntries>), ...);
  return handlers;
}(std::make_index_sequence<isa::kClassicTable.size()>{});

// Also for a pc or a code outside its table.
void execute_at(std::span<const ClassicInsn> program, std::uint32_t pc, Step& step) {
  if (pc >= program.size() || program[pc].code >= kHandlers.size()) return step.invalid();
  kHandlers[program[pc].code](step, program[pc]);
}

}  // namespace

ClassicResult run_classic(std::span<const ClassicInsn> program, const ClassicInput& input,
                          const ClassicOptions& options) {
  ClassicState state;
  Step step(input, options.mode, state);
  std::uint64_t executed = 0;
  while (state.outcome == ClassicOutcome::kRunning) {
    if (executed == options.budget) {
      state.outcome = ClassicOutcome::kBudgetExhausted;
      break;
    }
    if (options.trace && state.pc < program.size()) options.trace(state, program[state.pc]);
    execute_at(program, state.pc, step);
    ++executed;
  }
  return {state.verdict, executed, state.outcome, state.pc};
}

void step_classic(std::span<const ClassicInsn> program, const ClassicInput& input, ClassicMode mode,
                  ClassicState& state) {
  Step step(input, mode, state);
  execute_at(program, state.pc, step);
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
