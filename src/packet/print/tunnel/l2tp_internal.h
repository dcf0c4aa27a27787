// What the files that print L2TP tell each other.
#pragma once

#include "packet/print/line.h"
#include "packet/print/view.h"

namespace weir::packet::l2tp {

// The attributes of a control message, to the end of `attributes`.
void print_attributes(Line& line, const View& attributes);

}  // namespace weir::packet::l2tp
