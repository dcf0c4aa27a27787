// What the files that print ICMP tell each other.
#pragma once

#include "packet/print/line.h"
#include "packet/print/view.h"

namespace weir::packet::icmp {

// What may stand behind the packet that an error quotes (RFC 4884), from the ICMP header's begin.
void print_extensions(Line& line, const View& view);

}  // namespace weir::packet::icmp
