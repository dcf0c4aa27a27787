// The structural check of classic programs: what Linux, or a user-space engine, refuses before
// running.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <weir/classic.h>

#include "diag/diagnostic.h"

namespace weir::isa {

enum class ClassicRules : std::uint8_t {
  // As Linux checks a socket filter: bpf_check_classic() in net/core/filter.c.
  kKernel,
  // As libpcap checks what it interprets itself (bpf_validate()): an unconditional jump may go
  // backwards, no kernel extension is checked, cells need no store before a load, and only the
  // caller
  // bounds the length. Stricter than libpcap where it has no defined meaning for a program: unknown
  // codes in known classes, constant shifts past 31.
  kUserSpace,
};

enum class ClassicFaultKind : std::uint8_t {
  kEmpty,
  kTooLong,
  kUnknownCode,
  kJumpOutOfRange,
  kJumpBackwards,
  kDivisionByZero,
  kShiftTooLarge,
  kNoSuchCell,
  kCellNotStored,
  kUnknownExtension,
  kNoReturnAtEnd,
};

struct ClassicFault {
  ClassicFaultKind kind;
  std::uint32_t pc;  // the instruction; 0 where the whole program is meant
  std::int64_t
      value{};  // what is wrong with it: a code, cell, shift, target, or number of instructions

  friend bool operator==(const ClassicFault&, const ClassicFault&) = default;
};

inline constexpr std::size_t kUserSpaceMaxInstructions = std::size_t{1} << 20;

// Every fault, at most one an instruction, in the order of the program; none: the program may run.
std::vector<ClassicFault> check_classic(std::span<const ClassicInsn> program, ClassicRules rules,
                                        std::size_t max_user_space = kUserSpaceMaxInstructions);

// "instruction 3: jumps to 12, but the last instruction is 9", lower case, no full stop.
std::string describe(const ClassicFault& fault);
// What to do about it.
std::string hint(const ClassicFault& fault);

// The faults as diagnostics; `ranges` is where each instruction stands in the user's text, as
// isa/classic_read.h gives it.
void report(std::span<const ClassicFault> faults, std::span<const diag::SourceRange> ranges,
            diag::Diagnostics& diagnostics);

}  // namespace weir::isa
