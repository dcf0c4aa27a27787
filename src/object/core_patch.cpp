#include "object/core_patch.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <optional>

#include "isa/extended_code.h"

namespace weir::object {
namespace {

using isa::ExtendedInsn;
using isa::InsnClass;

constexpr std::int32_t kPoison = 0x0bad2310;

struct SizeBits {
  std::uint64_t bytes;
  isa::AccessSize size;
};
constexpr std::array kSizes = {
    SizeBits{1, isa::AccessSize::kByte}, SizeBits{2, isa::AccessSize::kHalf},
    SizeBits{4, isa::AccessSize::kWord}, SizeBits{8, isa::AccessSize::kDouble}};
constexpr std::uint8_t kSizeMask = 0x18;

std::uint64_t access_bytes(const ExtendedInsn& insn) {
  const auto size = static_cast<isa::AccessSize>(insn.code & kSizeMask);
  return std::ranges::find(kSizes, size, &SizeBits::size)->bytes;
}

std::unexpected<Error> holds_another(std::size_t slot, std::uint64_t holds,
                                     std::uint64_t expected) {
  return fail(fmt::format("instruction {} holds {} where the object's types say {}", slot,
                          static_cast<std::int64_t>(holds), static_cast<std::int64_t>(expected)),
              "was the object damaged, or relocated already");
}

Result<> patch_arithmetic(ExtendedInsn& insn, std::size_t slot, const CorePatch& patch) {
  if ((insn.code & isa::kRegisterSource) != 0) {
    return fail(
        fmt::format("instruction {} takes a register, and a number is to be put there", slot),
        "was the object damaged");
  }
  const auto holds = static_cast<std::uint64_t>(std::int64_t{insn.imm});
  if (patch.check && holds != patch.before) return holds_another(slot, holds, patch.before);
  insn.imm = static_cast<std::int32_t>(patch.after);
  return {};
}

Result<> resize(ExtendedInsn& insn, std::size_t slot, const CorePatch& patch) {
  if (access_bytes(insn) != patch.bytes_before) {
    return fail(fmt::format("instruction {} is an access of size {}, and the field has {}", slot,
                            access_bytes(insn), patch.bytes_before),
                "the field has another size in the target; use bpf_core_read() for parts of it");
  }
  const auto size = std::ranges::find(kSizes, patch.bytes_after, &SizeBits::bytes);
  if (size == kSizes.end()) {
    return fail(fmt::format("instruction {} cannot read or write {} bytes at once", slot,
                            patch.bytes_after));
  }
  insn.code = static_cast<std::uint8_t>((insn.code & ~kSizeMask) | std::to_underlying(size->size));
  return {};
}

Result<> patch_access(ExtendedInsn& insn, std::size_t slot, const CorePatch& patch) {
  const auto holds = static_cast<std::uint64_t>(std::int64_t{insn.off});
  if (patch.check && holds != patch.before) return holds_another(slot, holds, patch.before);
  if (patch.after > std::numeric_limits<std::int16_t>::max()) {
    return fail(fmt::format("the offset {} does not fit into instruction {}", patch.after, slot),
                "read the field with bpf_core_read()");
  }
  insn.off = static_cast<std::int16_t>(patch.after);
  return patch.bytes_before == patch.bytes_after ? Result<>{} : resize(insn, slot, patch);
}

Result<> patch_wide(std::span<ExtendedInsn> code, std::size_t slot, const CorePatch& patch) {
  const bool plain = isa::slots_at(code, slot) == 2 && code[slot].src == 0 && code[slot].off == 0 &&
                     code[slot + 1] == isa::make_insn(0, 0, 0, 0, code[slot + 1].imm);
  if (!plain) {
    return fail(fmt::format("instruction {} is no load of 64 bits", slot),
                "was the object damaged");
  }
  const std::uint64_t holds = isa::wide_value(code, slot);
  if (patch.check && holds != patch.before) return holds_another(slot, holds, patch.before);
  code[slot].imm = static_cast<std::int32_t>(patch.after);
  code[slot + 1].imm = static_cast<std::int32_t>(patch.after >> 32);
  return {};
}

}  // namespace

bool accesses_memory(const ExtendedInsn& insn) {
  const InsnClass c = isa::class_of(insn);
  return c == InsnClass::kLdx || c == InsnClass::kSt || c == InsnClass::kStx;
}

Result<> patch_insn(std::span<ExtendedInsn> code, std::size_t slot, const CorePatch& patch) {
  if (isa::is_wide(code[slot])) return patch_wide(code, slot, patch);
  ExtendedInsn insn = code[slot];
  const InsnClass c = isa::class_of(insn);
  Result<> patched;
  if (c == InsnClass::kAlu || c == InsnClass::kAlu64) {
    patched = patch_arithmetic(insn, slot, patch);
  } else if (accesses_memory(insn)) {
    patched = patch_access(insn, slot, patch);
  } else {
    patched = fail(fmt::format("instruction {} (opcode {:#04x}) takes no number of a type or field",
                               slot, insn.code),
                   "was the object damaged");
  }
  if (patched) code[slot] = insn;
  return patched;
}

void poison_insn(std::span<ExtendedInsn> code, std::size_t slot) {
  constexpr ExtendedInsn kNowhere = isa::call_helper(kPoison);
  // Both halves, so that the verifier does not stumble over the second.
  if (isa::slots_at(code, slot) == 2) code[slot + 1] = kNowhere;
  code[slot] = kNowhere;
}

}  // namespace weir::object
