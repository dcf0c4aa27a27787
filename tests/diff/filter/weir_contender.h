// weir's filter compiler as a contender: unoptimised and optimised, its code run by weir's
// interpreter and by libpcap's.
#pragma once

#include <vector>

#include "diff/filter/compare.h"

namespace weir::difftest {

enum class WeirMode : std::uint8_t { kUnoptimised, kOptimised };

// libpcap's language only (strict), for a capture file, with the names of /etc.
Compiled weir_compile(const Query& query, WeirMode mode);

std::vector<Contender> weir_contenders();

}  // namespace weir::difftest
