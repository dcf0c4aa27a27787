#include "isa/classic_check.h"

#include <fmt/format.h>

#include <array>
#include <optional>

#include "isa/classic.h"
#include "isa/classic_extension.h"

namespace weir::isa {
namespace {

using Program = std::span<const ClassicInsn>;
using Fault = std::optional<ClassicFault>;

Fault fault(ClassicFaultKind kind, std::size_t pc, std::int64_t value = 0) {
  return ClassicFault{.kind = kind, .pc = static_cast<std::uint32_t>(pc), .value = value};
}

Fault check_length(Program program, std::size_t limit) {
  const auto size = static_cast<std::int64_t>(program.size());
  if (program.empty()) return fault(ClassicFaultKind::kEmpty, 0);
  if (program.size() > limit) return fault(ClassicFaultKind::kTooLong, 0, size);
  return {};
}

Fault check_target(std::size_t pc, std::int64_t distance, Program program, ClassicRules rules) {
  const std::int64_t target = static_cast<std::int64_t>(pc) + 1 + distance;
  if (distance < 0 && rules == ClassicRules::kKernel) {
    return fault(ClassicFaultKind::kJumpBackwards, pc, target);
  }
  if (target < 0 || target >= static_cast<std::int64_t>(program.size())) {
    return fault(ClassicFaultKind::kJumpOutOfRange, pc, target);
  }
  return {};
}

Fault check_jump(std::size_t pc, Program program, ClassicRules rules) {
  const ClassicInsn& insn = program[pc];
  if (insn.code == kJa) {
    return check_target(pc, static_cast<std::int32_t>(insn.k), program, rules);
  }
  if (Fault found = check_target(pc, insn.jt, program, rules)) return found;
  return check_target(pc, insn.jf, program, rules);
}

Fault check_arithmetic(std::size_t pc, const ClassicInsn& insn) {
  if ((insn.code == kDivK || insn.code == kModK) && insn.k == 0) {
    return fault(ClassicFaultKind::kDivisionByZero, pc);
  }
  if ((insn.code == kLshK || insn.code == kRshK) && insn.k >= 32) {
    return fault(ClassicFaultKind::kShiftTooLarge, pc, insn.k);
  }
  return {};
}

Fault check_instruction(std::size_t pc, Program program, ClassicRules rules) {
  const ClassicInsn& insn = program[pc];
  const ClassicInfo* info = find_classic(insn.code);
  if (info == nullptr) return fault(ClassicFaultKind::kUnknownCode, pc, insn.code);
  if (is_jump(insn.code)) return check_jump(pc, program, rules);
  if (info->operand == Operand::kCell && insn.k >= kScratchCells) {
    return fault(ClassicFaultKind::kNoSuchCell, pc, insn.k);
  }
  if (info->operand == Operand::kAbsolute && rules == ClassicRules::kKernel &&
      insn.k >= kExtensionBase && find_extension(insn.k) == nullptr) {
    return fault(ClassicFaultKind::kUnknownExtension, pc, static_cast<std::int32_t>(insn.k));
  }
  return check_arithmetic(pc, insn);
}

// Which cells are stored on every way to an instruction, one bit a cell. All jumps go forward, so
// one walk in order sees every way before the instruction it leads to.
class StoredCells {
 public:
  explicit StoredCells(Program program) : program_(program), on_entry_(program.size(), kAll) {}

  std::vector<ClassicFault> check() {
    std::vector<ClassicFault> faults;
    std::uint16_t stored = 0;
    for (std::size_t pc = 0; pc < program_.size(); ++pc) {
      stored &= on_entry_[pc];
      const ClassicInsn& insn = program_[pc];
      if (loads_cell(insn) && (stored >> insn.k & 1) == 0) {
        faults.push_back(*fault(ClassicFaultKind::kCellNotStored, pc, insn.k));
      }
      stored = after(pc, stored);
    }
    return faults;
  }

 private:
  static constexpr std::uint16_t kAll = 0xffff;

  static bool loads_cell(const ClassicInsn& insn) {
    return (find_classic(insn.code)->reads & kMemory) != 0;
  }

  // What the next instruction may rely on. After a jump it is only reached from elsewhere; after a
  // return too, but there Linux goes on with what it has, and so does this.
  std::uint16_t after(std::size_t pc, std::uint16_t stored) {
    const ClassicInsn& insn = program_[pc];
    if (is_store(insn.code)) return static_cast<std::uint16_t>(stored | 1u << insn.k);
    if (!is_jump(insn.code)) return stored;
    if (insn.code == kJa) {
      on_entry_[pc + 1 + insn.k] &= stored;
    } else {
      on_entry_[pc + 1 + insn.jt] &= stored;
      on_entry_[pc + 1 + insn.jf] &= stored;
    }
    return kAll;
  }

  Program program_;
  std::vector<std::uint16_t> on_entry_;
};

// How each kind of fault is told: {0} is the value, {1} the limit that it breaks.
struct FaultText {
  ClassicFaultKind kind;
  std::string_view message;
  std::string_view hint;
};

constexpr auto kTexts = std::to_array<FaultText>({
    {ClassicFaultKind::kEmpty, "the program has no instruction", "end it with `ret #0` at least"},
    {ClassicFaultKind::kTooLong, "the program has {} instructions, more than can be loaded",
     "Linux takes 4096 at most"},
    {ClassicFaultKind::kUnknownCode, "the code {:#x} is no instruction of classic BPF",
     "is this extended BPF, or a damaged listing"},
    {ClassicFaultKind::kJumpOutOfRange, "jumps to {}, which is not in the program",
     "every jump ends at an instruction of the program"},
    {ClassicFaultKind::kJumpBackwards, "jumps backwards, to {}",
     "Linux allows forward jumps only; such a program can run in user space"},
    {ClassicFaultKind::kDivisionByZero, "divides by the constant 0", "use another divisor"},
    {ClassicFaultKind::kShiftTooLarge, "shifts by {}", "shift by 0 to 31"},
    {ClassicFaultKind::kNoSuchCell, "uses the scratch cell M[{}]", "there are M[0] to M[15]"},
    {ClassicFaultKind::kCellNotStored, "loads M[{}], which nothing stored on some way here",
     "store the cell first on every way"},
    {ClassicFaultKind::kUnknownExtension, "loads [{}], which is no extension of Linux",
     "offsets from -4096 up name values that Linux knows of a packet"},
    {ClassicFaultKind::kNoReturnAtEnd, "the last instruction is not a return",
     "end the program with `ret #0` or `ret a`"},
});
static_assert([] {
  for (std::size_t i = 0; i < kTexts.size(); ++i) {
    if (static_cast<std::size_t>(kTexts[i].kind) != i) return false;
  }
  return true;
}());

const FaultText& text_of(ClassicFaultKind kind) { return kTexts[static_cast<std::size_t>(kind)]; }

bool of_whole_program(ClassicFaultKind kind) {
  return kind == ClassicFaultKind::kEmpty || kind == ClassicFaultKind::kTooLong;
}

std::string message_of(const ClassicFault& fault) {
  return fmt::format(fmt::runtime(text_of(fault.kind).message), fault.value);
}

}  // namespace

std::vector<ClassicFault> check_classic(std::span<const ClassicInsn> program, ClassicRules rules,
                                        std::size_t max_user_space) {
  const bool kernel = rules == ClassicRules::kKernel;
  if (Fault found = check_length(program, kernel ? kKernelMaxInstructions : max_user_space)) {
    return {*found};
  }
  std::vector<ClassicFault> faults;
  for (std::size_t pc = 0; pc < program.size(); ++pc) {
    if (Fault found = check_instruction(pc, program, rules)) faults.push_back(*found);
  }
  const std::size_t last = program.size() - 1;
  if (faults.empty() && !is_return(program[last].code)) {
    faults.push_back(*fault(ClassicFaultKind::kNoReturnAtEnd, last));
  }
  if (faults.empty() && kernel) return StoredCells(program).check();
  return faults;
}

std::string describe(const ClassicFault& fault) {
  const std::string message = message_of(fault);
  return of_whole_program(fault.kind) ? message
                                      : fmt::format("instruction {}: {}", fault.pc, message);
}

std::string hint(const ClassicFault& fault) { return std::string(text_of(fault.kind).hint); }

void report(std::span<const ClassicFault> faults, std::span<const diag::SourceRange> ranges,
            diag::Diagnostics& diagnostics) {
  for (const ClassicFault& fault : faults) {
    const bool whole = of_whole_program(fault.kind) || fault.pc >= ranges.size();
    const diag::SourceRange range = whole ? diag::SourceRange{} : ranges[fault.pc];
    diagnostics.error(diag::Kind::kCodeFault, range, describe(fault), hint(fault));
  }
}

}  // namespace weir::isa
