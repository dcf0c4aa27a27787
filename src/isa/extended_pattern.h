// How an instruction is written, as a pattern: text with slots, "{dst} = *({type}
// *)({src}{offset})". The printer fills the slots, the assembler reads them, and which fields an
// instruction uses follows from them.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace weir::isa {

// The fields of an instruction, as a set of bits.
using Fields = std::uint8_t;
inline constexpr Fields kNoField = 0;
inline constexpr Fields kDstField = 1;
inline constexpr Fields kSrcField = 2;
inline constexpr Fields kOffField = 4;
inline constexpr Fields kImmField = 8;
inline constexpr Fields kNextField = 16;  // `imm` of the second slot of a load of 64 bits

enum class PatternSlot : std::uint8_t {
  kText,       // itself
  kDst,        // r1, or w1 where the instruction works on 32 bits
  kSrc,        //
  kDst64,      // r1
  kSrc64,      //
  kDstMemory,  // what is loaded or stored: r1; llvm writes w1 where it has 32 bits or fewer
  kSrcMemory,  //
  kR0Memory,   // the same of r0, which no field names
  kOp,         // the word of the instruction
  kType,       // of what is accessed: u8
  kOffset,     // ` +23`; llvm: ` + 0x17`
  kIndex,      // of an indirect packet load: ` + 5`
  kImm,        // -5; llvm: -0x5
  kBits,       // of a comparison, -5 as 0xfffffffb; llvm: -0x5
  kHigh,       // the upper half of imm
  kLow,        // the lower half
  kWide,       // 64 bits from both slots
  kWideMark,   // ` ll`
  kNext,       // imm of the second slot
  kTarget,     // pc+3; llvm: +0x3
  kFarTarget,  // the same from imm
  kFunction,   // +3, from imm
  kHelper,     // bpf_map_lookup_elem#1; llvm: 0x1
  kModule,     // ` btf[1]`, of a kfunc that is a module's; nothing where it is 0
};

struct PatternSlotInfo {
  PatternSlot slot;
  std::string_view name;
  Fields fields;
};

inline constexpr auto kPatternSlots = std::to_array<PatternSlotInfo>({
    {PatternSlot::kText, "", kNoField},
    {PatternSlot::kDst, "dst", kDstField},
    {PatternSlot::kSrc, "src", kSrcField},
    {PatternSlot::kDst64, "dst64", kDstField},
    {PatternSlot::kSrc64, "src64", kSrcField},
    {PatternSlot::kDstMemory, "dst_memory", kDstField},
    {PatternSlot::kSrcMemory, "src_memory", kSrcField},
    {PatternSlot::kR0Memory, "r0_memory", kNoField},
    {PatternSlot::kOp, "op", kNoField},
    {PatternSlot::kType, "type", kNoField},
    {PatternSlot::kOffset, "offset", kOffField},
    {PatternSlot::kIndex, "index", kImmField},
    {PatternSlot::kImm, "imm", kImmField},
    {PatternSlot::kBits, "bits", kImmField},
    {PatternSlot::kHigh, "high", kImmField},
    {PatternSlot::kLow, "low", kImmField},
    {PatternSlot::kWide, "wide", kImmField | kNextField},
    {PatternSlot::kWideMark, "ll", kNoField},
    {PatternSlot::kNext, "next", kNextField},
    {PatternSlot::kTarget, "target", kOffField},
    {PatternSlot::kFarTarget, "far", kImmField},
    {PatternSlot::kFunction, "function", kImmField},
    {PatternSlot::kHelper, "helper", kImmField},
    {PatternSlot::kModule, "module", kOffField},
});
static_assert(std::ranges::all_of(kPatternSlots, [](const PatternSlotInfo& info) {
  return &info == &kPatternSlots[static_cast<std::size_t>(info.slot)];
}));

constexpr Fields fields_of(PatternSlot slot) {
  return kPatternSlots[static_cast<std::size_t>(slot)].fields;
}

struct PatternPiece {
  PatternSlot slot = PatternSlot::kText;
  std::string_view text;  // of kText
};

class Pattern {
 public:
  constexpr Pattern() = default;
  // Does not compile when a slot is unknown.
  consteval explicit Pattern(std::string_view text) : text_(text) {
    while (!text.empty()) {
      const bool slot = text.front() == '{';
      const std::size_t length = slot ? text.find('}') + 1 : std::min(text.find('{'), text.size());
      pieces_.at(size_++) = slot ? slot_piece(text.substr(1, length - 2))
                                 : PatternPiece{PatternSlot::kText, text.substr(0, length)};
      text.remove_prefix(length);
    }
  }

  constexpr const PatternPiece* begin() const { return pieces_.data(); }
  constexpr const PatternPiece* end() const { return pieces_.data() + size_; }

  // The fields that the pattern shows.
  constexpr Fields fields() const {
    Fields all = kNoField;
    for (const PatternPiece& piece : *this) all |= fields_of(piece.slot);
    return all;
  }

  // The field of the register that the instruction writes: a pattern that begins with a register
  // assigns to it.
  constexpr Fields written() const {
    return size_ == 0 ? kNoField : fields_of(begin()->slot) & (kDstField | kSrcField);
  }

  friend constexpr bool operator==(const Pattern& a, const Pattern& b) {
    return a.text_ == b.text_;
  }

 private:
  static consteval PatternPiece slot_piece(std::string_view name) {
    for (const PatternSlotInfo& info : kPatternSlots) {
      if (!name.empty() && info.name == name) return {info.slot, {}};
    }
    throw "no slot has this name";
  }

  std::string_view text_;
  std::array<PatternPiece, 14> pieces_{};
  std::size_t size_ = 0;
};

}  // namespace weir::isa
