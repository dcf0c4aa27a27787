// The words of the language, found by their spelling.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "filter/token.h"

namespace weir::filter {

struct Word {
  std::string_view spelling;
  TokenKind kind;
  std::uint32_t value;  // as Token::value
};

// nullptr when `spelling` is no word of the language, and so a name.
const Word* find_word(std::string_view spelling);

// All of them, as words.def lists them.
std::span<const Word> words();

// Their spellings, for "did you mean".
std::span<const std::string_view> word_spellings();

}  // namespace weir::filter
