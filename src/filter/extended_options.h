// What a program made of an expression runs in, and what it does with the verdict.
#pragma once

#include <cstdint>

#include "isa/extended.h"

namespace weir::filter {

enum class PacketContext : std::uint8_t {
  kTc,   // struct __sk_buff; what does not lie in the linear part is pulled into it when needed
  kXdp,  // struct xdp_md; the packet is what lies in the first buffer
};

struct ExtendedOptions {
  PacketContext context = PacketContext::kTc;
  // What runs for a packet that matches, and for one that does not; both end the program. R1 holds
  // the context, all other registers are free.
  isa::ExtendedProgram on_match;
  isa::ExtendedProgram on_rest;
};

}  // namespace weir::filter
