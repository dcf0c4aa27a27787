// Who some organisationally unique identifiers belong to, in the words of tcpdump.
#pragma once

#include <cstdint>
#include <string_view>

namespace weir::packet {

std::string_view oui_name(std::uint32_t oui);  // "Unknown" when it has no name

}  // namespace weir::packet
