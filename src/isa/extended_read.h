// Reads extended programs back from text: whatever isa/extended_print.h prints, in either style,
// and what bpftool, verifier logs, llvm-objdump and BPF inline assembly have.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "diag/diagnostic.h"
#include "isa/extended.h"

namespace weir::isa {

struct ExtendedText {
  ExtendedProgram program;
  std::vector<diag::SourceRange> ranges;  // where the instruction of each slot stands in the text
};

inline constexpr std::size_t kMaxExtendedText = std::size_t{64} << 20;  // bytes
inline constexpr std::size_t kMaxExtendedTextSlots = std::size_t{1} << 20;

// Assembly, one instruction a line:
//   again: r1 += 5                         labels: any word and `:`, or `0010 <again>:`
//   if r1 s> 0x20 goto again               to a label, or by slots: `pc-2`, `-0x2`
//   call bpf_map_lookup_elem               helpers by name, number or both (`#1`); labels; `pc+3`
//   r2 = 0x1122334455667788 ll             64 bits, in two slots
//   12: (b7) r0 = 0                        as the verifier and bpftool print it
//   12: b7 00 00 00 00 00 00 00 r0 = 0x0   as llvm-objdump prints it; the bytes are passed over
// Comments go from `;`, `//` or a `#` that begins a word to the end of the line. Immediates are
// signed; those of 32-bit instructions and of comparisons may also be written unsigned.
//
// nullopt when `diagnostics` has an error. The program is well-formed text, not necessarily one
// that may run: see isa/extended_check.h.
std::optional<ExtendedText> assemble_extended(std::string_view text,
                                              diag::Diagnostics& diagnostics);

}  // namespace weir::isa
