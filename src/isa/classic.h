// Classic BPF, described once: isa/classic.def lists every instruction; the opcodes and the table
// here, and through them the printer, assembler, checker and interpreter, derive from it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <weir/classic.h>

namespace weir::isa {

// Opcodes, the values of ClassicInsn::code.
enum ClassicOp : std::uint16_t {
#define WEIR_CLASSIC(id, code, mnemonic, operand, reads, writes) id = (code),
#include "isa/classic.def"
#undef WEIR_CLASSIC
};

// The fields of an opcode. Class is common to all; size and mode belong to loads; operation and
// source to arithmetic and jumps.
enum ClassicClass : std::uint16_t {
  kClassLd = 0,
  kClassLdx = 1,
  kClassSt = 2,
  kClassStx = 3,
  kClassAlu = 4,
  kClassJmp = 5,
  kClassRet = 6,
  kClassMisc = 7,
};
constexpr std::uint16_t class_of(std::uint16_t code) { return code & 0x07; }
constexpr std::uint16_t operation_of(std::uint16_t code) { return code & 0xf0; }
constexpr bool uses_x(std::uint16_t code) { return (code & 0x08) != 0; }
// Bytes that a load from the packet reads: 4, 2 or 1.
constexpr std::uint32_t load_size(std::uint16_t code) { return 4u >> ((code >> 3) & 3); }

// Number of scratch cells, M[0] to M[15].
inline constexpr std::uint32_t kScratchCells = 16;
// The longest program that Linux attaches to a socket (BPF_MAXINSNS).
inline constexpr std::size_t kKernelMaxInstructions = 4096;
// A branch reaches this many instructions past the next one.
inline constexpr std::uint32_t kMaxBranch = 255;

// How the operand is written, and with it what `k` means.
enum class Operand : std::uint8_t {
  kNone,
  kDecimal,       // #10, printed signed
  kHex,           // #0x800
  kAbsolute,      // [12], or the name of a kernel extension
  kIndirect,      // [x + 14]
  kHeaderLength,  // 4*([14]&0xf), the length of an IPv4 header
  kPacketLength,  // #pktlen
  kCell,          // M[3]
  kIndex,         // x, the register
  kTarget,        // where an unconditional jump goes
};

// What an instruction reads or writes, as a set of bits.
using Touches = std::uint8_t;
inline constexpr Touches kNothing = 0;
inline constexpr Touches kA = 1;
inline constexpr Touches kX = 2;
inline constexpr Touches kMemory = 4;  // the scratch cell M[k]
inline constexpr Touches kPacket = 8;  // bytes, length or metadata of the packet

struct ClassicInfo {
  ClassicOp op;
  std::string_view mnemonic;
  Operand operand;
  Touches reads;
  Touches writes;
};

inline constexpr auto kClassicTable = std::to_array<ClassicInfo>({
#define WEIR_CLASSIC(id, code, mnemonic, operand, reads, writes) \
  {id, mnemonic, Operand::operand, reads, writes},
#include "isa/classic.def"
#undef WEIR_CLASSIC
});

// nullptr for a code that is no instruction.
const ClassicInfo* find_classic(std::uint16_t code);

constexpr bool is_load(std::uint16_t code) {
  return class_of(code) == kClassLd || class_of(code) == kClassLdx;
}
constexpr bool is_store(std::uint16_t code) {
  return class_of(code) == kClassSt || class_of(code) == kClassStx;
}
// Any jump, conditional (a branch) or not.
constexpr bool is_jump(std::uint16_t code) { return class_of(code) == kClassJmp; }
constexpr bool is_branch(std::uint16_t code) { return is_jump(code) && operation_of(code) != 0; }
constexpr bool is_return(std::uint16_t code) { return class_of(code) == kClassRet; }

constexpr ClassicInsn stmt(ClassicOp op, std::uint32_t k = 0) { return {op, 0, 0, k}; }
constexpr ClassicInsn branch(ClassicOp op, std::uint32_t k, std::uint8_t jt, std::uint8_t jf) {
  return {op, jt, jf, k};
}

}  // namespace weir::isa
