// Numbers as C writes them: decimal, 0x hexadecimal, 0 octal; 32 bits, unsigned.
#pragma once

#include <cstdint>
#include <expected>
#include <string_view>

namespace weir::filter {

enum class NumberFault : std::uint8_t { kNotANumber, kNotOctal, kTooLarge };

std::expected<std::uint32_t, NumberFault> parse_number(std::string_view text);

}  // namespace weir::filter
