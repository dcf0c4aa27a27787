// Numbers as both assemblers write them.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace weir::isa {

// Decimal digits only; nullopt otherwise and past 64 bits.
std::optional<std::uint64_t> parse_decimal(std::string_view text);

// 12, 014, 0xc or 0b1100; nullopt when it is none of these or past 64 bits.
std::optional<std::uint64_t> parse_number(std::string_view text);

}  // namespace weir::isa
