// "Did you mean": the known word that is nearest to an unknown one.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace weir {

// Insertions, deletions, replacements and swaps of neighbours that turn `a` into `b`.
// Costs a.size() * b.size(); words longer than 64 bytes count as infinitely far.
std::size_t edit_distance(std::string_view a, std::string_view b);

// The candidate nearest to `word`, the first among equals, differences of case ignored; empty when
// none is near enough to be meant.
std::string_view closest_word(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace weir
