// Extended BPF, described once: extended_table() has a row an instruction, its opcode, what else
// chooses it, and how it is written. The decoder, checker, printer and assembler derive from it.
// Sources: RFC 9669, the kernel's Documentation/bpf/standardization/instruction-set.rst and
// kernel/bpf/verifier.c for what Linux adds.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "isa/extended.h"
#include "isa/extended_pattern.h"

namespace weir::isa {

// Whose way of writing: the kernel's verifier (its log, and `bpftool prog dump xlated`), or LLVM's
// (`llvm-objdump -d --mcpu=v4`, inline assembly). They differ in numbers and some words; where LLVM
// cannot tell instructions apart, its style has the verifier's form.
enum class ExtendedStyle : std::uint8_t { kVerifier, kLlvm };

enum class ExtendedForm : std::uint8_t {
  kArithmeticX,
  kArithmeticK,
  kMoveSigned,
  kNegate,
  kSwap,
  kCast,
  kLoad,
  kStoreX,
  kStoreK,
  kAtomic,
  kFetch,
  kExchange,
  kCompareExchange,
  kLoadAcquire,
  kStoreRelease,
  kPacketAbsolute,
  kPacketIndirect,
  kWideValue,
  kWideMapFd,
  kWideMapValue,
  kWideBtfVariable,
  kWideFunction,
  kWideMapIndex,
  kWideMapIndexValue,
  kBranchX,
  kBranchK,
  kGoto,
  kGotol,
  kMayGoto,
  kCallHelper,
  kCallSubprogram,
  kCallKfunc,
  kCallx,
  kExit,
};

struct ExtendedFormInfo {
  ExtendedForm form;
  std::array<Pattern, 2> patterns;  // by ExtendedStyle
};

consteval ExtendedFormInfo form_info(ExtendedForm form, std::string_view verifier,
                                     std::string_view llvm) {
  return {form, {Pattern(verifier), Pattern(llvm)}};
}
consteval ExtendedFormInfo form_info(ExtendedForm form, std::string_view both) {
  return form_info(form, both, both);
}

// In the order of ExtendedForm.
inline constexpr auto kExtendedForms = std::to_array<ExtendedFormInfo>({
    form_info(ExtendedForm::kArithmeticX, "{dst} {op} {src}"),
    form_info(ExtendedForm::kArithmeticK, "{dst} {op} {imm}"),
    form_info(ExtendedForm::kMoveSigned, "{dst} = ({type}){src}"),
    form_info(ExtendedForm::kNegate, "{dst} = -{dst}"),
    form_info(ExtendedForm::kSwap, "{dst64} = {op} {dst64}"),
    form_info(ExtendedForm::kCast, "{dst64} = addr_space_cast({src64}, {high}, {low})"),
    form_info(ExtendedForm::kLoad, "{dst_memory} = *({type} *)({src64}{offset})"),
    form_info(ExtendedForm::kStoreX, "*({type} *)({dst64}{offset}) = {src_memory}"),
    form_info(ExtendedForm::kStoreK, "*({type} *)({dst64}{offset}) = {imm}"),
    form_info(ExtendedForm::kAtomic, "lock *({type} *)({dst64}{offset}) {op} {src_memory}"),
    form_info(ExtendedForm::kFetch,
              "{src_memory} = {op}(({type} *)({dst64}{offset}), {src_memory})"),
    form_info(ExtendedForm::kExchange,
              "{src_memory} = {op}(({type} *)({dst64}{offset}), {src_memory})",
              "{src_memory} = {op}({dst64}{offset}, {src_memory})"),
    form_info(ExtendedForm::kCompareExchange,
              "{r0_memory} = {op}(({type} *)({dst64}{offset}), {r0_memory}, {src_memory})",
              "{r0_memory} = {op}({dst64}{offset}, {r0_memory}, {src_memory})"),
    form_info(ExtendedForm::kLoadAcquire,
              "{dst_memory} = load_acquire(({type} *)({src64}{offset}))"),
    form_info(ExtendedForm::kStoreRelease,
              "store_release(({type} *)({dst64}{offset}), {src_memory})"),
    form_info(ExtendedForm::kPacketAbsolute, "r0 = *({type} *)skb[{imm}]"),
    form_info(ExtendedForm::kPacketIndirect, "r0 = *({type} *)skb[{src64}{index}]"),
    form_info(ExtendedForm::kWideValue, "{dst64} = {wide}{ll}"),
    form_info(ExtendedForm::kWideMapFd, "{dst64} = map[fd:{imm}]"),
    form_info(ExtendedForm::kWideMapValue, "{dst64} = map[fd:{imm}][0]+{next}"),
    form_info(ExtendedForm::kWideBtfVariable, "{dst64} = var[btf_id:{imm}, btf_fd:{next}]"),
    form_info(ExtendedForm::kWideFunction, "{dst64} = subprog[{function}]"),
    form_info(ExtendedForm::kWideMapIndex, "{dst64} = map[idx:{imm}]"),
    form_info(ExtendedForm::kWideMapIndexValue, "{dst64} = map[idx:{imm}]+{next}"),
    form_info(ExtendedForm::kBranchX, "if {dst} {op} {src} goto {target}"),
    form_info(ExtendedForm::kBranchK, "if {dst} {op} {bits} goto {target}"),
    form_info(ExtendedForm::kGoto, "goto {target}"),
    form_info(ExtendedForm::kGotol, "gotol {far}"),
    form_info(ExtendedForm::kMayGoto, "may_goto {target}"),
    form_info(ExtendedForm::kCallHelper, "call {helper}"),
    form_info(ExtendedForm::kCallSubprogram, "call {far}"),
    form_info(ExtendedForm::kCallKfunc, "call kfunc#{imm}{module}"),
    form_info(ExtendedForm::kCallx, "callx {dst64}"),
    form_info(ExtendedForm::kExit, "exit"),
});
static_assert(std::ranges::all_of(kExtendedForms, [](const ExtendedFormInfo& info) {
  return &info == &kExtendedForms[static_cast<std::size_t>(info.form)];
}));

// What must hold beside the opcode.
struct Selector {
  Fields field = kNoField;  // one of kSrcField, kOffField, kImmField, or none
  std::int32_t value = 0;

  constexpr bool holds(const ExtendedInsn& insn) const { return read(insn) == value; }
  constexpr std::int32_t read(const ExtendedInsn& insn) const {
    if (field == kSrcField) return insn.src;
    if (field == kOffField) return insn.off;
    return field == kImmField ? insn.imm : value;
  }
};

struct ExtendedInfo {
  std::uint8_t code;
  ExtendedForm form;
  std::uint8_t bits;     // of its registers, or of what a memory access moves into one: 32 or 64
  std::uint8_t version;  // of the set, LLVM's -mcpu=v1 to v4
  Selector selector;
  std::string_view op;  // "+=", "s>", "be16"
  std::string_view llvm_op;
  std::string_view type;  // "u8"

  constexpr const Pattern& pattern(ExtendedStyle style) const {
    return kExtendedForms[static_cast<std::size_t>(form)].patterns[static_cast<std::size_t>(style)];
  }
  constexpr std::string_view word(ExtendedStyle style) const {
    return style == ExtendedStyle::kLlvm ? llvm_op : op;
  }
  // The fields that may be other than zero.
  constexpr Fields fields() const {
    return pattern(ExtendedStyle::kVerifier).fields() | selector.field;
  }
  // The field of the register that it writes: kDstField, kSrcField or none. A compare-exchange, a
  // call and a packet load write R0.
  constexpr Fields written() const { return pattern(ExtendedStyle::kVerifier).written(); }
  // The field with the distance to another place in the program: kOffField, kImmField or none.
  constexpr Fields distance() const {
    for (const PatternPiece& piece : pattern(ExtendedStyle::kVerifier)) {
      if (piece.slot == PatternSlot::kTarget) return kOffField;
      if (piece.slot == PatternSlot::kFarTarget || piece.slot == PatternSlot::kFunction)
        return kImmField;
    }
    return kNoField;
  }
};

// The row of an instruction; nullptr when it is none.
const ExtendedInfo* find_extended(const ExtendedInsn& insn);
// Every row, those of an opcode side by side.
std::span<const ExtendedInfo> extended_table();
// The rows of an opcode.
std::span<const ExtendedInfo> extended_rows(std::uint8_t code);

}  // namespace weir::isa
