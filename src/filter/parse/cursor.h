// A place in a token list.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "filter/token.h"

namespace weir::filter {

class Cursor {
 public:
  // REQUIRES that tokens end with kEnd, and outlive the cursor as the text does.
  Cursor(const TokenList& tokens, std::string_view text) : tokens_(tokens), text_(text) {}

  // The token `ahead` of the next one; the end repeats for ever.
  const Token& peek(std::size_t ahead = 0) const {
    return tokens_[std::min(at_ + ahead, tokens_.size() - 1)];
  }
  TokenKind kind(std::size_t ahead = 0) const { return peek(ahead).kind; }
  bool at(TokenKind kind) const { return peek().kind == kind; }

  const Token& take() {
    const Token& token = peek();
    if (at_ + 1 < tokens_.size()) ++at_;
    return token;
  }
  bool take_if(TokenKind kind) {
    if (!at(kind)) return false;
    take();
    return true;
  }

  // The token before the next one. REQUIRES that one was taken.
  const Token& last() const { return tokens_[at_ - 1]; }
  bool at_start() const { return at_ == 0; }

  std::string_view text(const Token& token) const { return text_of(text_, token.range); }
  std::string_view text(diag::SourceRange range) const { return text_of(text_, range); }

 private:
  const TokenList& tokens_;
  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace weir::filter
