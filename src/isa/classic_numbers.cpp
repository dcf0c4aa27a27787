// Reads programs written as numbers: what `tcpdump -dd` and -ddd print.
#include <fmt/format.h>

#include <array>
#include <charconv>

#include "diag/quote.h"
#include "isa/classic_asm_lexer.h"
#include "isa/classic_read.h"
#include "isa/number_text.h"

namespace weir::isa {
namespace {

// A part of the text with its place.
struct Piece {
  std::string_view text;
  diag::SourceRange range;
};

struct Field {
  std::string_view name;
  std::uint64_t max;
};
constexpr auto kFields = std::to_array<Field>(
    {{"code", UINT16_MAX}, {"jt", UINT8_MAX}, {"jf", UINT8_MAX}, {"k", UINT32_MAX}});

constexpr std::string_view kRowHint = "write `{ 0x28, 0, 0, 12 },`";
constexpr std::string_view kBlanks = " \t\r\n";

class NumberReader {
 public:
  NumberReader(std::string_view text, diag::Diagnostics& diagnostics)
      : text_(text), diagnostics_(diagnostics) {}

  std::optional<ClassicText> read() {
    const std::size_t first = text_.find_first_not_of(kBlanks);
    const bool braces = first != std::string_view::npos && text_[first] == '{';
    const bool good = braces ? read_braces(first) : read_lines();
    if (!good || !check_count()) return std::nullopt;
    return std::move(out_);
  }

 private:
  // `{ 0x28, 0, 0, 0x0000000c },` again and again.
  bool read_braces(std::size_t begin) {
    while (begin != std::string_view::npos) {
      if (text_[begin] != '{') {
        return error(diag::Kind::kCodeNumbers, piece(begin, begin + 1),
                     "expected `{`, found " + diag::quote(text_.substr(begin, 1)), kRowHint);
      }
      const std::size_t end = text_.find('}', begin);
      if (end == std::string_view::npos) {
        return error(diag::Kind::kCodeNumbers, piece(begin, begin + 1), "this `{` is not closed",
                     kRowHint);
      }
      if (!read_row(piece(begin + 1, end), ",")) return false;
      begin = text_.find_first_not_of(" \t\r\n,", end + 1);
    }
    return true;
  }

  bool read_lines() {
    std::size_t begin = 0;
    while (begin < text_.size()) {
      const std::size_t end = std::min(text_.find_first_of("\n,", begin), text_.size());
      const Piece line = trimmed(begin, end);
      begin = end + 1;
      if (!line.text.empty() && !read_line(line)) return false;
    }
    return true;
  }

  bool read_line(const Piece& line) {
    const bool alone = line.text.find_first_of(" \t") == std::string_view::npos;
    if (!alone || count_ || !out_.program.empty()) return read_row(line, " \t");
    count_ = parse_number(line.text);
    count_line_ = line;
    if (count_) return true;
    return error(diag::Kind::kCodeNumbers, line,
                 diag::quote(line.text) + " is no number of instructions",
                 "write the number of lines that follow");
  }

  bool read_row(const Piece& row, std::string_view separators) {
    std::array<std::uint64_t, kFields.size()> values{};
    std::size_t begin = 0;
    for (std::size_t i = 0; i < kFields.size(); ++i) {
      const std::size_t end = std::min(row.text.find_first_of(separators, begin), row.text.size());
      const std::string_view word = trim(row.text.substr(begin, end - begin));
      const auto value = parse_number(word);
      if (!value || *value > kFields[i].max) return bad_field(row, kFields[i], word);
      values.at(i) = *value;
      begin = std::min(row.text.find_first_not_of(separators, end), row.text.size());
    }
    if (begin != row.text.size()) {
      return error(diag::Kind::kCodeNumbers, row,
                   diag::quote(trim(row.text)) + " has more than four numbers",
                   "an instruction is code, jt, jf and k");
    }
    return add(row, values);
  }

  bool add(const Piece& row, const std::array<std::uint64_t, kFields.size()>& values) {
    if (out_.program.size() == kMaxCodeInstructions) {
      return error(diag::Kind::kCodeTooLong, row, "one instruction too many",
                   fmt::format("a program has {} at most", kMaxCodeInstructions));
    }
    out_.program.push_back(
        {static_cast<std::uint16_t>(values[0]), static_cast<std::uint8_t>(values[1]),
         static_cast<std::uint8_t>(values[2]), static_cast<std::uint32_t>(values[3])});
    out_.ranges.push_back(row.range);
    return true;
  }

  bool bad_field(const Piece& row, const Field& field, std::string_view word) {
    const std::string what = word.empty()
                                 ? fmt::format("the {} is missing", field.name)
                                 : fmt::format("{} is no {}", diag::quote(word), field.name);
    return error(
        diag::Kind::kCodeNumbers, row, fmt::format("{} in {}", what, diag::quote(trim(row.text))),
        fmt::format("an instruction is code, jt, jf and k; {} is 0 to {}", field.name, field.max));
  }

  bool check_count() {
    if (out_.program.empty() && count_.value_or(0) == 0) {
      return error(diag::Kind::kCodeEmpty, piece(0, 0), "there is no instruction",
                   "a program ends with a return at least");
    }
    if (!count_ || *count_ == out_.program.size()) return true;
    return error(diag::Kind::kCodeCount, count_line_,
                 fmt::format("{} instructions are announced, {} follow",
                             diag::quote(count_line_.text), out_.program.size()),
                 "is the listing cut short");
  }

  bool error(diag::Kind kind, const Piece& at, std::string message, std::string_view hint) {
    diagnostics_.error(kind, at.range, std::move(message), std::string(hint));
    return false;
  }

  static std::string_view trim(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(kBlanks);
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
  }

  Piece piece(std::size_t begin, std::size_t end) const {
    return {text_.substr(begin, end - begin),
            {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)}};
  }

  Piece trimmed(std::size_t begin, std::size_t end) const {
    const std::string_view text = trim(text_.substr(begin, end - begin));
    if (text.empty()) return piece(begin, begin);
    const auto start = static_cast<std::size_t>(text.data() - text_.data());
    return piece(start, start + text.size());
  }

  std::string_view text_;
  diag::Diagnostics& diagnostics_;
  ClassicText out_;
  std::optional<std::uint64_t> count_;
  Piece count_line_;
};

}  // namespace

std::optional<ClassicText> read_classic_numbers(std::string_view text,
                                                diag::Diagnostics& diagnostics) {
  return NumberReader(text, diagnostics).read();
}

std::optional<ClassicText> read_classic(std::string_view text, diag::Diagnostics& diagnostics) {
  if (text.size() > kMaxCodeText) {
    diagnostics.error(diag::Kind::kCodeTooLong, {}, fmt::format("{} bytes of code", text.size()),
                      fmt::format("{} bytes are read at most", kMaxCodeText));
    return std::nullopt;
  }
  const std::size_t first = text.find_first_not_of(kBlanks);
  const bool numbers = first != std::string_view::npos &&
                       (text[first] == '{' || (text[first] >= '0' && text[first] <= '9'));
  return numbers ? read_classic_numbers(text, diagnostics) : assemble_classic(text, diagnostics);
}

}  // namespace weir::isa
