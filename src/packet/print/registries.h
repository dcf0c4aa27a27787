// Numbers that several protocols take from the same registries, and their names.
#pragma once

#include <cstdint>
#include <string_view>

namespace weir::packet {

// Each is "Unknown" for a number without a name.
std::string_view enterprise_text(std::uint32_t number);    // IANA private enterprise numbers
std::string_view organization_text(std::uint32_t number);  // IEEE OUI
std::string_view address_family_text(std::uint32_t number);

}  // namespace weir::packet
