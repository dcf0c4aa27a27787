#include "isa/convert.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>

#include "isa/classic.h"
#include "isa/classic_check.h"
#include "isa/classic_extension.h"

namespace weir::isa {
namespace {

constexpr Register kRegA = kR0;
constexpr Register kRegContext = kR6;
constexpr Register kRegX = kR7;
constexpr Register kRegSpare = kR8;

// Where `struct __sk_buff` has what an extension load asks for (include/uapi/linux/bpf.h).
constexpr std::int16_t kLengthField = 0;

enum class Answer : std::uint8_t {
  kField,         // a field of the context
  kNetworkField,  // the same in network byte order, 16 bits
  kHelper,        // what a helper returns
  kXor,           // A ^ X
  kNone,          // no extended program can ask for it
};
struct ExtensionAnswer {
  Extension extension;
  Answer answer;
  std::int16_t value = 0;  // offset of the field, or number of the helper
};
// In the order of kExtensions.
constexpr auto kAnswers = std::to_array<ExtensionAnswer>({
    {Extension::kProtocol, Answer::kNetworkField, 16},
    {Extension::kPacketType, Answer::kField, 4},
    {Extension::kInterfaceIndex, Answer::kField, 40},
    {Extension::kNetlinkAttribute, Answer::kNone},
    {Extension::kNestedAttribute, Answer::kNone},
    {Extension::kMark, Answer::kField, 8},
    {Extension::kQueue, Answer::kField, 12},
    {Extension::kHardwareType, Answer::kNone},
    {Extension::kReceiveHash, Answer::kField, 68},
    {Extension::kCpu, Answer::kHelper, 8},
    {Extension::kXorX, Answer::kXor},
    {Extension::kVlanTci, Answer::kField, 24},
    {Extension::kVlanPresent, Answer::kField, 20},
    {Extension::kPayloadOffset, Answer::kNone},
    {Extension::kRandom, Answer::kHelper, 7},
    {Extension::kVlanTpid, Answer::kNetworkField, 28},
});
static_assert(std::ranges::equal(kAnswers, kExtensions, {}, &ExtensionAnswer::extension,
                                 &ExtensionInfo::extension));

const ExtensionAnswer* find_answer(const ClassicInsn& insn) {
  const ClassicInfo& info = *find_classic(insn.code);
  if (info.operand != Operand::kAbsolute) return nullptr;
  const ExtensionInfo* extension = find_extension(insn.k);
  if (extension == nullptr) return nullptr;
  return std::ranges::find(kAnswers, extension->extension, &ExtensionAnswer::extension);
}

constexpr std::int32_t as_immediate(std::uint32_t k) { return static_cast<std::int32_t>(k); }

constexpr std::int16_t cell_offset(std::uint32_t cell) {
  return static_cast<std::int16_t>(-4 * (static_cast<std::int32_t>(cell) + 1));
}

// The codes of operations, comparisons and sizes are those of the classic set.
AluOp alu_op(std::uint16_t code) { return static_cast<AluOp>(operation_of(code)); }
JumpOp jump_op(std::uint16_t code) { return static_cast<JumpOp>(operation_of(code)); }
AccessSize access_size(std::uint16_t code) { return static_cast<AccessSize>(code & 0x18); }
static_assert(operation_of(kModX) == std::to_underlying(AluOp::kMod));
static_assert(operation_of(kXorK) == std::to_underlying(AluOp::kXor));
static_assert(operation_of(kJsetK) == std::to_underlying(JumpOp::kSet));
static_assert((kLdhAbs & 0x18) == std::to_underlying(AccessSize::kHalf));

std::optional<JumpOp> inverse(JumpOp op) {
  switch (op) {
    case JumpOp::kEq:
      return JumpOp::kNe;
    case JumpOp::kGt:
      return JumpOp::kLe;
    case JumpOp::kGe:
      return JumpOp::kLt;
    default:
      return {};
  }
}

// REQUIRES: the program is one that check_classic() has no fault in by the kernel's rules, and
// every extension that it loads has an answer.
class ClassicConverter {
 public:
  explicit ClassicConverter(std::span<const ClassicInsn> program)
      : program_(program), reached_(program.size()), start_(program.size()) {}

  ConvertedProgram convert() {
    find_reached();
    emit(alu64(AluOp::kMov, kRegContext, kR1));
    emit(alu32(AluOp::kMov, kRegA, 0));
    emit(alu32(AluOp::kMov, kRegX, 0));
    for (pc_ = 0; pc_ < program_.size(); ++pc_) {
      start_[pc_] = out_.program.size();
      if (reached_[pc_]) emit_instruction(program_[pc_]);
    }
    for (const Jump& jump : jumps_) {
      const auto distance = static_cast<std::ptrdiff_t>(start_[jump.target] - jump.slot) - 1;
      // 4096 instructions of six slots each are less than a jump reaches.
      out_.program[jump.slot].off = static_cast<std::int16_t>(distance);
    }
    return std::move(out_);
  }

 private:
  struct Jump {
    std::size_t slot;
    std::size_t target;  // classic
  };

  // All jumps go forward.
  void find_reached() {
    reached_[0] = true;
    for (std::size_t pc = 0; pc < program_.size(); ++pc) {
      const ClassicInsn& insn = program_[pc];
      if (!reached_[pc] || is_return(insn.code)) continue;
      if (insn.code == kJa) {
        reached_[pc + 1 + insn.k] = true;
      } else if (is_branch(insn.code)) {
        reached_[pc + 1 + insn.jt] = reached_[pc + 1 + insn.jf] = true;
      } else {
        reached_[pc + 1] = true;
      }
    }
  }

  void emit(const ExtendedInsn& insn) {
    out_.program.push_back(insn);
    out_.origin.push_back(static_cast<std::uint32_t>(pc_));
  }
  // `distance` as in the classic instruction.
  void emit_jump(const ExtendedInsn& insn, std::uint32_t distance) {
    jumps_.push_back({out_.program.size(), pc_ + 1 + distance});
    emit(insn);
  }

  void emit_instruction(const ClassicInsn& insn) {
    switch (class_of(insn.code)) {
      case kClassLd:
        return emit_load(insn, kRegA);
      case kClassLdx:
        return emit_load(insn, kRegX);
      case kClassSt:
      case kClassStx:
        return emit(store_memory(AccessSize::kWord, kR10, cell_offset(insn.k),
                                 insn.code == kSt ? kRegA : kRegX));
      case kClassAlu:
        return emit_arithmetic(insn);
      case kClassJmp:
        return insn.code == kJa ? emit_jump(go_to(0), insn.k) : emit_branch(insn);
      case kClassRet:
        return emit_return(insn);
      default:
        return insn.code == kTax ? emit(alu32(AluOp::kMov, kRegX, kRegA))
                                 : emit(alu32(AluOp::kMov, kRegA, kRegX));
    }
  }

  void emit_load(const ClassicInsn& insn, Register to) {
    switch (find_classic(insn.code)->operand) {
      case Operand::kAbsolute:
        return emit_absolute(insn);
      case Operand::kIndirect:
        return emit(load_packet(access_size(insn.code), kRegX, as_immediate(insn.k)));
      case Operand::kHeaderLength:
        return emit_header_length(insn);
      case Operand::kPacketLength:
        return emit(load_memory(AccessSize::kWord, to, kRegContext, kLengthField));
      case Operand::kCell:
        return emit(load_memory(AccessSize::kWord, to, kR10, cell_offset(insn.k)));
      default:
        return emit(alu32(AluOp::kMov, to, as_immediate(insn.k)));
    }
  }

  void emit_absolute(const ClassicInsn& insn) {
    const ExtensionAnswer* answer = find_answer(insn);
    if (answer == nullptr) {
      return emit(load_packet(access_size(insn.code), as_immediate(insn.k)));
    }
    switch (answer->answer) {
      case Answer::kHelper:
        return emit(call_helper(answer->value));
      case Answer::kXor:
        return emit(alu32(AluOp::kXor, kRegA, kRegX));
      default:
        emit(load_memory(AccessSize::kWord, kRegA, kRegContext, answer->value));
        if (answer->answer == Answer::kNetworkField) emit(from_be(kRegA, 16));
    }
  }

  // X = 4 * (packet[k] & 0xf); only R0 can be loaded, so A waits meanwhile.
  void emit_header_length(const ClassicInsn& insn) {
    emit(alu32(AluOp::kMov, kRegSpare, kRegA));
    emit(load_packet(AccessSize::kByte, as_immediate(insn.k)));
    emit(alu32(AluOp::kAnd, kRegA, 0xf));
    emit(alu32(AluOp::kLsh, kRegA, 2));
    emit(alu32(AluOp::kMov, kRegX, kRegA));
    emit(alu32(AluOp::kMov, kRegA, kRegSpare));
  }

  void emit_arithmetic(const ClassicInsn& insn) {
    const AluOp op = alu_op(insn.code);
    if (insn.code == kNeg) return emit(alu32(op, kRegA, 0));
    if (!uses_x(insn.code)) return emit(alu32(op, kRegA, as_immediate(insn.k)));
    if (op == AluOp::kDiv || op == AluOp::kMod) {
      emit(jump32(JumpOp::kNe, kRegX, 0, 2));
      emit(alu32(AluOp::kMov, kRegA, 0));
      emit(exit_program());
    }
    emit(alu32(op, kRegA, kRegX));
  }

  void emit_branch(const ClassicInsn& insn) {
    if (insn.jt == insn.jf) {
      if (insn.jt != 0) emit_jump(go_to(0), insn.jt);
      return;
    }
    const JumpOp op = jump_op(insn.code);
    const auto opposite = inverse(op);
    if (insn.jt == 0 && opposite) return emit_jump(comparison(insn, *opposite), insn.jf);
    emit_jump(comparison(insn, op), insn.jt);
    if (insn.jf != 0) emit_jump(go_to(0), insn.jf);
  }

  static ExtendedInsn comparison(const ClassicInsn& insn, JumpOp op) {
    return uses_x(insn.code) ? jump32(op, kRegA, kRegX, 0)
                             : jump32(op, kRegA, as_immediate(insn.k), 0);
  }

  void emit_return(const ClassicInsn& insn) {
    if (insn.code == kRetK) emit(alu32(AluOp::kMov, kRegA, as_immediate(insn.k)));
    emit(exit_program());
  }

  std::span<const ClassicInsn> program_;
  std::vector<bool> reached_;
  std::vector<std::size_t> start_;  // of each classic instruction, its first slot
  std::vector<Jump> jumps_;
  std::size_t pc_ = 0;
  ConvertedProgram out_;
};

}  // namespace

Result<ConvertedProgram> convert_classic(std::span<const ClassicInsn> program) {
  const auto faults = check_classic(program, ClassicRules::kKernel);
  if (!faults.empty()) return fail(describe(faults.front()), hint(faults.front()));
  for (std::size_t pc = 0; pc < program.size(); ++pc) {
    const ExtensionAnswer* answer = find_answer(program[pc]);
    if (answer == nullptr || answer->answer != Answer::kNone) continue;
    return fail(fmt::format("instruction {}: loads [{}], which no extended program can ask for", pc,
                            find_extension(program[pc].k)->listing),
                "attach the classic program itself", ErrorKind::kUnsupported);
  }
  return ClassicConverter(program).convert();
}

}  // namespace weir::isa
