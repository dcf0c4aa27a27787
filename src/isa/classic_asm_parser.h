// From the text of an assembly program to statements: what each line says, before any meaning.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "diag/diagnostic.h"
#include "isa/classic_asm_operand.h"

namespace weir::isa {

// Where a jump goes: to a label, or to the instruction at a position.
struct ClassicAsmTarget {
  diag::SourceRange range;
  std::string_view label;  // empty: by position
  std::uint32_t position = 0;
};

struct ClassicAsmStatement {
  std::string_view name;  // empty: the line was wrong, and that has been told
  diag::SourceRange name_range;
  diag::SourceRange range;
  ClassicAsmOperand operand;
  std::array<ClassicAsmTarget, 2> targets;  // taken when the comparison holds, and when it does not
  std::uint8_t target_count = 0;
};

struct ClassicAsmLabel {
  std::string_view name;
  diag::SourceRange range;
  std::uint32_t position;  // of the statement that follows
};

// The views point into the text.
struct ClassicAsmUnit {
  std::vector<ClassicAsmStatement> statements;
  std::vector<ClassicAsmLabel> labels;
};

// A line that is wrong is reported; the rest is parsed all the same.
ClassicAsmUnit parse_classic_assembly(std::string_view text, diag::Diagnostics& diagnostics);

}  // namespace weir::isa
