// The rows of the table, made from the parts that opcodes are made of.
#include "isa/extended_table.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "isa/extended_parts.h"

namespace weir::isa {
namespace {

constexpr std::size_t kRows = 181;

class TableBuilder {
 public:
  constexpr std::array<ExtendedInfo, kRows> build() {
    for (const InsnClass c : {InsnClass::kAlu, InsnClass::kAlu64}) add_arithmetic(c);
    for (const InsnClass c : {InsnClass::kJmp, InsnClass::kJmp32}) add_comparisons(c);
    for (const parts::Swap& swap : parts::kSwaps) add_swaps(swap);
    for (const parts::Size& size : parts::kSizes) add_accesses(size);
    for (const parts::Atomic& atomic : parts::kAtomics) add_atomic(atomic);
    for (const parts::Only& one : parts::kOnlyOnes) {
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
    for (const parts::Arithmetic& a : parts::kArithmetic) {
      const auto selector = [&](bool x) {
        return parts::has_signed_kind(a.op, x) ? Selector{kOffField, a.off} : Selector{};
      };
      add({code_of(c, a.op), ExtendedForm::kArithmeticK, bits_of(c), a.version, selector(false),
           a.symbol, a.symbol, ""});
      add({code_of(c, a.op, kRegisterSource), ExtendedForm::kArithmeticX, bits_of(c), a.version,
           selector(true), a.symbol, a.symbol, ""});
    }
    add({code_of(c, AluOp::kNeg), ExtendedForm::kNegate, bits_of(c), 1, {}, "", "", ""});
    for (const parts::SignedMove& move : parts::kSignedMoves) {
      if (move.bits >= bits_of(c)) continue;
      add({code_of(c, AluOp::kMov, kRegisterSource), ExtendedForm::kMoveSigned, bits_of(c), 4,
           Selector{kOffField, move.bits}, "", "", move.type});
    }
  }

  constexpr void add_comparisons(InsnClass c) {
    for (const parts::Comparison& a : parts::kComparisons) {
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

  constexpr void add_swaps(const parts::Swap& swap) {
    for (std::size_t i = 0; i < swap.words.size(); ++i) {
      add({swap.code, ExtendedForm::kSwap, 64, swap.version, Selector{kImmField, 16 << i},
           swap.words.at(i), swap.words.at(i), ""});
    }
  }

  constexpr void add_access(InsnClass c, AccessMode mode, const parts::Size& size,
                            ExtendedForm form, Selector selector = {}, std::uint8_t version = 1) {
    add({code_of(c, mode, size.size), form, size.bits, version, selector, "", "", size.type});
  }

  constexpr void add_accesses(const parts::Size& size) {
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

  constexpr void add_atomic(const parts::Atomic& atomic) {
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
