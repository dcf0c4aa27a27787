// What opcodes of the extended set are made of: operations, comparisons, sizes, atomic operations,
// and the instructions that are one of a kind. isa/extended_table.cpp makes the rows of the table
// from them; nobody else needs them.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <utility>

#include "isa/extended.h"
#include "isa/extended_table.h"

namespace weir::isa::parts {

struct Arithmetic {
  AluOp op;
  std::string_view symbol;
  std::int16_t off = 0;
  std::uint8_t version = 1;
};
inline constexpr auto kArithmetic = std::to_array<Arithmetic>({
    {AluOp::kAdd, "+="},
    {AluOp::kSub, "-="},
    {AluOp::kMul, "*="},
    {AluOp::kDiv, "/="},
    {AluOp::kDiv, "s/=", 1, 4},
    {AluOp::kOr, "|="},
    {AluOp::kAnd, "&="},
    {AluOp::kLsh, "<<="},
    {AluOp::kRsh, ">>="},
    {AluOp::kMod, "%="},
    {AluOp::kMod, "s%=", 1, 4},
    {AluOp::kXor, "^="},
    {AluOp::kMov, "="},
    {AluOp::kArsh, "s>>="},
});
constexpr bool has_signed_kind(AluOp op, bool is_register) {
  return op == AluOp::kDiv || op == AluOp::kMod || (op == AluOp::kMov && is_register);
}

struct Comparison {
  JumpOp op;
  std::string_view symbol;
  std::uint8_t version = 1;
};
inline constexpr auto kComparisons = std::to_array<Comparison>({
    {JumpOp::kEq, "=="},
    {JumpOp::kGt, ">"},
    {JumpOp::kGe, ">="},
    {JumpOp::kSet, "&"},
    {JumpOp::kNe, "!="},
    {JumpOp::kSgt, "s>"},
    {JumpOp::kSge, "s>="},
    {JumpOp::kLt, "<", 2},
    {JumpOp::kLe, "<=", 2},
    {JumpOp::kSlt, "s<", 2},
    {JumpOp::kSle, "s<=", 2},
});

struct SignedMove {
  std::uint8_t bits;  // of the source
  std::string_view type;
};
inline constexpr auto kSignedMoves =
    std::to_array<SignedMove>({{8, "s8"}, {16, "s16"}, {32, "s32"}});

struct Swap {
  std::uint8_t code;
  std::uint8_t version;
  std::array<std::string_view, 3> words;  // of 16, 32 and 64 bits
};
inline constexpr auto kSwaps = std::to_array<Swap>({
    {code_of(InsnClass::kAlu, AluOp::kEnd), 1, {"le16", "le32", "le64"}},
    {code_of(InsnClass::kAlu, AluOp::kEnd, kRegisterSource), 1, {"be16", "be32", "be64"}},
    {code_of(InsnClass::kAlu64, AluOp::kEnd), 4, {"bswap16", "bswap32", "bswap64"}},
});

struct Size {
  AccessSize size;
  std::uint8_t bits;  // of the register, as LLVM writes it
  std::string_view type;
  std::string_view signed_type;
};
inline constexpr auto kSizes = std::to_array<Size>({
    {AccessSize::kByte, 32, "u8", "s8"},
    {AccessSize::kHalf, 32, "u16", "s16"},
    {AccessSize::kWord, 32, "u32", "s32"},
    {AccessSize::kDouble, 64, "u64", ""},
});

struct Atomic {
  AtomicOp op;
  ExtendedForm form;
  std::uint8_t version;
  std::string_view op32, op64;
  std::string_view llvm_op32, llvm_op64;
};
constexpr AtomicOp fetch(AtomicOp op) {
  return static_cast<AtomicOp>(std::to_underlying(op) | std::to_underlying(AtomicOp::kFetch));
}
// Of 32 and 64 bits.
inline constexpr auto kAtomics = std::to_array<Atomic>({
    {AtomicOp::kAdd, ExtendedForm::kAtomic, 1, "+=", "+=", "+=", "+="},
    {AtomicOp::kOr, ExtendedForm::kAtomic, 3, "|=", "|=", "|=", "|="},
    {AtomicOp::kAnd, ExtendedForm::kAtomic, 3, "&=", "&=", "&=", "&="},
    {AtomicOp::kXor, ExtendedForm::kAtomic, 3, "^=", "^=", "^=", "^="},
    {fetch(AtomicOp::kAdd), ExtendedForm::kFetch, 3, "atomic_fetch_add", "atomic64_fetch_add",
     "atomic_fetch_add", "atomic_fetch_add"},
    {fetch(AtomicOp::kOr), ExtendedForm::kFetch, 3, "atomic_fetch_or", "atomic64_fetch_or",
     "atomic_fetch_or", "atomic_fetch_or"},
    {fetch(AtomicOp::kAnd), ExtendedForm::kFetch, 3, "atomic_fetch_and", "atomic64_fetch_and",
     "atomic_fetch_and", "atomic_fetch_and"},
    {fetch(AtomicOp::kXor), ExtendedForm::kFetch, 3, "atomic_fetch_xor", "atomic64_fetch_xor",
     "atomic_fetch_xor", "atomic_fetch_xor"},
    {AtomicOp::kExchange, ExtendedForm::kExchange, 3, "atomic_xchg", "atomic64_xchg", "xchg32_32",
     "xchg_64"},
    {AtomicOp::kCompareExchange, ExtendedForm::kCompareExchange, 3, "atomic_cmpxchg",
     "atomic64_cmpxchg", "cmpxchg32_32", "cmpxchg_64"},
});

struct Only {
  std::uint8_t code;
  ExtendedForm form;
  std::uint8_t version;
  Selector selector = {};
};
constexpr Selector source(auto kind) { return {kSrcField, std::to_underlying(kind)}; }
inline constexpr auto kOnlyOnes = std::to_array<Only>({
    {code_of(InsnClass::kAlu64, AluOp::kMov, kRegisterSource),
     ExtendedForm::kCast,
     4,
     {kOffField, 1}},
    {kWideCode, ExtendedForm::kWideValue, 1, source(WideKind::kValue)},
    {kWideCode, ExtendedForm::kWideMapFd, 1, source(WideKind::kMapFd)},
    {kWideCode, ExtendedForm::kWideMapValue, 1, source(WideKind::kMapValue)},
    {kWideCode, ExtendedForm::kWideBtfVariable, 1, source(WideKind::kBtfVariable)},
    {kWideCode, ExtendedForm::kWideFunction, 1, source(WideKind::kFunction)},
    {kWideCode, ExtendedForm::kWideMapIndex, 1, source(WideKind::kMapIndex)},
    {kWideCode, ExtendedForm::kWideMapIndexValue, 1, source(WideKind::kMapIndexValue)},
    {kGotoCode, ExtendedForm::kGoto, 1},
    {kGotolCode, ExtendedForm::kGotol, 4},
    {code_of(InsnClass::kJmp, JumpOp::kMay), ExtendedForm::kMayGoto, 4},
    {kCallCode, ExtendedForm::kCallHelper, 1, source(CallKind::kHelper)},
    {kCallCode, ExtendedForm::kCallSubprogram, 1, source(CallKind::kSubprogram)},
    {kCallCode, ExtendedForm::kCallKfunc, 1, source(CallKind::kKfunc)},
    {kCallxCode, ExtendedForm::kCallx, 1},
    {kExitCode, ExtendedForm::kExit, 1},
});

}  // namespace weir::isa::parts
