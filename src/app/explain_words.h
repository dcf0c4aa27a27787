// What one test of a resolved expression means, in words.
#pragma once

#include <string>

#include "filter/resolved.h"

namespace weir::app {

// REQUIRES: `id` is a condition that is no combination of others.
std::string meaning_of(const filter::Resolved& resolved, filter::NodeId id);

}  // namespace weir::app
