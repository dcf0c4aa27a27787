// Extended BPF (eBPF): the instruction as Linux lays it out, the parts of its opcode, and makers of
// instructions. isa/extended_table.h describes every instruction. Sources: RFC 9669; the kernel's
// include/uapi/linux/bpf.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace weir::isa {

// `struct bpf_insn` of this machine: eight bytes, fields in its own byte order.
struct ExtendedInsn {
  std::uint8_t code = 0;
  std::uint8_t dst : 4 = 0;
  std::uint8_t src : 4 = 0;
  std::int16_t off = 0;
  std::int32_t imm = 0;

  friend bool operator==(const ExtendedInsn&, const ExtendedInsn&) = default;
};
static_assert(sizeof(ExtendedInsn) == 8);

// Slots: an instruction is one, but the load of 64 bits is two. Jumps count slots.
using ExtendedProgram = std::vector<ExtendedInsn>;

// R0 is what calls and the program return, R1 to R5 are arguments, which calls destroy, R6 to R9
// survive calls, R10 is the end of the stack frame and read only.
enum Register : std::uint8_t { kR0, kR1, kR2, kR3, kR4, kR5, kR6, kR7, kR8, kR9, kR10 };

// The lowest three bits of an opcode.
enum class InsnClass : std::uint8_t { kLd, kLdx, kSt, kStx, kAlu, kJmp, kJmp32, kAlu64 };

// The operation of arithmetic; `off` chooses the signed kind of kDiv, kMod and kMov.
enum class AluOp : std::uint8_t {
  kAdd = 0x00,
  kSub = 0x10,
  kMul = 0x20,
  kDiv = 0x30,
  kOr = 0x40,
  kAnd = 0x50,
  kLsh = 0x60,
  kRsh = 0x70,
  kNeg = 0x80,
  kMod = 0x90,
  kXor = 0xa0,
  kMov = 0xb0,
  kArsh = 0xc0,
  kEnd = 0xd0,
};

enum class JumpOp : std::uint8_t {
  kAlways = 0x00,
  kEq = 0x10,
  kGt = 0x20,
  kGe = 0x30,
  kSet = 0x40,
  kNe = 0x50,
  kSgt = 0x60,
  kSge = 0x70,
  kCall = 0x80,
  kExit = 0x90,
  kLt = 0xa0,
  kLe = 0xb0,
  kSlt = 0xc0,
  kSle = 0xd0,
  kMay = 0xe0,  // Linux's JCOND
};

enum class AccessSize : std::uint8_t { kWord = 0x00, kHalf = 0x08, kByte = 0x10, kDouble = 0x18 };

enum class AccessMode : std::uint8_t {
  kImm = 0x00,
  kAbs = 0x20,
  kInd = 0x40,
  kMem = 0x60,
  kMemSigned = 0x80,
  kAtomic = 0xc0,
};

// `imm` of an atomic instruction.
enum class AtomicOp : std::int32_t {
  kAdd = 0x00,
  kOr = 0x40,
  kAnd = 0x50,
  kXor = 0xa0,
  kFetch = 0x01,  // beside one of those above
  kExchange = 0xe1,
  kCompareExchange = 0xf1,
  kLoadAcquire = 0x100,
  kStoreRelease = 0x110,
};

// `src` of the load of 64 bits: what the value stands for (BPF_PSEUDO_*).
enum class WideKind : std::uint8_t {
  kValue,
  kMapFd,
  kMapValue,       // address in the only value of the map with this descriptor
  kBtfVariable,    // address of a kernel variable
  kFunction,       // address of a subprogram, for callbacks
  kMapIndex,       // as kMapFd, by position in the fd_array of the load
  kMapIndexValue,  // as kMapValue, likewise
};

// `src` of a call.
enum class CallKind : std::uint8_t { kHelper, kSubprogram, kKfunc };

inline constexpr std::uint8_t kRegisterSource = 0x08;  // the operand is a register, not `imm`
inline constexpr std::uint8_t kWideCode = 0x18;
inline constexpr std::uint8_t kCallCode = 0x85;
inline constexpr std::uint8_t kCallxCode = 0x8d;
inline constexpr std::uint8_t kExitCode = 0x95;
inline constexpr std::uint8_t kGotoCode = 0x05;
inline constexpr std::uint8_t kGotolCode = 0x06;

constexpr InsnClass class_of(const ExtendedInsn& insn) {
  return static_cast<InsnClass>(insn.code & 0x07);
}
constexpr bool is_wide(const ExtendedInsn& insn) { return insn.code == kWideCode; }

constexpr std::uint8_t code_of(InsnClass c, AluOp op, std::uint8_t source = 0) {
  return static_cast<std::uint8_t>(std::to_underlying(c) | std::to_underlying(op) | source);
}
constexpr std::uint8_t code_of(InsnClass c, JumpOp op, std::uint8_t source = 0) {
  return static_cast<std::uint8_t>(std::to_underlying(c) | std::to_underlying(op) | source);
}
constexpr std::uint8_t code_of(InsnClass c, AccessMode mode, AccessSize size) {
  return static_cast<std::uint8_t>(std::to_underlying(c) | std::to_underlying(mode) |
                                   std::to_underlying(size));
}

// Makers; the offset of a jump counts slots from the next one.
constexpr ExtendedInsn make_insn(std::uint8_t code, std::uint8_t dst = 0, std::uint8_t src = 0,
                                 std::int16_t off = 0, std::int32_t imm = 0) {
  ExtendedInsn insn{.code = code, .off = off, .imm = imm};
  insn.dst = dst & 0xf;
  insn.src = src & 0xf;
  return insn;
}
constexpr ExtendedInsn alu64(AluOp op, Register dst, Register src) {
  return make_insn(code_of(InsnClass::kAlu64, op, kRegisterSource), dst, src);
}
constexpr ExtendedInsn alu64(AluOp op, Register dst, std::int32_t imm) {
  return make_insn(code_of(InsnClass::kAlu64, op), dst, 0, 0, imm);
}
constexpr ExtendedInsn alu32(AluOp op, Register dst, Register src) {
  return make_insn(code_of(InsnClass::kAlu, op, kRegisterSource), dst, src);
}
constexpr ExtendedInsn alu32(AluOp op, Register dst, std::int32_t imm) {
  return make_insn(code_of(InsnClass::kAlu, op), dst, 0, 0, imm);
}
// From network byte order to the machine's; 16, 32 or 64 bits.
constexpr ExtendedInsn from_be(Register dst, std::int32_t bits) {
  return make_insn(code_of(InsnClass::kAlu, AluOp::kEnd, kRegisterSource), dst, 0, 0, bits);
}
constexpr ExtendedInsn jump32(JumpOp op, Register dst, Register src, std::int16_t off) {
  return make_insn(code_of(InsnClass::kJmp32, op, kRegisterSource), dst, src, off);
}
constexpr ExtendedInsn jump32(JumpOp op, Register dst, std::int32_t imm, std::int16_t off) {
  return make_insn(code_of(InsnClass::kJmp32, op), dst, 0, off, imm);
}
constexpr ExtendedInsn go_to(std::int16_t off) { return make_insn(kGotoCode, 0, 0, off); }
constexpr ExtendedInsn call_helper(std::int32_t id) { return make_insn(kCallCode, 0, 0, 0, id); }
constexpr ExtendedInsn exit_program() { return make_insn(kExitCode); }
constexpr ExtendedInsn load_memory(AccessSize size, Register dst, Register address,
                                   std::int16_t off) {
  return make_insn(code_of(InsnClass::kLdx, AccessMode::kMem, size), dst, address, off);
}
constexpr ExtendedInsn store_memory(AccessSize size, Register address, std::int16_t off,
                                    Register src) {
  return make_insn(code_of(InsnClass::kStx, AccessMode::kMem, size), address, src, off);
}
// R0 = bytes of the packet of the context in R6, in the machine's order; destroys R1 to R5. Ends
// the program with 0 when they are not all there.
constexpr ExtendedInsn load_packet(AccessSize size, std::int32_t at) {
  return make_insn(code_of(InsnClass::kLd, AccessMode::kAbs, size), 0, 0, 0, at);
}
constexpr ExtendedInsn load_packet(AccessSize size, Register index, std::int32_t at) {
  return make_insn(code_of(InsnClass::kLd, AccessMode::kInd, size), 0, index, 0, at);
}

}  // namespace weir::isa
