#include "packet/print/named.h"

#include <algorithm>

namespace weir::packet {

std::string_view name_of(std::span<const Named> table, std::uint32_t value,
                         std::string_view otherwise) {
  const auto found = std::ranges::find(table, value, &Named::value);
  return found == table.end() ? otherwise : found->name;
}

std::string bit_names(std::span<const Named> table, std::uint32_t bits, std::string_view separator,
                      std::string_view none) {
  std::string out;
  bool any = false;
  for (const Named& entry : table) {
    if (entry.value == 0 || (bits & entry.value) != entry.value) continue;
    if (any) out += separator;
    out += entry.name;
    any = true;
  }
  return any ? out : std::string(none);
}

}  // namespace weir::packet
