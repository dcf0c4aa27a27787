// The parts of the slow protocols' printer.
#pragma once

#include "packet/print/line.h"
#include "packet/print/view.h"

namespace weir::packet::slow {

// OAM (IEEE 802.3 clause 57), behind the subtype.
void print_oam(Line& line, const View& view);

// Hex of as much as was captured of `size` bytes.
void dump_lines(Line& line, const View& view, std::size_t size);

}  // namespace weir::packet::slow
