#include "filter/words.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "filter/vocabulary.h"

namespace weir::filter {
namespace {

constexpr std::array kWords = {
#define WEIR_WORD(spelling, kind, value) \
  Word{spelling, TokenKind::kind, static_cast<std::uint32_t>(value)},
#include "filter/words.def"
#undef WEIR_WORD
};

constexpr std::array kSpellings = {
#define WEIR_WORD(spelling, kind, value) std::string_view(spelling),
#include "filter/words.def"
#undef WEIR_WORD
};

constexpr std::size_t kLongest = std::ranges::max(kSpellings, {}, &std::string_view::size).size();

// An open-addressed table, built by the compiler: slot -> index into kWords, plus one.
constexpr std::size_t kSlots = 1024;
static_assert(kWords.size() < 255 && kWords.size() * 4 < kSlots);

constexpr std::size_t hash_of(std::string_view spelling) {
  std::uint32_t hash = static_cast<std::uint32_t>(spelling.size());
  for (const char c : spelling) hash = hash * 31 + static_cast<unsigned char>(c);
  return (hash ^ hash >> 10) % kSlots;
}

constexpr auto kTable = [] {
  std::array<std::uint8_t, kSlots> table{};
  for (std::size_t i = 0; i < kWords.size(); ++i) {
    std::size_t slot = hash_of(kWords[i].spelling);
    while (table[slot] != 0) slot = (slot + 1) % kSlots;
    table[slot] = static_cast<std::uint8_t>(i + 1);
  }
  return table;
}();

}  // namespace

const Word* find_word(std::string_view spelling) {
  if (spelling.size() > kLongest) return nullptr;
  std::size_t slot = hash_of(spelling);
  for (; kTable[slot] != 0; slot = (slot + 1) % kSlots) {
    const Word& word = kWords[kTable[slot] - 1u];
    if (word.spelling == spelling) return &word;
  }
  return nullptr;
}

std::span<const Word> words() { return kWords; }

std::span<const std::string_view> word_spellings() { return kSpellings; }

}  // namespace weir::filter
