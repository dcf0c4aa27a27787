// IR -> extended BPF for programs that read the packet directly, as those of tc and XDP do: every
// read lies behind a comparison with the packet's end, which is what the kernel's verifier asks
// for.
#pragma once

#include <cstdint>
#include <expected>

#include "filter/extended_options.h"
#include "filter/ir/ir.h"
#include "isa/extended.h"

namespace weir::filter::codegen {

enum class ExtendedRefusal : std::uint8_t {
  kLoop,        // `protochain` walks headers in a loop without a bound
  kTooComplex,  // more values alive at once than there are registers
  kTooLong,     // a jump reaches too far
};

std::expected<isa::ExtendedProgram, ExtendedRefusal> generate_extended(
    const ir::Function& f, const ExtendedOptions& options);

}  // namespace weir::filter::codegen
