// Where the assembler's parser stands in the text: the next token, and how it is taken or refused.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "diag/diagnostic.h"
#include "isa/classic_asm_lexer.h"

namespace weir::isa {

class ClassicAsmCursor {
 public:
  ClassicAsmCursor(std::string_view text, diag::Diagnostics& diagnostics)
      : lexer_(text, diagnostics), diagnostics_(diagnostics), token_(lexer_.next()) {}

  const ClassicAsmToken& token() const { return token_; }
  // Where the last token taken ends.
  std::uint32_t last_end() const { return last_end_; }

  // The token, and goes on to the next. Stays at the end of a line: only next_line() goes past it.
  ClassicAsmToken take();
  bool accept(std::string_view text);
  bool expect(std::string_view text, std::string_view hint);
  // Past the end of this line, whatever is left of it.
  void next_line();

  // Tells an error; always false, so that a parser can return it.
  bool unexpected(const ClassicAsmToken& found, std::string_view expected, std::string_view hint);
  bool error(diag::Kind kind, diag::SourceRange range, std::string message, std::string hint);

  // More errors than are shown: the text is no assembly.
  bool hopeless() const { return diagnostics_.error_count() >= diag::Diagnostics::kMaxKept; }

 private:
  ClassicAsmLexer lexer_;
  diag::Diagnostics& diagnostics_;
  ClassicAsmToken token_;
  std::uint32_t last_end_ = 0;
};

}  // namespace weir::isa
