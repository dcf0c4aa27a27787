// The lines of an assembly text: what stands before an instruction, labels, and where they are.
#include <fmt/format.h>

#include <algorithm>
#include <ranges>
#include <unordered_map>

#include "base/suggest.h"
#include "diag/quote.h"
#include "isa/extended_asm_failure.h"
#include "isa/extended_asm_line.h"
#include "isa/extended_asm_match.h"
#include "isa/extended_read.h"
#include "isa/helpers.h"
#include "isa/number_text.h"

namespace weir::isa {
namespace {

// The part of a line before its comment.
std::string_view without_comment(std::string_view line) {
  for (std::size_t i = 0; i < line.size(); ++i) {
    const bool begins_word = i == 0 || !is_name_char(line[i - 1]);
    if (line[i] == ';' || line.substr(i).starts_with("//") || (line[i] == '#' && begins_word)) {
      return line.substr(0, i);
    }
  }
  return line;
}

std::optional<std::uint8_t> hex_byte(std::string_view word) {
  if (word.size() != 2) return {};
  unsigned value = 0;
  for (const char c : word) {
    const auto digit = std::string_view("0123456789abcdef").find(c);
    if (digit == std::string_view::npos) return {};
    value = value << 4 | static_cast<unsigned>(digit);
  }
  return static_cast<std::uint8_t>(value);
}

// Past eight bytes in hexadecimal; nothing is taken when there are fewer.
bool skip_bytes(LineCursor& line) {
  LineCursor ahead = line;
  for (int i = 0; i < 8; ++i) {
    if (!hex_byte(ahead.word())) return false;
  }
  line = ahead;
  return true;
}

// `(b7)`, the opcode.
std::optional<std::uint8_t> take_opcode(LineCursor& line) {
  LineCursor ahead = line;
  if (!ahead.accept('(')) return {};
  const auto code = hex_byte(ahead.word());
  if (!code || !ahead.accept(')')) return {};
  line = ahead;
  return code;
}

struct LabelUse {
  std::size_t slot;
  Fields field;  // of the instruction, for the distance
  bool is_call;
  std::string_view name;
  diag::SourceRange range;
};

class ExtendedAssembler {
 public:
  ExtendedAssembler(std::string_view text, diag::Diagnostics& diagnostics)
      : text_(text), diagnostics_(diagnostics) {}

  ExtendedText assemble() {
    std::size_t begin = 0;
    while (begin < text_.size() && !hopeless()) {
      const std::size_t end = std::min(text_.find('\n', begin), text_.size());
      read_line(LineCursor(without_comment(text_.substr(begin, end - begin)), begin));
      begin = end + 1;
    }
    for (const LabelUse& use : uses_) {
      if (hopeless()) break;
      resolve(use);
    }
    return std::move(out_);
  }

 private:
  // More errors than are shown, or more code than is read: the text is no assembly.
  bool hopeless() const {
    return too_long_ || diagnostics_.error_count() >= diag::Diagnostics::kMaxKept;
  }

  void read_line(LineCursor line) {
    if (!skip_position(line)) return;
    while (take_label(line)) {
    }
    skip_bytes(line) && skip_bytes(line);
    const auto code = take_opcode(line);
    line.skip_blanks();
    if (!line.at_end()) read_instruction(line, code);
  }

  // `12:`; or `0000000000000010 <out>:`, a label. False after an error.
  bool skip_position(LineCursor& line) {
    LineCursor ahead = line;
    const std::string_view word = ahead.word();
    if (take_bracketed_label(ahead)) {
      line = ahead;
      return true;
    }
    if (word.empty() || is_name_start(word.front()) || !ahead.accept(':')) return true;
    const auto position = parse_decimal(word);
    const std::size_t end = ahead.position() - 1;
    line = ahead;
    if (position == slot() || position_wrong_) return true;
    position_wrong_ = true;
    return error(
        diag::Kind::kAsmPosition, line.range(end - word.size(), end),
        fmt::format("{} is not the position of this instruction, {} is", diag::quote(word), slot()),
        "is a line missing or added; leave the numbers out or correct the jumps");
  }

  bool take_bracketed_label(LineCursor& line) {
    if (!line.accept('<')) return false;
    const std::string_view name = line.word();
    const std::size_t end = line.position();
    if (name.empty() || !line.accept('>') || !line.accept(':')) return false;
    add_label(name, line.range(end - name.size(), end));
    return true;
  }

  bool take_label(LineCursor& line) {
    LineCursor ahead = line;
    const std::string_view name = ahead.word();
    if (name.empty() || !is_name_start(name.front())) return false;
    const std::size_t end = ahead.position();
    if (!ahead.accept(':')) return false;
    add_label(name, ahead.range(end - name.size(), end));
    line = ahead;
    return true;
  }

  void add_label(std::string_view name, diag::SourceRange range) {
    if (labels_.emplace(name, slot()).second) return;
    error(diag::Kind::kAsmDuplicateLabel, range,
          fmt::format("the label {} stands here and before", diag::quote(name)),
          "give each place its own label");
  }

  void read_instruction(const LineCursor& line, std::optional<std::uint8_t> code) {
    const diag::SourceRange range = instruction_range(line);
    AsmFailure failure;
    auto found = match_instruction(line, code, failure);
    if (!found) diagnostics_.add(failure.tell(line, line.position()));
    // A broken one keeps its place, so that the positions after it are right.
    const AsmMatch match = found.value_or(AsmMatch{});
    if (match.row != nullptr && match.row->form == ExtendedForm::kCallx) refuse_callx(range);
    if (!match.label.empty()) {
      const bool is_call = match.row->form == ExtendedForm::kCallSubprogram;
      uses_.push_back({slot(), match.row->distance(), is_call, match.label, match.label_range});
    }
    push(match.insn, range);
    if (is_wide(match.insn)) push(match.second, range);
  }

  static diag::SourceRange instruction_range(const LineCursor& line) {
    const std::string_view rest = line.rest();
    const std::size_t length = rest.find_last_not_of(" \t\r") + 1;
    return line.range(line.position(), line.position() + length);
  }

  void refuse_callx(diag::SourceRange range) {
    error(diag::Kind::kAsmOperand, range,
          "`callx` calls the address in a register, which no engine does",
          "call a function by its label, `call out`, or a helper by its name");
  }

  void push(const ExtendedInsn& insn, diag::SourceRange range) {
    if (slot() == kMaxExtendedTextSlots && !too_long_) {
      too_long_ = true;
      error(diag::Kind::kCodeTooLong, range,
            fmt::format("more than {} instructions", kMaxExtendedTextSlots), "split the program");
    }
    out_.program.push_back(insn);
    out_.ranges.push_back(range);
  }

  void resolve(const LabelUse& use) {
    const auto label = labels_.find(use.name);
    if (label == labels_.end()) return unknown_label(use);
    const auto distance =
        static_cast<std::int64_t>(label->second) - static_cast<std::int64_t>(use.slot) - 1;
    ExtendedInsn& insn = out_.program[use.slot];
    if (label->second >= slot()) {
      error(diag::Kind::kAsmJump, use.range,
            fmt::format("there is no instruction {} to jump to", label->second),
            fmt::format("the last one is {}", slot() - 1));
    } else if (use.field == kImmField) {
      insn.imm = static_cast<std::int32_t>(distance);
    } else if (distance < INT16_MIN || distance > INT16_MAX) {
      error(diag::Kind::kAsmJump, use.range,
            fmt::format("{} is {} instructions away", diag::quote(use.name), distance),
            "jumps reach -32768 to 32767; jump to a `gotol` that goes there");
    } else {
      insn.off = static_cast<std::int16_t>(distance);
    }
  }

  void unknown_label(const LabelUse& use) {
    constexpr std::size_t kCompared = 10'000;
    std::vector<std::string_view> names;
    for (const auto& [name, slot] : labels_ | std::views::take(kCompared)) names.push_back(name);
    std::ranges::sort(names);
    if (use.is_call) names.insert(names.end(), helper_names().begin(), helper_names().end());
    const std::string_view meant = closest_word(use.name, names);
    const std::string what =
        use.is_call ? "no helper and no label is called {}" : "the label {} is nowhere";
    error(diag::Kind::kAsmUnknownLabel, use.range,
          fmt::format(fmt::runtime(what), diag::quote(use.name)),
          meant.empty() ? fmt::format("put `{}:` before an instruction", use.name)
                        : fmt::format("did you mean `{}`", meant));
  }

  bool error(diag::Kind kind, diag::SourceRange range, std::string message, std::string hint) {
    diagnostics_.error(kind, range, std::move(message), std::move(hint));
    return false;
  }

  std::size_t slot() const { return out_.program.size(); }

  std::string_view text_;
  diag::Diagnostics& diagnostics_;
  ExtendedText out_;
  std::unordered_map<std::string_view, std::size_t> labels_;
  std::vector<LabelUse> uses_;
  bool position_wrong_ = false;
  bool too_long_ = false;
};

}  // namespace

std::optional<ExtendedText> assemble_extended(std::string_view text,
                                              diag::Diagnostics& diagnostics) {
  if (text.size() > kMaxExtendedText) {
    diagnostics.error(diag::Kind::kCodeTooLong, {}, fmt::format("{} bytes of code", text.size()),
                      fmt::format("{} bytes are read at most", kMaxExtendedText));
    return std::nullopt;
  }
  ExtendedText out = ExtendedAssembler(text, diagnostics).assemble();
  if (out.program.empty() && !diagnostics.has_errors()) {
    diagnostics.error(diag::Kind::kCodeEmpty, {}, "there is no instruction",
                      "a program ends with `exit` at least");
  }
  if (diagnostics.has_errors()) return std::nullopt;
  return out;
}

}  // namespace weir::isa
