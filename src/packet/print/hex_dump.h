// Bytes as tcpdump's -x, -X and -A print them.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "packet/print/text.h"

namespace weir::packet {

// Sixteen bytes a line, as eight numbers of two bytes; `indent` begins each line.
void put_hex(Text& text, std::span<const std::byte> bytes, std::string_view indent);
// The same with the characters beside them.
void put_hex_and_ascii(Text& text, std::span<const std::byte> bytes, std::string_view indent);
// As text: what is not printable is a dot; begins with a line's end.
void put_ascii(Text& text, std::span<const std::byte> bytes);

}  // namespace weir::packet
