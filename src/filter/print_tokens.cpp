#include <fmt/format.h>

#include <iterator>

#include "diag/quote.h"
#include "filter/token.h"

namespace weir::filter {

std::string print_tokens(const TokenList& tokens, std::string_view text) {
  std::string out;
  for (const Token& token : tokens) {
    fmt::format_to(std::back_inserter(out), "{}-{} {} {}\n", token.range.begin, token.range.end,
                   name_of(token.kind), diag::quote(text_of(text, token.range)));
  }
  return out;
}

}  // namespace weir::filter
