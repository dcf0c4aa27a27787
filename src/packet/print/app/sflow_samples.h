// The samples of sFlow datagrams.
#pragma once

#include "packet/print/line.h"
#include "packet/print/view.h"

namespace weir::packet::sflow {

// At most `count` samples in `list`, which claims what is left of the datagram.
void print_samples(Line& line, const View& list, std::uint32_t count);

}  // namespace weir::packet::sflow
