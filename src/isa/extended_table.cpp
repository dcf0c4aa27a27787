// The rows of the table, made from the parts that opcodes are made of.
#include "isa/extended_table.h"

#include <cstddef>

namespace weir::isa {
namespace {

struct Arithmetic {
  AluOp op;
  std::string_view symbol;
  std::int16_t off = 0;
  std::uint8_t version = 1;
};
constexpr auto kArithmetic = std::to_array<Arithmetic>({
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
constexpr auto kComparisons = std::to_array<Comparison>({
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
constexpr auto kSignedMoves = std::to_array<SignedMove>({{8, "s8"}, {16, "s16"}, {32, "s32"}});

struct Swap {
  std::uint8_t code;
  std::uint8_t version;
  std::array<std::string_view, 3> words;  // of 16, 32 and 64 bits
};
constexpr auto kSwaps = std::to_array<Swap>({
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
constexpr auto kSizes = std::to_array<Size>({
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
constexpr auto kAtomics = std::to_array<Atomic>({
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
constexpr auto kOnlyOnes = std::to_array<Only>({
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

inline constexpr std::size_t kRows = 181;

class TableBuilder {
 public:
  constexpr std::array<ExtendedInfo, kRows> build() {
    for (const InsnClass c : {InsnClass::kAlu, InsnClass::kAlu64}) add_arithmetic(c);
    for (const InsnClass c : {InsnClass::kJmp, InsnClass::kJmp32}) add_comparisons(c);
    for (const Swap& swap : kSwaps) add_swaps(swap);
    for (const Size& size : kSizes) add_accesses(size);
    for (const Atomic& atomic : kAtomics) add_atomic(atomic);
    for (const Only& one : kOnlyOnes) {
      add({one.code, one.form, 64, one.version, one.selector, "", "", ""});
    }
    std::ranges::sort(rows_, [](const ExtendedInfo& a, const ExtendedInfo& b) {
      return std::pair(a.code, a.selector.value) < std::pair(b.code, b.selector.value);
    });
    // `at` stops the compiler when there are more rows than kRows, this when there are fewer.
    return used_ == kRows ? rows_ : throw "kRows is too large";
  }

 private:
  static constexpr std::uint8_t bits_of(InsnClass c) {
    return c == InsnClass::kAlu || c == InsnClass::kJmp32 ? 32 : 64;
  }

  constexpr void add(const ExtendedInfo& row) { rows_.at(used_++) = row; }

  constexpr void add_arithmetic(InsnClass c) {
    for (const Arithmetic& a : kArithmetic) {
      const auto selector = [&](bool x) {
        return has_signed_kind(a.op, x) ? Selector{kOffField, a.off} : Selector{};
      };
      add({code_of(c, a.op), ExtendedForm::kArithmeticK, bits_of(c), a.version, selector(false),
           a.symbol, a.symbol, ""});
      add({code_of(c, a.op, kRegisterSource), ExtendedForm::kArithmeticX, bits_of(c), a.version,
           selector(true), a.symbol, a.symbol, ""});
    }
    add({code_of(c, AluOp::kNeg), ExtendedForm::kNegate, bits_of(c), 1, {}, "", "", ""});
    for (const SignedMove& move : kSignedMoves) {
      if (move.bits >= bits_of(c)) continue;
      add({code_of(c, AluOp::kMov, kRegisterSource), ExtendedForm::kMoveSigned, bits_of(c), 4,
           Selector{kOffField, move.bits}, "", "", move.type});
    }
  }

  constexpr void add_comparisons(InsnClass c) {
    for (const Comparison& a : kComparisons) {
      const std::uint8_t version = c == InsnClass::kJmp32 ? 3 : a.version;
      add({code_of(c, a.op),
           ExtendedForm::kBranchK,
           bits_of(c),
           version,
           {},
           a.symbol,
           a.symbol,
           ""});
      add({code_of(c, a.op, kRegisterSource),
           ExtendedForm::kBranchX,
           bits_of(c),
           version,
           {},
           a.symbol,
           a.symbol,
           ""});
    }
  }

  constexpr void add_swaps(const Swap& swap) {
    for (std::size_t i = 0; i < swap.words.size(); ++i) {
      add({swap.code, ExtendedForm::kSwap, 64, swap.version, Selector{kImmField, 16 << i},
           swap.words.at(i), swap.words.at(i), ""});
    }
  }

  constexpr void add_access(InsnClass c, AccessMode mode, const Size& size, ExtendedForm form,
                            Selector selector = {}, std::uint8_t version = 1) {
    add({code_of(c, mode, size.size), form, size.bits, version, selector, "", "", size.type});
  }

  constexpr void add_accesses(const Size& size) {
    using enum AccessMode;
    add_access(InsnClass::kLdx, kMem, size, ExtendedForm::kLoad);
    add_access(InsnClass::kStx, kMem, size, ExtendedForm::kStoreX);
    add_access(InsnClass::kSt, kMem, size, ExtendedForm::kStoreK);
    add_access(InsnClass::kStx, kAtomic, size, ExtendedForm::kLoadAcquire,
               {kImmField, std::to_underlying(AtomicOp::kLoadAcquire)}, 4);
    add_access(InsnClass::kStx, kAtomic, size, ExtendedForm::kStoreRelease,
               {kImmField, std::to_underlying(AtomicOp::kStoreRelease)}, 4);
    if (size.size == AccessSize::kDouble) return;
    add({code_of(InsnClass::kLdx, kMemSigned, size.size),
         ExtendedForm::kLoad,
         64,
         4,
         {},
         "",
         "",
         size.signed_type});
    add_access(InsnClass::kLd, kAbs, size, ExtendedForm::kPacketAbsolute);
    add_access(InsnClass::kLd, kInd, size, ExtendedForm::kPacketIndirect);
  }

  constexpr void add_atomic(const Atomic& atomic) {
    const Selector selector = {kImmField, std::to_underlying(atomic.op)};
    add({code_of(InsnClass::kStx, AccessMode::kAtomic, AccessSize::kWord), atomic.form, 32,
         atomic.version, selector, atomic.op32, atomic.llvm_op32, "u32"});
    add({code_of(InsnClass::kStx, AccessMode::kAtomic, AccessSize::kDouble), atomic.form, 64,
         atomic.version, selector, atomic.op64, atomic.llvm_op64, "u64"});
  }

  std::array<ExtendedInfo, kRows> rows_{};
  std::size_t used_ = 0;
};

constexpr std::array<ExtendedInfo, kRows> kExtendedTable = TableBuilder().build();

// Where the rows of each opcode begin; those of `code` end where the next ones begin.
constexpr auto kFirstRow = [] {
  std::array<std::uint8_t, 257> first{};
  std::size_t row = 0;
  for (std::size_t code = 0; code < first.size(); ++code) {
    while (row < kRows && kExtendedTable.at(row).code < code) ++row;
    first.at(code) = static_cast<std::uint8_t>(row);
  }
  return first;
}();

// What tells rows of one opcode apart is one field, with a value each.
static_assert([] {
  for (std::size_t i = 1; i < kRows; ++i) {
    const ExtendedInfo& a = kExtendedTable.at(i - 1);
    const ExtendedInfo& b = kExtendedTable.at(i);
    if (a.code != b.code) continue;
    if (a.selector.field != b.selector.field || a.selector.field == kNoField) return false;
    if (a.selector.value == b.selector.value) return false;
  }
  return true;
}());
// Both styles of a form show the same fields.
static_assert(std::ranges::all_of(kExtendedForms, [](const ExtendedFormInfo& info) {
  return info.patterns[0].fields() == info.patterns[1].fields();
}));

}  // namespace

std::span<const ExtendedInfo> extended_table() { return kExtendedTable; }

std::span<const ExtendedInfo> extended_rows(std::uint8_t code) {
  const std::size_t begin = kFirstRow.at(code);
  return std::span(kExtendedTable).subspan(begin, kFirstRow.at(code + 1u) - begin);
}

const ExtendedInfo* find_extended(const ExtendedInsn& insn) {
  for (const ExtendedInfo& row : extended_rows(insn.code)) {
    if (row.selector.holds(insn)) return &row;
  }
  return nullptr;
}

}  // namespace weir::isa
