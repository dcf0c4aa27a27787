// Classes of bytes in the text of an expression.
#pragma once

namespace weir::filter {

constexpr bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
constexpr bool is_hex(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

// A word begins with a letter or digit, goes on with any of these, and does not end with `-` or
// `_`.
constexpr bool is_word_start(char c) { return is_letter(c) || is_digit(c); }
constexpr bool is_word_char(char c) { return is_word_start(c) || c == '-' || c == '_' || c == '.'; }
constexpr bool is_word_end(char c) { return is_word_start(c) || c == '.'; }

// REQUIRES is_hex(c).
constexpr unsigned hex_value(char c) {
  if (is_digit(c)) return static_cast<unsigned>(c - '0');
  return static_cast<unsigned>((c | 0x20) - 'a') + 10u;
}

constexpr char to_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 0x20) : c; }

}  // namespace weir::filter
