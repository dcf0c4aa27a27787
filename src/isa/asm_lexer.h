// Cuts assembly into tokens, one at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "diag/diagnostic.h"

namespace weir::isa {

enum class AsmTokenKind : std::uint8_t { kWord, kNumber, kSymbol, kEndOfLine, kEndOfText };

struct AsmToken {
  AsmTokenKind kind;
  diag::SourceRange range;
  std::string_view text;  // of a register written `%x`, only `x`

  bool is(std::string_view word_or_symbol) const { return text == word_or_symbol; }
  bool ends_line() const {
    return kind == AsmTokenKind::kEndOfLine || kind == AsmTokenKind::kEndOfText;
  }
};

// REQUIRES: text.size() <= kMaxCodeText, so that offsets fit into a SourceRange.
class AsmLexer {
 public:
  AsmLexer(std::string_view text, diag::Diagnostics& diagnostics)
      : text_(text), diagnostics_(diagnostics) {}

  // Without end: after the text, kEndOfText comes again and again.
  AsmToken next();

 private:
  void skip_blanks_and_comments();
  void skip_block_comment();
  AsmToken token(AsmTokenKind kind, std::size_t length);
  AsmToken register_or_symbol();

  std::string_view text_;
  diag::Diagnostics& diagnostics_;
  std::size_t position_ = 0;
};

// Decimal digits only; nullopt otherwise and past 64 bits.
std::optional<std::uint64_t> parse_decimal(std::string_view text);

// 12, 014, 0xc or 0b1100; nullopt when it is none of these or past 64 bits.
std::optional<std::uint64_t> parse_number(std::string_view text);

}  // namespace weir::isa
