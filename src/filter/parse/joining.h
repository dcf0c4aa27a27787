// What to do about a token that stands right behind a complete test.
#pragma once

#include <string>
#include <string_view>

#include "filter/parse/syntax.h"

namespace weir::filter {

// How the next token is joined to the test `before`.
std::string joining_hint(const Syntax& s, std::string_view before);

// A flag behind flags, and flags behind their protocol: how they are written; else empty.
std::string flags_hint(const Syntax& s, std::string_view before);

}  // namespace weir::filter
