// The parts of the printer for ISAKMP.
#pragma once

#include <cstdint>
#include <string>

#include "packet/print/line.h"
#include "packet/print/view.h"

namespace weir::packet::isakmp {

std::string payload_name(std::uint8_t type);

// The chain of payloads behind the header, of which the first has that type.
void print_payloads(Line& line, std::uint8_t type, const View& view);

}  // namespace weir::packet::isakmp
