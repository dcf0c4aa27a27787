// Classic programs as extended ones: what Linux makes of a socket filter when it is attached, as a
// program that bpf(2) takes for the types that have a `struct __sk_buff` (socket filter, cls_bpf).
// Source: bpf_convert_filter() in the kernel's net/core/filter.c.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include <weir/classic.h>
#include <weir/result.h>

#include "isa/extended.h"

namespace weir::isa {

struct ConvertedProgram {
  ExtendedProgram program;
  std::vector<std::uint32_t> origin;  // of each slot: the classic instruction that it is for
};

// A is in R0, X in R7, the context in R6; the scratch cells are on the stack. Returns what the
// classic program returns, on every packet: 0 after a load past the packet and a division by zero.
// Instructions that nothing reaches are left out, for the verifier refuses them.
//
// Fails when Linux would refuse the classic program (isa/classic_check.h), and when it asks for
// what only the kernel's own code can (the extensions hatype, poff, nla, nlan).
Result<ConvertedProgram> convert_classic(std::span<const ClassicInsn> program);

}  // namespace weir::isa
