// Most packets of most captures are TCP segments of an established connection, in Ethernet frames,
// with nothing unusual about any header. Their lines are made in one go, with one look at each
// header, which takes a third of the time that the printers of every packet take (ethernet.cpp,
// ip4.cpp, ip6.cpp, tcp.cpp). Those stay the reference: the text is the same, and tests compare it.
#pragma once

#include <weir/packet.h>

#include "packet/print/line.h"

namespace weir::packet {

// False when the packet is none of these; then nothing was printed.
// REQUIRES: packet.bytes.size() <= packet.wire_length, line.is_plain().
bool print_usual_segment(Line& line, const Packet& packet);

}  // namespace weir::packet
