// Reads classic programs back from text: every form that isa/classic_print.h prints (but JSON), and
// the assembly of the kernel's bpf_asm with its labels, extension names and comments.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include <weir/classic.h>

#include "diag/diagnostic.h"

namespace weir::isa {

struct ClassicText {
  ClassicProgram program;
  std::vector<diag::SourceRange> ranges;  // where each instruction stands in the text
};

inline constexpr std::size_t kMaxCodeText = std::size_t{64} << 20;  // bytes
inline constexpr std::size_t kMaxCodeInstructions = std::size_t{1} << 20;

// Any of the forms, told apart by the first character. nullopt when `diagnostics` has an error.
// The program is well-formed text, not necessarily one that may run: see isa/classic_check.h.
std::optional<ClassicText> read_classic(std::string_view text, diag::Diagnostics& diagnostics);

// Assembly, one instruction a line:
//   (001) jeq #0x800  jt 2  jf 12     targets are positions; the number in front is optional
//   next: jne #0x806, drop            targets are labels, of which the last may be left out
// Comments go from `;` to the end of the line or stand in `/* */`.
// REQUIRES: text.size() <= kMaxCodeText; so does read_classic_numbers().
std::optional<ClassicText> assemble_classic(std::string_view text, diag::Diagnostics& diagnostics);

// `40 0 0 12` a line (or between commas), the count in front if there is one; or `{ 0x28, 0, 0, 12
// },`.
std::optional<ClassicText> read_classic_numbers(std::string_view text,
                                                diag::Diagnostics& diagnostics);

}  // namespace weir::isa
