// The line of a text that a diagnostic points at, made fit to print: a terminal shows it on one
// line, whatever bytes the text has, with carets under the range.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "diag/diagnostic.h"

namespace weir::diag {

// Both count from 1; the column counts bytes.
struct Position {
  std::size_t line = 1;
  std::size_t column = 1;
};

Position position_of(std::string_view text, std::size_t offset);

struct Snippet {
  std::string line;    // escaped, and cut around the range when it is long
  std::string carets;  // `    ^~~~`, under the part of the range that is on the line
};

// REQUIRES nothing of the range: what lies outside the text is cut off.
Snippet snippet_of(std::string_view text, SourceRange range);

}  // namespace weir::diag
