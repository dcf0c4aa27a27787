// Tokens: the first structure that the text of an expression becomes. A token is a class of words
// that the grammar treats alike, with what tells them apart in `value`.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "diag/diagnostic.h"

namespace weir::filter {

struct Options;

enum class TokenKind : std::uint8_t {
#define WEIR_TOKEN(id, name) id,
#include "filter/tokens.def"
#undef WEIR_TOKEN
};

// As messages and print_tokens name it: "number", "and", "(".
std::string_view name_of(TokenKind kind);

struct Token {
  TokenKind kind = TokenKind::kEnd;
  diag::SourceRange range;
  // kNumber: the number. kProtoName, kWlanAddress, kIdType, kEncap, kPf, kAtmType, kAtmField,
  // kMtpType, kMtpField: the enumerator of vocabulary.h that the word stands for. Otherwise 0.
  std::uint32_t value = 0;
};

// The tokens of a text, in its order; the last one is kEnd, with an empty range at the end of the
// text. Views into the text are taken by range, so the text must outlive whoever asks.
using TokenList = std::vector<Token>;

// Never fails: what is no token is reported once and becomes kInvalid. Follows libpcap's scanner
// (longest match) and adds `{`, `}`, `,`, `@file` and `"string"`, none of which libpcap has; with
// `options.strict` they are reported. `options.comments` makes `#` start a comment.
TokenList lex(std::string_view text, const Options& options, diag::Diagnostics& diagnostics);

inline std::string_view text_of(std::string_view text, diag::SourceRange range) {
  return text.substr(range.begin, range.end - range.begin);
}

// One a line: range, kind, text.
std::string print_tokens(const TokenList& tokens, std::string_view text);

}  // namespace weir::filter
