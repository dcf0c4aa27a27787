#include "isa/classic_asm_cursor.h"

#include <fmt/format.h>

#include <utility>

#include "diag/quote.h"

namespace weir::isa {

ClassicAsmToken ClassicAsmCursor::take() {
  const ClassicAsmToken taken = token_;
  if (taken.ends_line()) return taken;
  last_end_ = taken.range.end;
  token_ = lexer_.next();
  return taken;
}

bool ClassicAsmCursor::accept(std::string_view text) {
  if (!token_.is(text)) return false;
  take();
  return true;
}

bool ClassicAsmCursor::expect(std::string_view text, std::string_view hint) {
  return accept(text) || unexpected(token_, fmt::format("`{}`", text), hint);
}

void ClassicAsmCursor::next_line() {
  while (!token_.ends_line()) take();
  token_ = lexer_.next();
}

bool ClassicAsmCursor::unexpected(const ClassicAsmToken& found, std::string_view expected,
                                  std::string_view hint) {
  const std::string what = found.ends_line() ? "the end of the line" : diag::quote(found.text);
  return error(diag::Kind::kAsmSyntax, found.range,
               fmt::format("expected {}, found {}", expected, what), std::string(hint));
}

bool ClassicAsmCursor::error(diag::Kind kind, diag::SourceRange range, std::string message,
                             std::string hint) {
  diagnostics_.error(kind, range, std::move(message), std::move(hint));
  return false;
}

}  // namespace weir::isa
