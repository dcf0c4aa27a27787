#include "isa/asm_parser.h"

#include <fmt/format.h>

#include <optional>
#include <string>

#include "base/suggest.h"
#include "diag/quote.h"
#include "isa/asm_lexer.h"
#include "isa/classic_extension.h"
#include "isa/classic_read.h"

namespace weir::isa {
namespace {

constexpr std::string_view kOperandHint =
    "operands are #k, x, [k], [x + k], M[k], #pktlen, 4*([k]&0xf) or an extension like #proto";

std::string quoted(const AsmToken& token) {
  return token.ends_line() ? "the end of the line" : diag::quote(token.text);
}

bool is_unconditional_jump(std::string_view name) { return name == "ja" || name == "jmp"; }

std::string extension_hint(std::string_view word) {
  std::vector<std::string_view> names = {"len", "pktlen"};
  for (const ExtensionInfo& info : kExtensions) {
    names.push_back(info.listing);
    if (!info.name.empty()) names.push_back(info.name);
  }
  const std::string_view meant = closest_word(word, names);
  return meant.empty() ? std::string(kOperandHint) : fmt::format("did you mean `{}`", meant);
}

class Parser {
 public:
  Parser(std::string_view text, diag::Diagnostics& diagnostics)
      : lexer_(text, diagnostics), diagnostics_(diagnostics), token_(lexer_.next()) {}

  AsmUnit parse() {
    while (token_.kind != AsmTokenKind::kEndOfText && !hopeless() && !too_long()) {
      if (!parse_line()) skip_line();
    }
    return std::move(unit_);
  }

 private:
  // A line: position, labels, instruction, each of which may be missing.
  bool parse_line() {
    if (token_.is("(") && !parse_position()) return false;
    while (token_.kind == AsmTokenKind::kWord) {
      const AsmToken word = take();
      if (!accept(":")) return parse_instruction(word);
      unit_.labels.push_back({word.text, word.range, position()});
    }
    return end_line();
  }

  bool parse_position() {
    take();
    const AsmToken number = take();
    const auto value = parse_decimal(number.text);
    if (number.kind != AsmTokenKind::kNumber || !value) {
      return unexpected(number, "the position of the instruction", "write it as `(012)`");
    }
    if (value != position() && !position_wrong_) {
      position_wrong_ = true;
      diagnostics_.error(diag::Kind::kAsmPosition, number.range,
                         fmt::format("{} is not the position of this instruction, {} is",
                                     diag::quote(number.text), position()),
                         "is a line missing or added; leave the numbers out or correct the jumps");
    }
    return expect(")", "write the position as `(012)`");
  }

  bool parse_instruction(const AsmToken& name) {
    AsmStatement statement{.name = name.text,
                           .name_range = name.range,
                           .range = name.range,
                           .operand = {},
                           .targets = {}};
    const bool parsed = is_unconditional_jump(name.text)
                            ? parse_jump_operand(statement)
                            : parse_operand(statement.operand) && parse_targets(statement);
    const bool good = parsed && end_line();
    statement.range.end = last_end_;
    // A broken one keeps its place, so that the positions after it are right.
    if (!good) statement.name = {};
    unit_.statements.push_back(statement);
    return good;
  }

  bool parse_jump_operand(AsmStatement& statement) {
    statement.operand = {.shape = AsmShape::kTarget, .k = 0, .range = token_.range};
    return parse_target(statement);
  }

  // `, label`, `, label, label` or `jt 2 jf 12`.
  bool parse_targets(AsmStatement& statement) {
    if (accept("jt")) {
      return parse_target(statement) && expect("jf", "write both targets: `jt 2 jf 12`") &&
             parse_target(statement);
    }
    while (statement.target_count < 2 && accept(",")) {
      if (!parse_target(statement)) return false;
    }
    return true;
  }

  bool parse_target(AsmStatement& statement) {
    const AsmToken target = take();
    AsmTarget& slot = statement.targets.at(statement.target_count++);
    slot.range = target.range;
    if (target.kind == AsmTokenKind::kWord) {
      slot.label = target.text;
      return true;
    }
    const auto value = parse_number(target.text);
    if (target.kind != AsmTokenKind::kNumber || !value || *value > UINT32_MAX) {
      return unexpected(target, "a label or a position", "jumps go to `drop` or to `12`");
    }
    slot.position = static_cast<std::uint32_t>(*value);
    return true;
  }

  bool parse_operand(AsmOperand& operand) {
    operand.range = token_.range;
    const bool good = parse_operand_form(operand);
    operand.range.end = last_end_;
    return good;
  }

  bool parse_operand_form(AsmOperand& operand) {
    if (token_.ends_line()) return true;
    if (accept("[")) return parse_offset(operand);
    if (accept("#")) return parse_after_hash(operand);
    if (token_.is("-")) return set(operand, AsmShape::kImmediate, parse_constant());
    if (token_.kind == AsmTokenKind::kNumber) return parse_number_operand(operand);
    if (token_.kind == AsmTokenKind::kWord) return parse_word_operand(operand, take());
    return unexpected(token_, "an operand", kOperandHint);
  }

  bool parse_after_hash(AsmOperand& operand) {
    if (token_.kind == AsmTokenKind::kWord) return parse_named_value(operand, take());
    return set(operand, AsmShape::kImmediate, parse_constant());
  }

  bool parse_word_operand(AsmOperand& operand, const AsmToken& word) {
    if (word.is("a")) return set(operand, AsmShape::kRegisterA, 0);
    if (word.is("x")) return set(operand, AsmShape::kRegisterX, 0);
    if (!word.is("M")) return parse_named_value(operand, word);
    return expect("[", "cells are written `M[3]`") &&
           set(operand, AsmShape::kCell, parse_constant()) &&
           expect("]", "cells are written `M[3]`");
  }

  bool parse_named_value(AsmOperand& operand, const AsmToken& word) {
    if (word.is("len") || word.is("pktlen")) return set(operand, AsmShape::kPacketLength, 0);
    return parse_extension(operand, word);
  }

  bool parse_extension(AsmOperand& operand, const AsmToken& word) {
    const ExtensionInfo* info = find_extension(word.text);
    if (info != nullptr) return set(operand, AsmShape::kAbsolute, extension_k(info->extension));
    return error(diag::Kind::kAsmOperand, word.range,
                 diag::quote(word.text) + " is neither a register nor an extension",
                 extension_hint(word.text));
  }

  // After `[`: `12]`, `x + 12]` or `proto]`.
  bool parse_offset(AsmOperand& operand) {
    if (token_.is("x")) return parse_indirect(operand);
    const bool good = token_.kind == AsmTokenKind::kWord
                          ? parse_extension(operand, take())
                          : set(operand, AsmShape::kAbsolute, parse_constant());
    return good && expect("]", "offsets are written `[12]` or `[x + 12]`");
  }

  bool parse_indirect(AsmOperand& operand) {
    take();
    const bool has_offset = accept("+") || token_.is("-");
    const auto offset = has_offset ? parse_constant() : std::optional<std::uint32_t>(0);
    return set(operand, AsmShape::kIndirect, offset) &&
           expect("]", "offsets are written `[12]` or `[x + 12]`");
  }

  // `5`, or `4*([14]&0xf)`.
  bool parse_number_operand(AsmOperand& operand) {
    const AsmToken factor = token_;
    const auto value = parse_constant();
    if (!value || !token_.is("*")) return set(operand, AsmShape::kImmediate, value);
    take();
    constexpr std::string_view kHint = "the length of an IPv4 header is written `4*([14]&0xf)`";
    if (*value != 4) return unexpected(factor, "`4`", kHint);
    return expect("(", kHint) && expect("[", kHint) &&
           set(operand, AsmShape::kHeaderLength, parse_constant()) && expect("]", kHint) &&
           expect("&", kHint) && parse_mask(kHint) && expect(")", kHint);
  }

  bool parse_mask(std::string_view hint) {
    const AsmToken mask = take();
    return parse_number(mask.text) == 15 || unexpected(mask, "`0xf`", hint);
  }

  // A number of 32 bits, signed or not.
  std::optional<std::uint32_t> parse_constant() {
    const diag::SourceRange begin = token_.range;
    const bool negative = accept("-");
    const AsmToken number = take();
    if (number.kind != AsmTokenKind::kNumber) {
      unexpected(number, "a number", kOperandHint);
      return std::nullopt;
    }
    const auto value = parse_number(number.text);
    if (!value || *value > (negative ? std::uint64_t{1} << 31 : UINT32_MAX)) {
      error(diag::Kind::kAsmNumber, {begin.begin, number.range.end},
            diag::quote((negative ? "-" : "") + std::string(number.text)) +
                " is not a number of 32 bits",
            "write 12, 0xc, 014 or 0b1100, from -2147483648 to 4294967295");
      return std::nullopt;
    }
    return static_cast<std::uint32_t>(negative ? 0 - *value : *value);
  }

  // False when `k` is missing: its error is told already.
  static bool set(AsmOperand& operand, AsmShape shape, std::optional<std::uint32_t> k) {
    operand.shape = shape;
    operand.k = k.value_or(0);
    return k.has_value();
  }

  bool end_line() {
    if (!token_.ends_line()) {
      return unexpected(token_, "the end of the line", "write one instruction a line");
    }
    next_line();
    return true;
  }

  void skip_line() {
    while (!token_.ends_line()) take();
    next_line();
  }

  void next_line() { token_ = lexer_.next(); }

  // More errors than are shown: the text is no assembly.
  bool hopeless() const { return diagnostics_.error_count() >= diag::Diagnostics::kMaxKept; }

  bool too_long() {
    if (unit_.statements.size() <= kMaxCodeInstructions) return false;
    diagnostics_.error(diag::Kind::kCodeTooLong, token_.range,
                       fmt::format("more than {} instructions", kMaxCodeInstructions),
                       "split the program");
    return true;
  }

  std::uint32_t position() const { return static_cast<std::uint32_t>(unit_.statements.size()); }

  // Stays at the end of a line: only next_line() goes past it.
  AsmToken take() {
    const AsmToken taken = token_;
    if (taken.ends_line()) return taken;
    last_end_ = taken.range.end;
    token_ = lexer_.next();
    return taken;
  }

  bool accept(std::string_view text) {
    if (!token_.is(text)) return false;
    take();
    return true;
  }

  bool expect(std::string_view text, std::string_view hint) {
    return accept(text) || unexpected(token_, fmt::format("`{}`", text), hint);
  }

  bool unexpected(const AsmToken& found, std::string_view expected, std::string_view hint) {
    return error(diag::Kind::kAsmSyntax, found.range,
                 fmt::format("expected {}, found {}", expected, quoted(found)), std::string(hint));
  }

  bool error(diag::Kind kind, diag::SourceRange range, std::string message, std::string hint) {
    diagnostics_.error(kind, range, std::move(message), std::move(hint));
    return false;
  }

  AsmLexer lexer_;
  diag::Diagnostics& diagnostics_;
  AsmToken token_;
  std::uint32_t last_end_ = 0;
  bool position_wrong_ = false;
  AsmUnit unit_;
};

}  // namespace

AsmUnit parse_assembly(std::string_view text, diag::Diagnostics& diagnostics) {
  return Parser(text, diagnostics).parse();
}

}  // namespace weir::isa
