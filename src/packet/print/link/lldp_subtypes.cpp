#include "packet/print/link/lldp_subtypes.h"

#include <algorithm>

namespace weir::packet::lldp {

bool print_subtype(Line& line, const View& value, std::span<const KnownSubtype> subtypes) {
  constexpr std::size_t kHeader = 4;
  if (value.length() < kHeader) return false;
  const std::uint8_t number = value.u8(kHeader - 1);
  const auto found = std::ranges::find(subtypes, number, &KnownSubtype::number);
  const bool known = found != subtypes.end();
  line.print("\n\t  {} Subtype ({})", known ? found->name : "unknown", number);
  if (known) found->print(line, value);
  return !known;
}

}  // namespace weir::packet::lldp
