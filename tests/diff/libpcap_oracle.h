// libpcap as the oracle of the filter compiler: its compiler (unoptimised code is the reference,
// for its optimiser is sometimes wrong), its interpreter and its check of code.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "diff/filter/query.h"

namespace weir::difftest {

enum class PeerMode : std::uint8_t { kUnoptimised, kOptimised };

// Calls are serialised: libpcap's name look-ups and its lexer share state in old versions.
Compiled libpcap_compile(const Query& query, PeerMode mode);

// Compiles and throws the code away: what a benchmark times. False when libpcap refuses.
bool libpcap_compiles(const Query& query, PeerMode mode);

// A match returns the snaplen of the Query; 0 is a rejection.
std::uint32_t libpcap_run(std::span<const ClassicInsn> code, std::span<const std::byte> packet,
                          std::uint32_t wire_length);

bool libpcap_validates(std::span<const ClassicInsn> code);

// "libpcap version 1.10.3 ...".
std::string libpcap_version();

}  // namespace weir::difftest
