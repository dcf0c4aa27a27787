#include "isa/extended_print.h"

#include <fmt/format.h>

#include <array>
#include <iterator>

#include "isa/extended_code.h"
#include "isa/helpers.h"

namespace weir::isa {
namespace {

// 5 as `0x5`, -5 as `-0x5`.
std::string signed_hex(std::int64_t value) {
  const auto bits = static_cast<std::uint64_t>(value);
  return value < 0 ? fmt::format("-0x{:x}", 0 - bits) : fmt::format("0x{:x}", bits);
}

// 5 as `+0x5`.
std::string plus_hex(std::int64_t value) {
  return value < 0 ? signed_hex(value) : "+" + signed_hex(value);
}

// Fills the slots of one instruction's pattern.
class InsnPrinter {
 public:
  InsnPrinter(std::span<const ExtendedInsn> program, std::size_t slot, const ExtendedInfo& info,
              ExtendedStyle style)
      : program_(program), slot_(slot), insn_(program[slot]), info_(info), style_(style) {}

  std::string print() {
    for (const PatternPiece& piece : info_.pattern(style_)) {
      piece.slot == PatternSlot::kText ? void(out_ += piece.text) : fill(piece.slot);
    }
    return std::move(out_);
  }

 private:
  bool llvm() const { return style_ == ExtendedStyle::kLlvm; }
  bool narrow() const { return info_.bits == 32; }

  void fill(PatternSlot slot) {
    using enum PatternSlot;
    switch (slot) {
      case kDst:
      case kDst64:
      case kDstMemory:
        return add_register(slot, insn_.dst);
      case kSrc:
      case kSrc64:
      case kSrcMemory:
        return add_register(slot, insn_.src);
      case kR0Memory:
        return add_register(kDstMemory, 0);
      case kOp:
        return void(out_ += info_.word(style_));
      case kType:
        return void(out_ += info_.type);
      case kWide:
      case kWideMark:
      case kNext:
        return fill_wide(slot);
      case kTarget:
        return add_target(insn_.off);
      case kFarTarget:
        return add_target(insn_.imm);
      default:
        return fill_number(slot);
    }
  }

  void add_register(PatternSlot slot, unsigned number) {
    const bool memory = slot == PatternSlot::kDstMemory || slot == PatternSlot::kSrcMemory;
    const bool wide = slot == PatternSlot::kDst64 || slot == PatternSlot::kSrc64 || !narrow();
    add("{}{}", wide || (memory && !llvm()) ? 'r' : 'w', number);
  }

  void add_target(std::int64_t distance) {
    llvm() ? void(out_ += plus_hex(distance)) : add("pc{:+}", distance);
  }

  void fill_wide(PatternSlot slot) {
    const std::uint64_t value = wide_value(program_, slot_);
    if (slot == PatternSlot::kWideMark) {
      out_ += " ll";
    } else if (slot == PatternSlot::kNext) {
      add("{}", value >> 32);
    } else {
      out_ += llvm() ? signed_hex(static_cast<std::int64_t>(value)) : fmt::format("0x{:x}", value);
    }
  }

  void fill_number(PatternSlot slot) {
    using enum PatternSlot;
    const auto bits = static_cast<std::uint32_t>(insn_.imm);
    switch (slot) {
      case kOffset:
        return add_offset();
      case kIndex:
        return add_index();
      case kImm:
        return llvm() ? void(out_ += signed_hex(insn_.imm)) : add("{}", insn_.imm);
      case kBits:
        return llvm() ? void(out_ += signed_hex(insn_.imm)) : add("0x{:x}", bits);
      case kHigh:
        return add_half(bits >> 16);
      case kLow:
        return add_half(bits & 0xffff);
      case kFunction:
        return add("{:+}", insn_.imm);
      case kHelper:
        return add_helper();
      default:  // kModule
        return insn_.off == 0 ? void() : add(" btf[{}]", insn_.off);
    }
  }

  void add_offset() {
    if (!llvm()) return add(" {:+}", insn_.off);
    const int off = insn_.off;
    add(" {} 0x{:x}", off < 0 ? '-' : '+', off < 0 ? -off : off);
  }

  // llvm-objdump has none, for nothing that LLVM makes has.
  void add_index() {
    if (!llvm()) return add(" + {}", insn_.imm);
    if (insn_.imm != 0) add(" + {}", signed_hex(insn_.imm));
  }

  void add_half(std::uint32_t value) { llvm() ? add("0x{:x}", value) : add("{}", value); }

  void add_helper() {
    if (llvm() && insn_.imm >= 0) return add("0x{:x}", insn_.imm);
    const std::string_view name = helper_name(insn_.imm);
    add("{}#{}", name.empty() ? "unknown" : name, insn_.imm);
  }

  template <typename... Args>
  void add(fmt::format_string<Args...> format, Args&&... args) {
    fmt::format_to(std::back_inserter(out_), format, std::forward<Args>(args)...);
  }

  std::span<const ExtendedInsn> program_;
  std::size_t slot_;
  const ExtendedInsn& insn_;
  const ExtendedInfo& info_;
  ExtendedStyle style_;
  std::string out_;
};

std::string listing_prefix(std::span<const ExtendedInsn> program, std::size_t slot,
                           ExtendedStyle style, std::endian order) {
  if (style == ExtendedStyle::kVerifier) {
    return fmt::format("{:4}: ({:02x}) ", slot, program[slot].code);
  }
  std::string out = fmt::format("{:8}:\t", slot);
  const auto bytes = encode_extended(program.subspan(slot, slots_at(program, slot)), order);
  for (const std::byte byte : bytes) out += fmt::format("{:02x} ", static_cast<unsigned>(byte));
  out.back() = '\t';
  return out;
}

// As comments, each line of the text one of its own.
void append_source(std::string& out, std::string_view text) {
  while (true) {
    const std::size_t end = text.find('\n');
    out += fmt::format("; {}\n", text.substr(0, end));
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + 1);
  }
}

}  // namespace

std::string format_extended(std::span<const ExtendedInsn> program, std::size_t slot,
                            ExtendedStyle style) {
  const ExtendedInfo* info = find_extended(program[slot]);
  if (info == nullptr) return fmt::format("unknown opcode 0x{:02x}", program[slot].code);
  return InsnPrinter(program, slot, *info, style).print();
}

std::string format_extended_listing(std::span<const ExtendedInsn> program, ExtendedStyle style,
                                    std::span<const SourceLine> lines, std::endian order) {
  std::string out;
  for (std::size_t slot = 0; slot < program.size(); slot += slots_at(program, slot)) {
    for (; !lines.empty() && lines.front().slot <= slot; lines = lines.subspan(1)) {
      append_source(out, lines.front().text);
    }
    out += listing_prefix(program, slot, style, order);
    out += format_extended(program, slot, style);
    out += '\n';
  }
  return out;
}

}  // namespace weir::isa
