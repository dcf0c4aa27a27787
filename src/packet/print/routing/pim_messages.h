// The messages of PIM version 2.
#pragma once

#include "packet/print/line.h"
#include "packet/print/view.h"

namespace weir::packet::pim {

// `body` begins behind the header, whose second byte is `kind`: the subtype, and the length of
// addresses where they have no header of their own (RFC 2117).
void print_message(Line& line, std::uint8_t type, std::uint8_t kind, const View& body);

}  // namespace weir::packet::pim
