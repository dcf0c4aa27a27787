#include "isa/classic_asm_parser.h"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "diag/quote.h"
#include "isa/classic_asm_cursor.h"
#include "isa/classic_read.h"
#include "isa/number_text.h"

namespace weir::isa {
namespace {

bool is_unconditional_jump(std::string_view name) { return name == "ja" || name == "jmp"; }

class Parser {
 public:
  Parser(std::string_view text, diag::Diagnostics& diagnostics) : cursor_(text, diagnostics) {}

  ClassicAsmUnit parse() {
    bool good = true;
    while (cursor_.token().kind != ClassicAsmTokenKind::kEndOfText && !cursor_.hopeless() && good) {
      parse_line();
      cursor_.next_line();
      good = check_length();
    }
    return std::move(unit_);
  }

 private:
  // A line: position, labels, instruction, each of which may be missing.
  void parse_line() {
    if (cursor_.token().is("(") && !parse_position()) return;
    while (cursor_.token().kind == ClassicAsmTokenKind::kWord) {
      const ClassicAsmToken word = cursor_.take();
      if (!cursor_.accept(":")) return parse_instruction(word);
      unit_.labels.push_back({word.text, word.range, position()});
    }
    end_line();
  }

  bool parse_position() {
    cursor_.take();
    const ClassicAsmToken number = cursor_.take();
    const auto value = parse_decimal(number.text);
    if (number.kind != ClassicAsmTokenKind::kNumber || !value) {
      return cursor_.unexpected(number, "the position of the instruction", "write it as `(012)`");
    }
    if (value != position() && !position_wrong_) {
      position_wrong_ = true;
      cursor_.error(diag::Kind::kAsmPosition, number.range,
                    fmt::format("{} is not the position of this instruction, {} is",
                                diag::quote(number.text), position()),
                    "is a line missing or added; leave the numbers out or correct the jumps");
    }
    return cursor_.expect(")", "write the position as `(012)`");
  }

  void parse_instruction(const ClassicAsmToken& name) {
    ClassicAsmStatement statement{.name = name.text,
                                  .name_range = name.range,
                                  .range = name.range,
                                  .operand = {},
                                  .targets = {}};
    const bool parsed =
        is_unconditional_jump(name.text)
            ? parse_jump_operand(statement)
            : parse_classic_operand(cursor_, statement.operand) && parse_targets(statement);
    const bool good = parsed && end_line();
    statement.range.end = cursor_.last_end();
    // A broken one keeps its place, so that the positions after it are right.
    if (!good) statement.name = {};
    unit_.statements.push_back(statement);
  }

  bool parse_jump_operand(ClassicAsmStatement& statement) {
    statement.operand = {.shape = ClassicAsmShape::kTarget, .k = 0, .range = cursor_.token().range};
    return parse_target(statement);
  }

  // `, label`, `, label, label` or `jt 2 jf 12`.
  bool parse_targets(ClassicAsmStatement& statement) {
    if (cursor_.accept("jt")) {
      return parse_target(statement) && cursor_.expect("jf", "write both targets: `jt 2 jf 12`") &&
             parse_target(statement);
    }
    while (statement.target_count < 2 && cursor_.accept(",")) {
      if (!parse_target(statement)) return false;
    }
    return true;
  }

  bool parse_target(ClassicAsmStatement& statement) {
    const ClassicAsmToken target = cursor_.take();
    ClassicAsmTarget& slot = statement.targets.at(statement.target_count++);
    slot.range = target.range;
    if (target.kind == ClassicAsmTokenKind::kWord) {
      slot.label = target.text;
      return true;
    }
    const auto value = parse_number(target.text);
    if (target.kind != ClassicAsmTokenKind::kNumber || !value || *value > UINT32_MAX) {
      return cursor_.unexpected(target, "a label or a position", "jumps go to `drop` or to `12`");
    }
    slot.position = static_cast<std::uint32_t>(*value);
    return true;
  }

  bool end_line() {
    return cursor_.token().ends_line() || cursor_.unexpected(cursor_.token(), "the end of the line",
                                                             "write one instruction a line");
  }

  bool check_length() {
    return unit_.statements.size() <= kMaxCodeInstructions ||
           cursor_.error(diag::Kind::kCodeTooLong, cursor_.token().range,
                         fmt::format("more than {} instructions", kMaxCodeInstructions),
                         "split the program");
  }

  std::uint32_t position() const { return static_cast<std::uint32_t>(unit_.statements.size()); }

  ClassicAsmCursor cursor_;
  bool position_wrong_ = false;
  ClassicAsmUnit unit_;
};

}  // namespace

ClassicAsmUnit parse_classic_assembly(std::string_view text, diag::Diagnostics& diagnostics) {
  return Parser(text, diagnostics).parse();
}

}  // namespace weir::isa
