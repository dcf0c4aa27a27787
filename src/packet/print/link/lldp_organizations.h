// What organizations define for LLDP.
#pragma once

#include <cstdint>

#include "packet/print/line.h"
#include "packet/print/view.h"

namespace weir::packet::lldp {

// Of each, `value` begins with the organization and claims how long it is. True when it should be
// shown in hex, since nothing is known of it.
bool print_8021(Line& line, const View& value);
bool print_8023(Line& line, const View& value);
bool print_iana(Line& line, const View& value);
bool print_tia(Line& line, const View& value);
bool print_dcbx(Line& line, const View& value);

}  // namespace weir::packet::lldp
