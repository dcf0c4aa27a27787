// Makes a failing case small: removes parts of the expression and of the packet while it still
// fails.
#pragma once

#include <functional>

#include "diff/filter/packet_gen.h"
#include "diff/filter/query.h"

namespace weir::difftest {

struct Case {
  Query query;
  SamplePacket packet;
};

using StillFails = std::function<bool(const Case&)>;

// REQUIRES: still_fails(start).
Case shrink(Case start, const StillFails& still_fails);

}  // namespace weir::difftest
