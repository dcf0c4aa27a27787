// Whether a line is an instruction of the table: its text against the pattern of a row.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "isa/extended_asm_failure.h"
#include "isa/extended_asm_line.h"
#include "isa/extended_table.h"

namespace weir::isa {

struct AsmMatch {
  const ExtendedInfo* row = nullptr;
  ExtendedInsn insn;
  ExtendedInsn second;     // of 64 bits
  std::string_view label;  // where it goes, in place of a distance; empty when it has none
  diag::SourceRange label_range;
};

// The instruction on the rest of the line, with any row and in any style, or nothing, and then
// `failure` knows why. `code` is the opcode when the line tells it: then only its rows count, and
// 64 bits need no mark.
std::optional<AsmMatch> match_instruction(const LineCursor& line, std::optional<std::uint8_t> code,
                                          AsmFailure& failure);

}  // namespace weir::isa
