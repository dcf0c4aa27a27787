#include "packet/print/hex_dump.h"

#include <algorithm>
#include <string>

namespace weir::packet {
namespace {

constexpr std::size_t kBytesPerLine = 16;
// Eight numbers of four digits, each after a space.
constexpr std::size_t kHexWidth = 40;

bool is_graphic(std::byte byte) { return byte > std::byte{0x20} && byte < std::byte{0x7f}; }

char shown(std::byte byte) { return is_graphic(byte) ? std::to_integer<char>(byte) : '.'; }

void put_offset(Text& text, std::size_t offset, std::string_view indent) {
  text.put(indent);
  text.print("0x{:04x}: ", offset);
}

// Returns how many characters were put.
std::size_t put_numbers(Text& text, std::span<const std::byte> line) {
  const std::size_t before = text.size();
  for (std::size_t i = 0; i < line.size(); i += 2) {
    text.put(' ');
    text.hex(line.subspan(i, std::min<std::size_t>(2, line.size() - i)));
  }
  return text.size() - before;
}

}  // namespace

void put_hex(Text& text, std::span<const std::byte> bytes, std::string_view indent) {
  for (std::size_t at = 0; at < bytes.size(); at += kBytesPerLine) {
    put_offset(text, at, indent);
    put_numbers(text, bytes.subspan(at, std::min(kBytesPerLine, bytes.size() - at)));
  }
}

void put_hex_and_ascii(Text& text, std::span<const std::byte> bytes, std::string_view indent) {
  constexpr std::string_view kBlanks = "                                          ";
  static_assert(kBlanks.size() == kHexWidth + 2);
  for (std::size_t at = 0; at < bytes.size(); at += kBytesPerLine) {
    const auto line = bytes.subspan(at, std::min(kBytesPerLine, bytes.size() - at));
    put_offset(text, at, indent);
    text.put(kBlanks.substr(put_numbers(text, line)));
    for (const std::byte byte : line) text.put(shown(byte));
  }
}

// A carriage return before a newline is left out, and one before the last byte, as tcpdump does.
void put_ascii(Text& text, std::span<const std::byte> bytes) {
  text.put('\n');
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const auto c = std::to_integer<char>(bytes[i]);
    if (c == '\r') {
      if (bytes.size() - i > 2 && bytes[i + 1] != std::byte{'\n'}) text.put('.');
    } else {
      text.put(c == '\t' || c == ' ' || c == '\n' ? c : shown(bytes[i]));
    }
  }
}

}  // namespace weir::packet
