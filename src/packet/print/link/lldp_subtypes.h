// What an organization defines for LLDP, by subtype.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "packet/print/printers.h"

namespace weir::packet::lldp {

struct KnownSubtype {
  std::uint8_t number;
  std::string_view name;
  Printer print;
};

// `value` begins with the organization. True when nothing is known of the subtype.
bool print_subtype(Line& line, const View& value, std::span<const KnownSubtype> subtypes);

}  // namespace weir::packet::lldp
