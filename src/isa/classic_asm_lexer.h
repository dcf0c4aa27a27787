// Cuts assembly into tokens, one at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "diag/diagnostic.h"

namespace weir::isa {

enum class ClassicAsmTokenKind : std::uint8_t { kWord, kNumber, kSymbol, kEndOfLine, kEndOfText };

struct ClassicAsmToken {
  ClassicAsmTokenKind kind;
  diag::SourceRange range;
  std::string_view text;  // of a register written `%x`, only `x`

  bool is(std::string_view word_or_symbol) const { return text == word_or_symbol; }
  bool ends_line() const {
    return kind == ClassicAsmTokenKind::kEndOfLine || kind == ClassicAsmTokenKind::kEndOfText;
  }
};

// REQUIRES: text.size() <= kMaxCodeText, so that offsets fit into a SourceRange.
class ClassicAsmLexer {
 public:
  ClassicAsmLexer(std::string_view text, diag::Diagnostics& diagnostics)
      : text_(text), diagnostics_(diagnostics) {}

  // Without end: after the text, kEndOfText comes again and again.
  ClassicAsmToken next();

 private:
  void skip_blanks_and_comments();
  void skip_block_comment();
  ClassicAsmToken token(ClassicAsmTokenKind kind, std::size_t length);
  ClassicAsmToken register_or_symbol();

  std::string_view text_;
  diag::Diagnostics& diagnostics_;
  std::size_t position_ = 0;
};

}  // namespace weir::isa
