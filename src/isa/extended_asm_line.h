// One line of extended assembly, read from left to right: words, signs and numbers with their
// places in the whole text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "diag/diagnostic.h"

namespace weir::isa {

// What begins a name, and what goes on with one; digits may only go on.
constexpr bool is_name_start(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '.' || c == '$';
}
constexpr bool is_name_char(char c) { return is_name_start(c) || (c >= '0' && c <= '9'); }

// A number as written, with its sign; nothing yet says how many bits it may have.
struct AsmNumber {
  bool negative = false;
  std::uint64_t magnitude = 0;
  bool readable = true;  // false: `12ab`, or more than 64 bits
  diag::SourceRange range;

  // The value when it lies in the range given, which lies in that of 64 bits.
  std::optional<std::int64_t> within(std::int64_t min, std::int64_t max) const;
};

class LineCursor {
 public:
  LineCursor() = default;
  // `line` stands at `begin` of the text.
  LineCursor(std::string_view line, std::size_t begin) : line_(line), begin_(begin) {}

  void skip_blanks();
  bool at_end() const { return position_ == line_.size(); }
  char peek() const { return at_end() ? '\0' : line_[position_]; }
  // The next character begins a word and the one before ended one: there should have been a blank.
  bool inside_word() const;

  // These first skip blanks, and take nothing when they fail.
  bool accept(char symbol);
  bool accept_text(std::string_view text);  // a word as a whole, or symbols
  std::string_view word();                  // names and digits; empty when there is none
  std::optional<AsmNumber> number();        // with a sign or not
  void skip_angle_brackets();               // `<main+0x18>`

  std::size_t position() const { return position_; }
  void set_position(std::size_t position) { position_ = position; }
  std::string_view rest() const { return line_.substr(position_); }
  // Of what lies between two positions of this line.
  diag::SourceRange range(std::size_t from, std::size_t to) const {
    return {static_cast<std::uint32_t>(begin_ + from), static_cast<std::uint32_t>(begin_ + to)};
  }
  diag::SourceRange range_from(std::size_t from) const { return range(from, position_); }
  std::string_view text(diag::SourceRange range) const {
    return line_.substr(range.begin - begin_, range.end - range.begin);
  }

 private:
  std::string_view line_;
  std::size_t begin_ = 0;
  std::size_t position_ = 0;
};

}  // namespace weir::isa
