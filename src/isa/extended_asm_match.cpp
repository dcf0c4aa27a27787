#include "isa/extended_asm_match.h"

#include <fmt/format.h>

#include <utility>

#include "diag/quote.h"
#include "isa/extended_asm_number.h"
#include "isa/helpers.h"

namespace weir::isa {
namespace {

constexpr std::string_view kRegister64 = "a register (r0 to r10)";
constexpr std::string_view kRegister32 = "a register (w0 to w10)";

// Fills the fields of one instruction from the text, piece after piece of its pattern.
class PatternMatcher {
 public:
  PatternMatcher(const LineCursor& line, const ExtendedInfo& row, ExtendedStyle style, bool known,
                 AsmFailure& failure)
      : line_(line), row_(row), style_(style), code_known_(known), failure_(failure) {
    match_.row = &row;
    match_.insn.code = row.code;
  }

  std::optional<AsmMatch> match() {
    for (const PatternPiece& piece : row_.pattern(style_)) {
      if (!(piece.slot == PatternSlot::kText ? literal(piece.text) : fill(piece.slot))) return {};
    }
    line_.skip_blanks();
    if (!line_.at_end()) {
      expect("the end of the line");
      return {};
    }
    select();
    return match_;
  }

 private:
  // What chooses the row and stands in no slot.
  void select() {
    const auto value = row_.selector.value;
    if (row_.selector.field == kSrcField) match_.insn.src = value & 0xf;
    if (row_.selector.field == kOffField) match_.insn.off = static_cast<std::int16_t>(value);
    if (row_.selector.field == kImmField) match_.insn.imm = value;
  }

  bool expect(std::string_view expected, bool is_word = false) {
    line_.skip_blanks();
    failure_.expect(line_.position(), row_, expected, is_word);
    return false;
  }
  bool refuse(diag::Kind kind, diag::SourceRange range, std::string message,
              std::string_view hint) {
    failure_.refuse(line_.position(), {.kind = kind,
                                       .range = range,
                                       .message = std::move(message),
                                       .hint = std::string(hint),
                                       .notes = {}});
    return false;
  }

  // Words as wholes, other characters each by itself, with or without blanks between them.
  bool literal(std::string_view text) {
    while (!text.empty()) {
      std::size_t length = 1;
      if (text.front() == ' ') {
        text.remove_prefix(1);
        continue;
      }
      while (length < text.size() && is_name_char(text[length - 1]) && is_name_char(text[length])) {
        ++length;
      }
      if (!word_or_symbol(text.substr(0, length))) return false;
      text.remove_prefix(length);
    }
    return true;
  }

  bool word_or_symbol(std::string_view text) {
    return line_.accept_text(text) || expect(text, true);
  }

  bool fill(PatternSlot slot) {
    using enum PatternSlot;
    switch (slot) {
      case kDst:
      case kDst64:
      case kDstMemory:
        return fill_register(slot, kDstField);
      case kSrc:
      case kSrc64:
      case kSrcMemory:
        return fill_register(slot, kSrcField);
      case kR0Memory:
        return fill_register(slot, kNoField);
      case kOp:
        return word_or_symbol(row_.word(style_));
      case kType:
        return word_or_symbol(row_.type);
      case kTarget:
      case kFarTarget:
      case kFunction:
        return fill_target(slot);
      case kHelper:
        return fill_helper();
      default:
        return fill_number(slot);
    }
  }

  // Where a 32-bit value is moved to or from memory, both names of the register are right.
  bool fill_register(PatternSlot slot, Fields field) {
    const bool narrow =
        row_.bits == 32 && slot != PatternSlot::kDst64 && slot != PatternSlot::kSrc64;
    const bool memory = slot == PatternSlot::kDstMemory || slot == PatternSlot::kSrcMemory ||
                        slot == PatternSlot::kR0Memory;
    const std::string_view expected = narrow && !memory ? kRegister32 : kRegister64;
    LineCursor ahead = line_;
    const std::string_view name = ahead.word();
    if (name.size() < 2 || (name.front() != 'r' && name.front() != 'w')) return expect(expected);
    const auto number = register_number(name.substr(1));
    if (!number) return expect(expected);
    if (name.front() == 'w' ? !narrow : narrow && !memory) return expect(expected);
    if (*number > kR10) {
      line_ = ahead;
      return refuse(diag::Kind::kAsmOperand, range_of_last(name),
                    fmt::format("there is no register {}", diag::quote(name)),
                    "there are r0 to r10, and w0 to w10, their lower halves");
    }
    if (!agrees(field, *number)) return false;
    line_ = ahead;
    return true;
  }

  static std::optional<unsigned> register_number(std::string_view digits) {
    if (digits.size() > 2 || (digits.size() == 2 && digits.front() == '0')) return {};
    unsigned number = 0;
    for (const char c : digits) {
      if (is_name_start(c)) return {};
      number = number * 10 + static_cast<unsigned>(c - '0');
    }
    return number;
  }

  // A field that the pattern shows twice is the same twice.
  bool agrees(Fields field, unsigned number) {
    const unsigned before = field == kDstField   ? match_.insn.dst
                            : field == kSrcField ? match_.insn.src
                                                 : unsigned{kR0};
    if ((field == kNoField || (seen_ & field) != 0) && number != before) {
      return expect("the same register as before");
    }
    seen_ |= field;
    if (field == kDstField) match_.insn.dst = number & 0xf;
    if (field == kSrcField) match_.insn.src = number & 0xf;
    return true;
  }

  diag::SourceRange range_of_last(std::string_view taken) const {
    return line_.range(line_.position() - taken.size(), line_.position());
  }

  bool set_imm(std::optional<std::int64_t> value) {
    if (value) match_.insn.imm = static_cast<std::int32_t>(*value);
    return value.has_value();
  }
  bool set_off(std::optional<std::int64_t> value) {
    if (value) match_.insn.off = static_cast<std::int16_t>(*value);
    return value.has_value();
  }

  bool fill_number(PatternSlot slot) {
    using enum PatternSlot;
    switch (slot) {
      case kOffset:
        return fill_offset();
      case kIndex:
        return !numbers_.sign_follows() || set_imm(numbers_.with_sign(kUnsignedLimits));
      case kImm:
        return set_imm(numbers_.plain(row_.bits == 32 ? kUnsignedLimits : kSignedLimits));
      case kBits:
        return set_imm(numbers_.plain(kUnsignedLimits));
      case kHigh:
      case kLow:
        return fill_half(slot == kHigh ? 16 : 0);
      case kWide:
        return fill_wide();
      case kWideMark:
        return code_known_ ? line_.accept_text("ll") || true : word_or_symbol("ll");
      case kNext:
        return fill_next();
      default:  // kModule
        return !line_.accept_text("btf") || fill_module();
    }
  }

  bool fill_offset() {
    if (numbers_.sign_follows()) return set_off(numbers_.with_sign(kOffsetLimits));
    expect("an offset like `+8`");
    return true;
  }

  bool fill_half(unsigned shift) {
    const auto value = numbers_.plain(kHalfLimits);
    if (!value) return false;
    const auto bits = static_cast<std::uint32_t>(*value) << shift;
    match_.insn.imm = static_cast<std::int32_t>(static_cast<std::uint32_t>(match_.insn.imm) | bits);
    return true;
  }

  bool fill_wide() {
    const auto value = numbers_.wide();
    if (!value) return false;
    match_.insn.imm = static_cast<std::int32_t>(*value & 0xffffffff);
    match_.second.imm = static_cast<std::int32_t>(*value >> 32);
    return true;
  }

  bool fill_next() {
    const auto value = numbers_.plain(kNextLimits);
    if (value) match_.second.imm = static_cast<std::int32_t>(*value);
    return value.has_value();
  }

  bool fill_module() {
    return word_or_symbol("[") && set_off(numbers_.plain(kOffsetLimits)) && word_or_symbol("]");
  }

  // `pc+3`, `+0x3` or a label; LLVM tells the place behind it in angle brackets.
  bool fill_target(PatternSlot slot) {
    if (slot != PatternSlot::kFunction) line_.accept_text("pc");
    if (!numbers_.sign_follows()) return fill_label();
    const bool far = slot != PatternSlot::kTarget;
    const auto value = numbers_.with_sign(far ? kFarLimits : kTargetLimits);
    line_.skip_angle_brackets();
    return far ? set_imm(value) : set_off(value);
  }

  bool fill_label() {
    LineCursor ahead = line_;
    const std::string_view name = ahead.word();
    const bool is_label = !name.empty() && is_name_start(name.front()) && ahead.peek() != '#';
    if (!is_label) return expect("a label or `pc+3`");
    line_ = ahead;
    match_.label = name;
    match_.label_range = range_of_last(name);
    return true;
  }

  // `1`, `bpf_map_lookup_elem`, `bpf_map_lookup_elem#1` or `unknown#999`.
  bool fill_helper() {
    line_.skip_blanks();
    const char first = line_.peek();
    if (first >= '0' && first <= '9') return set_imm(numbers_.plain(kFarLimits));
    LineCursor ahead = line_;
    const std::string_view name = ahead.word();
    const std::int32_t known = helper_number(name);
    if (known == 0 && name != "unknown") return expect("a helper");
    line_ = ahead;
    if (known == 0) return word_or_symbol("#") && set_imm(numbers_.plain(kFarLimits));
    // The kernel prints what it made of the number; the name says what was meant.
    match_.insn.imm = known;
    return !line_.accept('#') || numbers_.plain(kFarLimits).has_value();
  }

  LineCursor line_;
  const ExtendedInfo& row_;
  ExtendedStyle style_;
  bool code_known_;
  AsmFailure& failure_;
  AsmNumbers numbers_{line_, row_, failure_};
  AsmMatch match_;
  Fields seen_ = kNoField;
};

bool written_alike(const ExtendedInfo& row) {
  return row.op == row.llvm_op &&
         row.pattern(ExtendedStyle::kVerifier) == row.pattern(ExtendedStyle::kLlvm);
}

}  // namespace

std::optional<AsmMatch> match_instruction(const LineCursor& line, std::optional<std::uint8_t> code,
                                          AsmFailure& failure) {
  const auto of_code = code ? extended_rows(*code) : extended_table();
  for (const ExtendedInfo& row : of_code.empty() ? extended_table() : of_code) {
    const bool known = !of_code.empty() && code.has_value();
    for (const ExtendedStyle style : {ExtendedStyle::kVerifier, ExtendedStyle::kLlvm}) {
      if (style == ExtendedStyle::kLlvm && written_alike(row)) break;
      if (auto found = PatternMatcher(line, row, style, known, failure).match()) return found;
    }
  }
  return {};
}

}  // namespace weir::isa
