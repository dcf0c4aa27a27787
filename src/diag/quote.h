// The user's own text inside a message.
#pragma once

#include <string>
#include <string_view>

namespace weir::diag {

// One column for a tab; bytes that a terminal would not show as one column become `\x1b`.
std::string printable(std::string_view bytes);

// In back quotes, printable, and cut when it is longer than a word may be.
std::string quote(std::string_view text);

}  // namespace weir::diag
