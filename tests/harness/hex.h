// Bytes as hexadecimal text, for packets in tests: "0800 4500" and line breaks as one likes.
#pragma once

#include <cstddef>
#include <stdexcept>
#include <string_view>
#include <vector>

namespace weir::test {

inline std::vector<std::byte> hex(std::string_view text) {
  std::vector<std::byte> out;
  int digits = 0;
  unsigned value = 0;
  for (const char c : text) {
    if (c == ' ' || c == '\n') continue;
    const auto digit = std::string_view("0123456789abcdef").find(c);
    if (digit == std::string_view::npos) throw std::invalid_argument("not a hexadecimal digit");
    value = value << 4 | static_cast<unsigned>(digit);
    if (++digits % 2 == 0) out.push_back(static_cast<std::byte>(value & 0xff));
  }
  if (digits % 2 != 0) throw std::invalid_argument("half a byte");
  return out;
}

}  // namespace weir::test
