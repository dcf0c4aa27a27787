#include "isa/classic_asm_operand.h"

#include <fmt/format.h>

#include <optional>
#include <string>
#include <vector>

#include "base/suggest.h"
#include "diag/quote.h"
#include "isa/classic_extension.h"
#include "isa/number_text.h"

namespace weir::isa {
namespace {

constexpr std::string_view kOperandHint =
    "operands are #k, x, [k], [x + k], M[k], #pktlen, 4*([k]&0xf) or an extension like #proto";

std::string extension_hint(std::string_view word) {
  std::vector<std::string_view> names = {"len", "pktlen"};
  for (const ExtensionInfo& info : kExtensions) {
    names.push_back(info.listing);
    if (!info.name.empty()) names.push_back(info.name);
  }
  const std::string_view meant = closest_word(word, names);
  return meant.empty() ? std::string(kOperandHint) : fmt::format("did you mean `{}`", meant);
}

class OperandParser {
 public:
  explicit OperandParser(ClassicAsmCursor& cursor) : cursor_(cursor) {}

  bool parse(ClassicAsmOperand& operand) {
    operand.range = cursor_.token().range;
    const bool good = parse_form(operand);
    operand.range.end = cursor_.last_end();
    return good;
  }

 private:
  bool parse_form(ClassicAsmOperand& operand) {
    if (cursor_.token().ends_line()) return true;
    if (cursor_.accept("[")) return parse_offset(operand);
    if (cursor_.accept("#")) return parse_after_hash(operand);
    if (cursor_.token().is("-")) return set(operand, ClassicAsmShape::kImmediate, parse_constant());
    if (cursor_.token().kind == ClassicAsmTokenKind::kNumber) return parse_number_operand(operand);
    if (cursor_.token().kind == ClassicAsmTokenKind::kWord)
      return parse_word_operand(operand, cursor_.take());
    return cursor_.unexpected(cursor_.token(), "an operand", kOperandHint);
  }

  bool parse_after_hash(ClassicAsmOperand& operand) {
    if (cursor_.token().kind == ClassicAsmTokenKind::kWord)
      return parse_named_value(operand, cursor_.take());
    return set(operand, ClassicAsmShape::kImmediate, parse_constant());
  }

  bool parse_word_operand(ClassicAsmOperand& operand, const ClassicAsmToken& word) {
    if (word.is("a")) return set(operand, ClassicAsmShape::kRegisterA, 0);
    if (word.is("x")) return set(operand, ClassicAsmShape::kRegisterX, 0);
    if (!word.is("M")) return parse_named_value(operand, word);
    return cursor_.expect("[", "cells are written `M[3]`") &&
           set(operand, ClassicAsmShape::kCell, parse_constant()) &&
           cursor_.expect("]", "cells are written `M[3]`");
  }

  bool parse_named_value(ClassicAsmOperand& operand, const ClassicAsmToken& word) {
    if (word.is("len") || word.is("pktlen")) return set(operand, ClassicAsmShape::kPacketLength, 0);
    return parse_extension(operand, word);
  }

  bool parse_extension(ClassicAsmOperand& operand, const ClassicAsmToken& word) {
    const ExtensionInfo* info = find_extension(word.text);
    if (info != nullptr)
      return set(operand, ClassicAsmShape::kAbsolute, extension_k(info->extension));
    return cursor_.error(diag::Kind::kAsmOperand, word.range,
                         diag::quote(word.text) + " is neither a register nor an extension",
                         extension_hint(word.text));
  }

  // After `[`: `12]`, `x + 12]` or `proto]`.
  bool parse_offset(ClassicAsmOperand& operand) {
    if (cursor_.token().is("x")) return parse_indirect(operand);
    const bool good = cursor_.token().kind == ClassicAsmTokenKind::kWord
                          ? parse_extension(operand, cursor_.take())
                          : set(operand, ClassicAsmShape::kAbsolute, parse_constant());
    return good && cursor_.expect("]", "offsets are written `[12]` or `[x + 12]`");
  }

  bool parse_indirect(ClassicAsmOperand& operand) {
    cursor_.take();
    const bool has_offset = cursor_.accept("+") || cursor_.token().is("-");
    const auto offset = has_offset ? parse_constant() : std::optional<std::uint32_t>(0);
    return set(operand, ClassicAsmShape::kIndirect, offset) &&
           cursor_.expect("]", "offsets are written `[12]` or `[x + 12]`");
  }

  // `5`, or `4*([14]&0xf)`.
  bool parse_number_operand(ClassicAsmOperand& operand) {
    const ClassicAsmToken factor = cursor_.token();
    const auto value = parse_constant();
    if (!value || !cursor_.token().is("*")) return set(operand, ClassicAsmShape::kImmediate, value);
    cursor_.take();
    constexpr std::string_view kHint = "the length of an IPv4 header is written `4*([14]&0xf)`";
    if (*value != 4) return cursor_.unexpected(factor, "`4`", kHint);
    return cursor_.expect("(", kHint) && cursor_.expect("[", kHint) &&
           set(operand, ClassicAsmShape::kHeaderLength, parse_constant()) &&
           cursor_.expect("]", kHint) && cursor_.expect("&", kHint) && parse_mask(kHint) &&
           cursor_.expect(")", kHint);
  }

  bool parse_mask(std::string_view hint) {
    const ClassicAsmToken mask = cursor_.take();
    return parse_number(mask.text) == 15 || cursor_.unexpected(mask, "`0xf`", hint);
  }

  // A number of 32 bits, signed or not.
  std::optional<std::uint32_t> parse_constant() {
    const diag::SourceRange begin = cursor_.token().range;
    const bool negative = cursor_.accept("-");
    const ClassicAsmToken number = cursor_.take();
    if (number.kind != ClassicAsmTokenKind::kNumber) {
      cursor_.unexpected(number, "a number", kOperandHint);
      return std::nullopt;
    }
    const auto value = parse_number(number.text);
    if (!value || *value > (negative ? std::uint64_t{1} << 31 : UINT32_MAX)) {
      cursor_.error(diag::Kind::kAsmNumber, {begin.begin, number.range.end},
                    diag::quote(fmt::format("{}{}", negative ? "-" : "", number.text)) +
                        " is not a number of 32 bits",
                    "write 12, 0xc, 014 or 0b1100, from -2147483648 to 4294967295");
      return std::nullopt;
    }
    return static_cast<std::uint32_t>(negative ? 0 - *value : *value);
  }

  // False when `k` is missing: its error is told already.
  static bool set(ClassicAsmOperand& operand, ClassicAsmShape shape,
                  std::optional<std::uint32_t> k) {
    operand.shape = shape;
    operand.k = k.value_or(0);
    return k.has_value();
  }

  ClassicAsmCursor& cursor_;
};

}  // namespace

bool parse_classic_operand(ClassicAsmCursor& cursor, ClassicAsmOperand& operand) {
  return OperandParser(cursor).parse(operand);
}

}  // namespace weir::isa
