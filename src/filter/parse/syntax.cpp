#include "filter/parse/syntax.h"

#include <fmt/format.h>

#include "diag/quote.h"

namespace weir::filter {

using diag::quote;

void complain_expected(Syntax& s, std::string_view what, std::string hint) {
  const Token& token = s.cursor.peek();
  if (token.kind == TokenKind::kInvalid) return;
  const bool end = token.kind == TokenKind::kEnd;
  const Token& at = end && !s.cursor.at_start() ? s.cursor.last() : token;
  s.error(diag::Kind::kExpectedValue, at.range,
          fmt::format("{} is expected {} {}", what, end ? "after" : "here, not",
                      quote(s.cursor.text(at))),
          std::move(hint));
}

std::optional<std::uint32_t> expect_number(Syntax& s, std::string_view example) {
  if (s.cursor.at(TokenKind::kNumber)) return s.cursor.take().value;
  complain_expected(s, "a number", fmt::format("as in {}", quote(example)));
  return std::nullopt;
}

}  // namespace weir::filter
