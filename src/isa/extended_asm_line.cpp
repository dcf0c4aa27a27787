#include "isa/extended_asm_line.h"

#include "isa/number_text.h"

namespace weir::isa {

std::optional<std::int64_t> AsmNumber::within(std::int64_t min, std::int64_t max) const {
  if (!readable) return {};
  const std::uint64_t limit =
      negative ? 0 - static_cast<std::uint64_t>(min) : static_cast<std::uint64_t>(max);
  if (magnitude > limit || (negative && min > 0)) return {};
  return static_cast<std::int64_t>(negative ? 0 - magnitude : magnitude);
}

void LineCursor::skip_blanks() {
  while (!at_end() && (peek() == ' ' || peek() == '\t' || peek() == '\r')) ++position_;
}

bool LineCursor::inside_word() const {
  return position_ != 0 && is_name_char(line_[position_ - 1]) && is_name_char(peek());
}

bool LineCursor::accept(char symbol) {
  const std::size_t before = position_;
  skip_blanks();
  if (peek() == symbol && !at_end()) {
    ++position_;
    return true;
  }
  position_ = before;
  return false;
}

bool LineCursor::accept_text(std::string_view text) {
  const std::size_t before = position_;
  skip_blanks();
  if (!inside_word() && rest().starts_with(text)) {
    position_ += text.size();
    if (!inside_word()) return true;
  }
  position_ = before;
  return false;
}

std::string_view LineCursor::word() {
  const std::size_t before = position_;
  skip_blanks();
  const std::size_t begin = position_;
  while (is_name_char(peek())) ++position_;
  const std::string_view found = line_.substr(begin, position_ - begin);
  if (found.empty()) position_ = before;
  return found;
}

std::optional<AsmNumber> LineCursor::number() {
  const std::size_t before = position_;
  skip_blanks();
  const std::size_t begin = position_;
  AsmNumber found{.negative = peek() == '-', .range = {}};
  if (peek() == '-' || peek() == '+') ++position_;
  const std::string_view digits = word();
  if (digits.empty() || is_name_start(digits.front())) {
    position_ = before;
    return {};
  }
  const auto value = parse_number(digits);
  found.readable = value.has_value();
  found.magnitude = value.value_or(0);
  found.range = range_from(begin);
  return found;
}

void LineCursor::skip_angle_brackets() {
  const std::size_t before = position_;
  skip_blanks();
  const std::size_t end = line_.find('>', position_);
  position_ = peek() == '<' && end != std::string_view::npos ? end + 1 : before;
}

}  // namespace weir::isa
