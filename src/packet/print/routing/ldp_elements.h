// The elements of messages of LDP.
#pragma once

#include "packet/print/line.h"
#include "packet/print/view.h"

namespace weir::packet::ldp {

// `left` claims what remains of the message. Returns the element's length; 0 when nothing can
// follow.
std::size_t print_element(Line& line, const View& left);
// A class of packets that are forwarded alike, of which `value` claims the length.
void print_forwarding_class(Line& line, const View& value);
// False, and said so, when less than that is left of the element.
bool has_length(Line& line, const View& left, std::size_t length);

}  // namespace weir::packet::ldp
