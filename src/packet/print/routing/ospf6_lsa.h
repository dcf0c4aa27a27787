// Link state advertisements of OSPF version 3.
#pragma once

#include "packet/print/line.h"
#include "packet/print/view.h"

namespace weir::packet::ospf6 {

std::string options_text(std::uint32_t options);
// The line of type, scope and identity.
void print_identity(Line& line, std::uint16_t type, std::uint32_t id);
// The header of one; false when it is cut short.
bool print_header(Line& line, const View& view);
// All of one; its length, or 0 when it is cut short.
std::size_t print_advertisement(Line& line, const View& view);

inline constexpr std::size_t kAdvertisementHeader = 20;

}  // namespace weir::packet::ospf6
