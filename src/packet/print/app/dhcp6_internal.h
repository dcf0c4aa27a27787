// What the files that print DHCPv6 tell each other.
#pragma once

#include "packet/print/line.h"
#include "packet/print/view.h"

namespace weir::packet::dhcp6 {

// REQUIRES: all that `options` claims is there.
void print_options(Line& line, const View& options);

}  // namespace weir::packet::dhcp6
