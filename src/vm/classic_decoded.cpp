// Every instruction has a function of its own, made from the table of instructions, and nothing is
// left to be found out for each packet but what the packet decides. What filters mostly do, to load
// a field and to compare it, is one instruction here, and is executed without a call.
#include "vm/classic_decoded.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/check.h"
#include "isa/classic.h"
#include "isa/classic_check.h"
#include "vm/classic_alu.h"
#include "vm/classic_load.h"

namespace weir::vm {

// What a run holds.
struct DecodedClassic::Frame {
  Frame(std::span<const std::byte> packet, std::uint32_t length, std::uint64_t rounds)
      : bytes(packet), wire_length(length), rounds_left(rounds) {}

  std::span<const std::byte> bytes;
  std::uint32_t wire_length;
  std::uint32_t a = 0;
  std::uint32_t x = 0;
  std::uint32_t verdict = 0;
  std::uint64_t rounds_left;  // jumps backwards
  bool out_of_rounds = false;
  // Left undefined where the program loads none: clearing them takes longer than most filters.
  std::array<std::uint32_t, isa::kScratchCells> m;
};

namespace decoded {
namespace {

using Insn = DecodedClassic::Insn;
using Frame = DecodedClassic::Frame;
using Kind = DecodedClassic::Kind;
using isa::Operand;
using Value = std::optional<std::uint32_t>;

// Executes an instruction; gives the next one, or kEnd.
using Handler = const Insn* (*)(const Insn& insn, Frame& frame);
constexpr const Insn* kEnd = nullptr;

// nullopt: the run ends, and the packet does not match.
template <isa::ClassicOp kOp, Operand kOperand>
Value loaded(const Insn& insn, const Frame& frame) {
  constexpr std::uint32_t kSize = isa::load_size(kOp);
  if constexpr (kOperand == Operand::kAbsolute) {
    return load_bytes(frame.bytes, insn.k, kSize);
  } else if constexpr (kOperand == Operand::kIndirect) {
    return load_bytes(frame.bytes, std::uint64_t{frame.x} + insn.k, kSize);
  } else if constexpr (kOperand == Operand::kHeaderLength) {
    const Value byte = load_bytes(frame.bytes, insn.k, 1);
    return byte ? Value(4 * (*byte & 0xf)) : Value();
  } else if constexpr (kOperand == Operand::kPacketLength) {
    return frame.wire_length;
  } else if constexpr (kOperand == Operand::kCell) {
    return frame.m[insn.k];
  } else {
    return insn.k;
  }
}

template <Operand kOperand>
std::uint32_t right_side(const Insn& insn, const Frame& frame) {
  return kOperand == Operand::kIndex ? frame.x : insn.k;
}

const Insn* set(std::uint32_t& target, const Value& value, const Insn& insn) {
  if (!value) return kEnd;
  target = *value;
  return &insn + 1;
}

template <std::uint16_t kOp>
const Insn* branch(std::uint32_t a, std::uint32_t b, const Insn& insn) {
  return &insn + (holds(isa::operation_of(kOp), a, b) ? insn.jt : insn.jf);
}

// One that goes backwards may go on for ever.
const Insn* jump(const Insn& insn, Frame& frame) {
  if (insn.jt > 0) return &insn + insn.jt;
  frame.out_of_rounds = frame.rounds_left == 0;
  if (frame.out_of_rounds) return kEnd;
  --frame.rounds_left;
  return &insn + insn.jt;
}

const Insn* give(std::uint32_t verdict, Frame& frame) {
  frame.verdict = verdict;
  return kEnd;
}

template <std::size_t kEntry>
const Insn* execute(const Insn& insn, Frame& frame) {
  constexpr isa::ClassicOp kOp = isa::kClassicTable[kEntry].op;
  constexpr Operand kOperand = isa::kClassicTable[kEntry].operand;
  constexpr std::uint16_t kClass = isa::class_of(kOp);
  if constexpr (kClass == isa::kClassLd) {
    return set(frame.a, loaded<kOp, kOperand>(insn, frame), insn);
  } else if constexpr (kClass == isa::kClassLdx) {
    return set(frame.x, loaded<kOp, kOperand>(insn, frame), insn);
  } else if constexpr (kClass == isa::kClassSt || kClass == isa::kClassStx) {
    return set(frame.m[insn.k], kClass == isa::kClassSt ? frame.a : frame.x, insn);
  } else if constexpr (kClass == isa::kClassAlu) {
    const std::uint32_t b = right_side<kOperand>(insn, frame);
    constexpr ClassicMode kMode = ClassicMode::kLibpcap;
    return set(frame.a, arithmetic(isa::operation_of(kOp), frame.a, b, kMode), insn);
  } else if constexpr (kOp == isa::kJa) {
    return jump(insn, frame);
  } else if constexpr (kClass == isa::kClassJmp) {
    return branch<kOp>(frame.a, right_side<kOperand>(insn, frame), insn);
  } else if constexpr (kClass == isa::kClassRet) {
    return give(kOp == isa::kRetA ? frame.a : insn.k, frame);
  } else {
    return kOp == isa::kTax ? set(frame.x, frame.a, insn) : set(frame.a, frame.x, insn);
  }
}

// By position in the table of instructions.
constexpr auto kHandlers = []<std::size_t... kAt>(std::index_sequence<kAt...>) {
  return std::array<Handler, sizeof...(kAt)>{execute<kAt>...};
}(std::make_index_sequence<isa::kClassicTable.size()>{});

// As far as a test can be without a load.
bool is_test(const ClassicInsn& insn) {
  return isa::is_branch(insn.code) && !isa::uses_x(insn.code);
}

// REQUIRES: is_test().
DecodedClassic::Range range_of(const ClassicInsn& comparison) {
  constexpr std::uint32_t kAll = ~std::uint32_t{0};
  const std::uint32_t k = comparison.k;
  switch (comparison.code) {
    case isa::kJeqK:
      return {.mask = kAll, .low = k, .span = 0};
    case isa::kJgeK:
      return {.mask = kAll, .low = k, .span = kAll - k};
    case isa::kJgtK:
      if (k == kAll) return {};  // nothing is
      return {.mask = kAll, .low = k + 1, .span = kAll - k - 1};
    default:  // jset
      return {.mask = k, .low = 1, .span = kAll - 1};
  }
}

bool loads_field(const isa::ClassicInfo& info) {
  return info.operand == Operand::kAbsolute || info.operand == Operand::kIndirect;
}

// REQUIRES: is sound; so for those below.
Insn decoded_alone(const ClassicInsn& insn) {
  const auto entry = isa::find_classic(insn.code) - isa::kClassicTable.data();
  Insn out{.entry = static_cast<std::uint8_t>(entry), .k = insn.k};
  if (isa::is_branch(insn.code)) {
    out.jt = 1 + insn.jt;
    out.jf = 1 + insn.jf;
  } else if (insn.code == isa::kJa) {
    out.jt = static_cast<std::int32_t>(1 + insn.k);  // negative when it goes backwards
  }
  if (insn.code == isa::kRetK) out.kind = Kind::kReturn;
  if (!is_test(insn)) return out;
  out.kind = Kind::kTest;
  out.range = range_of(insn);
  return out;
}

bool loads_cell(const ClassicInsn& insn) {
  return (isa::find_classic(insn.code)->reads & isa::kMemory) != 0;
}

// The first of `program`, with the test behind it if it is a load with one. That stays where it is,
// too: other ways may lead there.
Insn decoded_front(std::span<const ClassicInsn> program) {
  Insn out = decoded_alone(program[0]);
  const isa::ClassicInfo& info = *isa::find_classic(program[0].code);
  if (!loads_field(info)) return out;
  // Sound code ends with a return, so that there is something behind both.
  const bool masked = program[1].code == isa::kAndK;
  const std::size_t at = masked ? 2 : 1;
  if (!is_test(program[at])) return out;
  const auto behind = static_cast<std::int32_t>(at);
  const Insn test = decoded_alone(program[at]);
  out.kind = Kind::kLoadAndTest;
  out.size = static_cast<std::uint8_t>(isa::load_size(info.op));
  out.indexed = info.operand == Operand::kIndirect;
  out.jt = behind + test.jt;
  out.jf = behind + test.jf;
  out.mask = masked ? program[1].k : ~std::uint32_t{0};
  out.range = test.range;
  return out;
}

// What a test compares: the value of its load, or nullopt when it is out of bounds. Nearly always
// there are four bytes, whatever its size, so that no branch depends on that.
Value value_of(const Insn& test, std::span<const std::byte> bytes, std::uint32_t x) {
  constexpr std::uint32_t kMost = 4;
  const std::uint64_t offset = std::uint64_t{test.k} + (test.indexed ? x : 0);
  if (offset + kMost > bytes.size()) [[unlikely]]
    return load_bytes(bytes, offset, test.size);
  return load_be<std::uint32_t>(bytes.data() + offset) >> (kMost - test.size) * 8;
}

// Tests and constants to return are most of what runs, and stand here, where only branches that are
// easily predicted lead to them.
std::uint32_t run(const Insn* insn, Frame& frame) {
  while (insn != kEnd) {
    if (insn->kind == Kind::kLoadAndTest) {
      const Value value = value_of(*insn, frame.bytes, frame.x);
      if (!value) return 0;
      frame.a = *value & insn->mask;
    }
    if (insn->kind <= Kind::kTest) {
      // A branch rather than a choice of the distance: what comes next need not wait for the
      // packet.
      if (insn->range.contains(frame.a)) [[likely]] {
        insn += insn->jt;
      } else {
        insn += insn->jf;
      }
    } else if (insn->kind == Kind::kReturn) {
      return insn->k;
    } else {
      insn = kHandlers[insn->entry](*insn, frame);
    }
  }
  return frame.verdict;
}

}  // namespace
}  // namespace decoded

std::optional<DecodedClassic> DecodedClassic::decode(ClassicProgram program, std::uint64_t budget) {
  if (!isa::check_classic(program, isa::ClassicRules::kUserSpace).empty()) return std::nullopt;
  WEIR_CHECK(budget >= program.size());
  return DecodedClassic(std::move(program), budget);
}

DecodedClassic::DecodedClassic(ClassicProgram program, std::uint64_t budget)
    : program_(std::move(program)),
      budget_(budget),
      rounds_(budget / program_.size() - 1),
      loads_cells_(std::ranges::any_of(program_, decoded::loads_cell)) {
  code_.reserve(program_.size());
  for (std::size_t pc = 0; pc < program_.size(); ++pc)
    code_.push_back(decoded::decoded_front(std::span(program_).subspan(pc)));
}

std::uint32_t DecodedClassic::run(std::span<const std::byte> bytes,
                                  std::uint32_t wire_length) const {
  Frame frame(bytes, wire_length, rounds_);
  if (loads_cells_) frame.m.fill(0);
  const std::uint32_t verdict = decoded::run(code_.data(), frame);
  if (!frame.out_of_rounds) return verdict;
  // It may still end in time: whoever counts instructions knows.
  const ClassicInput input{.bytes = bytes, .wire_length = wire_length};
  return run_classic(program_, input, {.budget = budget_}).verdict;
}

}  // namespace weir::vm
