// Puts the answer of a CO-RE relocation into the instruction that asked for it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include <weir/result.h>

#include "isa/extended.h"

namespace weir::object {

struct CorePatch {
  std::uint64_t before = 0;  // what the instruction must hold, when `check`
  std::uint64_t after = 0;
  bool check = true;
  // Of the field, for accesses to memory; where they differ, the access changes its size.
  std::uint64_t bytes_before = 0;
  std::uint64_t bytes_after = 0;
};

// REQUIRES: slot < code.size(). Fails when the instruction is none that takes such a number, holds
// another than it should, or the new one does not fit; the code is then as it was.
Result<> patch_insn(std::span<isa::ExtendedInsn> code, std::size_t slot, const CorePatch& patch);

// Whether the instruction is an access to memory, whose size matters.
bool accesses_memory(const isa::ExtendedInsn& insn);

// Replaces the instruction by a call of helper 195896080, which there is not: libbpf's way to let
// the program load as long as it is never reached. REQUIRES: as above.
void poison_insn(std::span<isa::ExtendedInsn> code, std::size_t slot);

}  // namespace weir::object
