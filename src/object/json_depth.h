// How deep JSON may be nested: values are later written by functions that recurse.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace weir::object {

inline constexpr std::size_t kMaxJsonDepth = 64;

// The bracket that opens a level too many; nullopt when there is none. The text need not be JSON.
inline std::optional<std::size_t> too_deep_at(std::string_view text) {
  std::size_t depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string) {
      if (c == '\\') ++i;
      if (c == '"') in_string = false;
      continue;
    }
    if (c == '"') in_string = true;
    if (c == '{' || c == '[') {
      if (++depth > kMaxJsonDepth) return i;
    }
    if ((c == '}' || c == ']') && depth > 0) --depth;
  }
  return std::nullopt;
}

}  // namespace weir::object
