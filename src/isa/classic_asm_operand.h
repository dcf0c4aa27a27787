// Parses the operand of an assembly instruction.
#pragma once

#include <cstdint>

#include "diag/diagnostic.h"
#include "isa/classic_asm_cursor.h"

namespace weir::isa {

enum class ClassicAsmShape : std::uint8_t {
  kNone,
  kImmediate,     // #5
  kRegisterA,     // a
  kRegisterX,     // x
  kAbsolute,      // [5], [proto], #proto
  kIndirect,      // [x + 5]
  kHeaderLength,  // 4*([5]&0xf)
  kPacketLength,  // #len, #pktlen
  kCell,          // M[5]
  kTarget,        // of an unconditional jump; in ClassicAsmStatement::targets
};

struct ClassicAsmOperand {
  ClassicAsmShape shape = ClassicAsmShape::kNone;
  std::uint32_t k = 0;
  diag::SourceRange range;
};

// Any shape but kTarget. False after an error, which has been told.
bool parse_classic_operand(ClassicAsmCursor& cursor, ClassicAsmOperand& operand);

}  // namespace weir::isa
