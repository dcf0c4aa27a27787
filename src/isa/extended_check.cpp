#include "isa/extended_check.h"

#include <algorithm>
#include <array>
#include <optional>

#include "isa/extended_code.h"
#include "isa/extended_table.h"

namespace weir::isa {
namespace {

using enum ExtendedFaultKind;
using MaybeFault = std::optional<ExtendedFault>;

MaybeFault fault_at(ExtendedFaultKind kind, std::size_t slot, std::int64_t value = 0,
                    std::string_view field = {}) {
  return ExtendedFault{kind, static_cast<std::uint32_t>(slot), value, field};
}

struct NamedField {
  Fields field;
  std::string_view name;
};
constexpr auto kNamedFields = std::to_array<NamedField>({
    {kDstField, "destination register"},
    {kSrcField, "source register"},
    {kOffField, "offset"},
    {kImmField, "immediate"},
});

std::int32_t value_of(const ExtendedInsn& insn, Fields field) {
  return field == kDstField ? insn.dst : Selector{field, 0}.read(insn);
}

MaybeFault check_variant(std::size_t slot, const ExtendedInsn& insn) {
  const auto rows = extended_rows(insn.code);
  if (rows.empty()) return fault_at(kUnknownCode, slot, insn.code);
  const Selector& selector = rows.front().selector;
  const auto* named = std::ranges::find(kNamedFields, selector.field, &NamedField::field);
  return fault_at(kUnknownVariant, slot, selector.read(insn), named->name);
}

MaybeFault check_fields(std::size_t slot, const ExtendedInsn& insn, const ExtendedInfo& info) {
  for (const NamedField& named : kNamedFields) {
    const std::int32_t value = value_of(insn, named.field);
    if ((info.fields() & named.field) == 0 && value != 0) {
      return fault_at(kReservedField, slot, value, named.name);
    }
  }
  return {};
}

MaybeFault check_registers(std::size_t slot, const ExtendedInsn& insn, const ExtendedInfo& info) {
  for (const Fields field : {kDstField, kSrcField}) {
    const std::int32_t number = value_of(insn, field);
    if (number > kR10) return fault_at(kNoSuchRegister, slot, number);
    if (info.written() == field && number == kR10) return fault_at(kFramePointer, slot);
  }
  return {};
}

// The operation of an opcode of arithmetic.
AluOp operation(const ExtendedInsn& insn) { return static_cast<AluOp>(insn.code & 0xf0); }

MaybeFault check_constant(std::size_t slot, const ExtendedInsn& insn, const ExtendedInfo& info) {
  if (info.form != ExtendedForm::kArithmeticK) return {};
  const AluOp op = operation(insn);
  if ((op == AluOp::kDiv || op == AluOp::kMod) && insn.imm == 0) {
    return fault_at(kDivisionByZero, slot);
  }
  const bool shift = op == AluOp::kLsh || op == AluOp::kRsh || op == AluOp::kArsh;
  const bool too_large = insn.imm < 0 || insn.imm >= info.bits;
  return shift && too_large ? fault_at(kShiftTooLarge, slot, insn.imm) : MaybeFault{};
}

MaybeFault check_second_slot(std::span<const ExtendedInsn> program, std::size_t slot,
                             const ExtendedInfo& info) {
  if (slot + 1 == program.size()) return fault_at(kWideCutOff, slot);
  const ExtendedInsn& second = program[slot + 1];
  if (make_insn(0, 0, 0, 0, second.imm) != second) return fault_at(kWideSecondSlot, slot);
  const bool reserved = (info.fields() & kNextField) == 0 && second.imm != 0;
  return reserved ? fault_at(kReservedField, slot, second.imm, "second immediate") : MaybeFault{};
}

bool begins_subprogram(const ExtendedInfo& info) {
  return info.form == ExtendedForm::kCallSubprogram || info.form == ExtendedForm::kWideFunction;
}

bool ends_subprogram(const ExtendedInsn& insn) {
  return insn.code == kExitCode || insn.code == kGotoCode || insn.code == kGotolCode;
}

class ExtendedChecker {
 public:
  explicit ExtendedChecker(std::span<const ExtendedInsn> program)
      : program_(program), begins_(program.size() + 1, Place::kInside) {}

  std::vector<ExtendedFault> check() {
    each([&](std::size_t slot) { note(check_instruction(slot)); });
    if (!faults_.empty()) return std::move(faults_);
    find_subprograms();
    each([&](std::size_t slot) { note(check_distance(slot)); });
    if (faults_.empty()) check_ends();
    return std::move(faults_);
  }

 private:
  enum class Place : std::uint8_t { kInside, kSubprogram, kSecondSlot };

  void note(const MaybeFault& found) {
    if (found) faults_.push_back(*found);
  }

  template <typename Visit>
  void each(Visit visit) const {
    for (std::size_t slot = 0; slot < program_.size(); slot += slots_at(program_, slot)) {
      visit(slot);
    }
  }

  MaybeFault check_instruction(std::size_t slot) const {
    const ExtendedInsn& insn = program_[slot];
    const ExtendedInfo* info = find_extended(insn);
    if (info == nullptr) return check_variant(slot, insn);
    if (info->form == ExtendedForm::kCallx) return fault_at(kCallx, slot, insn.dst);
    if (MaybeFault found = check_fields(slot, insn, *info)) return found;
    if (MaybeFault found = check_registers(slot, insn, *info)) return found;
    if (is_wide(insn)) return check_second_slot(program_, slot, *info);
    return check_constant(slot, insn, *info);
  }

  // Where the instruction leads beside the next one; nullopt: nowhere.
  std::optional<std::int64_t> target(std::size_t slot) const {
    const ExtendedInsn& insn = program_[slot];
    const Fields field = find_extended(insn)->distance();
    if (field == kNoField) return {};
    return static_cast<std::int64_t>(slot) + 1 + value_of(insn, field);
  }

  bool inside(std::int64_t target) const {
    return target >= 0 && target < static_cast<std::int64_t>(program_.size());
  }

  // Afterwards begins_ tells of every slot what it is, and, as last element, that a subprogram
  // begins after the last.
  void find_subprograms() {
    each([&](std::size_t slot) {
      if (is_wide(program_[slot])) begins_[slot + 1] = Place::kSecondSlot;
    });
    begins_.front() = begins_.back() = Place::kSubprogram;
    each([&](std::size_t slot) {
      const auto to = target(slot);
      if (!to || !inside(*to) || !begins_subprogram(*find_extended(program_[slot]))) return;
      Place& place = begins_[static_cast<std::size_t>(*to)];
      if (place == Place::kInside) place = Place::kSubprogram;
    });
    std::uint32_t number = 0;
    for (std::size_t slot = 0; slot < program_.size(); ++slot) {
      if (begins_[slot] == Place::kSubprogram) ++number;
      subprogram_.push_back(number);
    }
  }

  MaybeFault check_distance(std::size_t slot) const {
    const auto to = target(slot);
    if (!to) return {};
    if (!inside(*to)) return fault_at(kJumpOutOfRange, slot, *to);
    const auto place = static_cast<std::size_t>(*to);
    if (begins_[place] == Place::kSecondSlot) return fault_at(kJumpIntoWide, slot, *to);
    const bool leaves = !begins_subprogram(*find_extended(program_[slot])) &&
                        subprogram_[place] != subprogram_[slot];
    return leaves ? fault_at(kLeavesSubprogram, slot, *to) : MaybeFault{};
  }

  void check_ends() {
    each([&](std::size_t slot) {
      const std::size_t next = slot + slots_at(program_, slot);
      if (begins_[next] == Place::kSubprogram && !ends_subprogram(program_[slot])) {
        note(fault_at(kNoExitAtEnd, slot));
      }
    });
  }

  std::span<const ExtendedInsn> program_;
  std::vector<Place> begins_;
  std::vector<std::uint32_t> subprogram_;  // of each slot
  std::vector<ExtendedFault> faults_;
};

}  // namespace

std::vector<ExtendedFault> check_extended(std::span<const ExtendedInsn> program,
                                          std::size_t max_slots) {
  if (program.empty()) return {*fault_at(kEmpty, 0)};
  if (program.size() > max_slots) {
    return {*fault_at(kTooLong, 0, static_cast<std::int64_t>(program.size()))};
  }
  return ExtendedChecker(program).check();
}

}  // namespace weir::isa
