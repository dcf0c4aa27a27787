// The primitives of the language, each as a function that writes one with random operands.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "diff/filter/choices.h"

namespace weir::difftest {

// For which link types a primitive is worth writing.
enum class Reach : std::uint8_t { kAny, kEthernet, kStations, kWlan, kCooked, kNotWlan, kMpls };

struct Primitive {
  int weight;
  Reach reach;
  std::string (*write)(Choices&);
};

// expression_primitives.cpp
std::span<const Primitive> primitives();

// `ip[8] + 1 > len`, with at most `depth` nested operators on a side (expression_arithmetic.cpp).
std::string write_relation(Choices& choices);

// An element of a constexpr array of string views, as a string.
template <typename Range>
std::string pick_word(Choices& choices, const Range& words) {
  return std::string(choices.pick(words));
}

}  // namespace weir::difftest
