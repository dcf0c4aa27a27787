// The shapes of ids, as libpcap's scanner tells them apart: by longest match, and among equals the
// first of MAC address, number, dotted numbers, name.
#pragma once

#include <cstddef>
#include <string_view>

#include "filter/token.h"

namespace weir::filter {

// What starts at the beginning of `text` and has colons in it: a MAC address, an IPv6 address, or
// something that looks like a MAC address and is none (kInvalid). Length 0 when nothing does.
struct ColonMatch {
  TokenKind kind = TokenKind::kInvalid;
  std::size_t length = 0;
};
ColonMatch match_colons(std::string_view text);

// The length of the word that `text` begins with. REQUIRES is_word_start(text.front()).
std::size_t word_length(std::string_view text);

// The kind of a whole word without colons that is no word of the language: kMac, kNumber, kIp4 or
// kName. Twelve hexadecimal digits are a MAC address, also when all are decimal.
TokenKind shape_of(std::string_view word);

}  // namespace weir::filter
