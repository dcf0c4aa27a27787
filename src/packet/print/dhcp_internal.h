// What the files that print DHCP tell each other.
#pragma once

#include "packet/print/line.h"
#include "packet/print/view.h"

namespace weir::packet::dhcp {

// The options behind the magic number (RFC 2132), to the end of what is there.
void print_options(Line& line, const View& options);

}  // namespace weir::packet::dhcp
