// Names of numbers and of bits, as constexpr tables.
#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace weir::packet {

struct Named {
  std::uint32_t value;
  std::string_view name;
};

// The first entry's; `otherwise` when there is none.
std::string_view name_of(std::span<const Named> table, std::uint32_t value,
                         std::string_view otherwise = {});

// `otherwise` is a format that may show the value: "unknown ({})".
inline std::string named(std::span<const Named> table, const std::uint32_t value,
                         fmt::format_string<const std::uint32_t&> otherwise) {
  const std::string_view name = name_of(table, value);
  return name.empty() ? fmt::format(otherwise, value) : std::string(name);
}

// The names of all entries whose bits are set, in the table's order; `none` when there is no such.
std::string bit_names(std::span<const Named> table, std::uint32_t bits, std::string_view separator,
                      std::string_view none);

}  // namespace weir::packet
