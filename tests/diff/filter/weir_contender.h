// weir's filter compiler as a contender: unoptimised and optimised, its code run by weir's
// interpreter and by libpcap's.
#pragma once

#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "diff/filter/compare.h"
#include "filter/extended_options.h"

namespace weir::difftest {

enum class WeirMode : std::uint8_t { kUnoptimised, kOptimised };

inline void PrintTo(WeirMode mode, std::ostream* out) {
  *out << (mode == WeirMode::kOptimised ? "optimised" : "unoptimised");
}

enum class Language : std::uint8_t { kStrict, kExtended };  // libpcap's, or with weir's additions

// For a capture file, with the names that this machine knows.
Compiled weir_compile(const Query& query, WeirMode mode, Language language = Language::kStrict);

// For tc or XDP, optimised; returns 1 for a match, 0 for the rest.
struct CompiledExtended {
  std::optional<isa::ExtendedProgram> code;
  std::string error;
};
CompiledExtended weir_compile_extended(const Query& query, filter::PacketContext context);

// For a Linux socket, optimised, with kernel extension loads.
Compiled weir_compile_live(const Query& query);

std::vector<Contender> weir_contenders();

}  // namespace weir::difftest
