// The structural check of extended programs: what every engine refuses before it looks at what the
// program does, and what must hold for a program to be read at all.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "diag/diagnostic.h"
#include "isa/extended.h"

namespace weir::isa {

enum class ExtendedFaultKind : std::uint8_t {
  kEmpty,
  kTooLong,
  kUnknownCode,
  kUnknownVariant,
  kCallx,
  kReservedField,
  kNoSuchRegister,
  kFramePointer,
  kWideCutOff,
  kWideSecondSlot,
  kJumpOutOfRange,
  kJumpIntoWide,
  kLeavesSubprogram,
  kDivisionByZero,
  kShiftTooLarge,
  kNoExitAtEnd,
};

struct ExtendedFault {
  ExtendedFaultKind kind;
  std::uint32_t slot;      // of the instruction; 0 where the whole program is meant
  std::int64_t value = 0;  // what is wrong with it: a code, register, field, shift, target, length
  std::string_view field = {};  // of kReservedField and kUnknownVariant: "offset"

  friend bool operator==(const ExtendedFault&, const ExtendedFault&) = default;
};

// The longest program that Linux loads (BPF_COMPLEXITY_LIMIT_INSNS); without CAP_BPF it takes 4096.
inline constexpr std::size_t kMaxExtendedSlots = 1'000'000;

// Every fault, at most one an instruction, in the order of the program; none: it is well formed.
// Subprograms begin where calls and function addresses go, end where the next one begins, and are
// left only by an exit.
std::vector<ExtendedFault> check_extended(std::span<const ExtendedInsn> program,
                                          std::size_t max_slots = kMaxExtendedSlots);

// "instruction 3: jumps to 12, which is not in the program", lower case, no full stop.
std::string describe(const ExtendedFault& fault);
// What to do about it.
std::string hint(const ExtendedFault& fault);

// The faults as diagnostics; `ranges` is where each slot stands in the user's text, as
// isa/extended_read.h gives it.
void report(std::span<const ExtendedFault> faults, std::span<const diag::SourceRange> ranges,
            diag::Diagnostics& diagnostics);

}  // namespace weir::isa
