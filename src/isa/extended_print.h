// Prints extended programs as the kernel's verifier and bpftool do, or as llvm-objdump does. What
// is printed here is read back by isa/extended_read.h, instruction for instruction.
//
// The verifier's style has two additions: the load of 64 bits is marked ` ll` as in LLVM's, for
// without it `r1 = 0x5` could be two instructions, and what the value stands for is told
// (`map[fd:5]`).
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "isa/extended.h"
#include "isa/extended_table.h"

namespace weir::isa {

// "r0 = *(u8 *)(r1 +23)": the instruction at `slot`; "unknown opcode 0x8f" for what is none.
// REQUIRES: slot < program.size().
std::string format_extended(std::span<const ExtendedInsn> program, std::size_t slot,
                            ExtendedStyle style = ExtendedStyle::kVerifier);

// What the compiler made an instruction from.
struct SourceLine {
  std::uint32_t slot;  // of the first instruction of the line
  std::string text;    // "return x + 1; @ prog.bpf.c:12"
};

// A line an instruction, each with its slot in front, and with its opcode, "   0: (b7) r0 = 0", or
// for LLVM its bytes, "       0:\tb7 00 00 00 00 00 00 00\tr0 = 0x0". Source lines, in the order of
// their slots, stand before their instruction as comments, "; return 0;".
std::string format_extended_listing(std::span<const ExtendedInsn> program,
                                    ExtendedStyle style = ExtendedStyle::kVerifier,
                                    std::span<const SourceLine> lines = {},
                                    std::endian order = std::endian::native);

}  // namespace weir::isa
