#include "isa/classic_asm_lexer.h"

#include <algorithm>

namespace weir::isa {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_word_start(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_word(char c) { return is_word_start(c) || is_digit(c); }

std::size_t word_length(std::string_view text) {
  std::size_t length = 0;
  while (length < text.size() && is_word(text[length])) ++length;
  return length;
}

diag::SourceRange range_of(std::size_t begin, std::size_t length) {
  return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(begin + length)};
}

}  // namespace

ClassicAsmToken ClassicAsmLexer::next() {
  skip_blanks_and_comments();
  if (position_ == text_.size()) return token(ClassicAsmTokenKind::kEndOfText, 0);
  const char c = text_[position_];
  if (c == '\n') return token(ClassicAsmTokenKind::kEndOfLine, 1);
  const std::string_view rest = text_.substr(position_);
  if (is_digit(c)) return token(ClassicAsmTokenKind::kNumber, word_length(rest));
  if (is_word_start(c)) return token(ClassicAsmTokenKind::kWord, word_length(rest));
  return register_or_symbol();
}

ClassicAsmToken ClassicAsmLexer::token(ClassicAsmTokenKind kind, std::size_t length) {
  const ClassicAsmToken result{kind, range_of(position_, length), text_.substr(position_, length)};
  position_ += length;
  return result;
}

ClassicAsmToken ClassicAsmLexer::register_or_symbol() {
  const bool is_register = text_[position_] == '%' && position_ + 1 < text_.size() &&
                           is_word_start(text_[position_ + 1]);
  if (!is_register) return token(ClassicAsmTokenKind::kSymbol, 1);
  ++position_;
  ClassicAsmToken result = token(ClassicAsmTokenKind::kWord, word_length(text_.substr(position_)));
  --result.range.begin;
  return result;
}

void ClassicAsmLexer::skip_blanks_and_comments() {
  while (position_ < text_.size()) {
    const char c = text_[position_];
    if (c == ' ' || c == '\t' || c == '\r') {
      ++position_;
    } else if (c == ';') {
      position_ = std::min(text_.find('\n', position_), text_.size());
    } else if (text_.substr(position_).starts_with("/*")) {
      skip_block_comment();
    } else {
      return;
    }
  }
}

void ClassicAsmLexer::skip_block_comment() {
  const std::size_t begin = position_;
  const std::size_t end = text_.find("*/", begin + 2);
  if (end == std::string_view::npos) {
    diagnostics_.error(diag::Kind::kAsmSyntax, range_of(begin, 2), "the comment does not end",
                       "close it with `*/`");
    position_ = text_.size();
  } else {
    position_ = end + 2;
  }
}

}  // namespace weir::isa
