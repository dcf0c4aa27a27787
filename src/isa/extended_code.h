// Extended programs as bytes: what object files hold and bpf(2) takes.
#pragma once

#include <bit>
#include <cstddef>
#include <span>
#include <vector>

#include <weir/result.h>

#include "isa/extended.h"

namespace weir::isa {

// `order` is that of the machine that the bytes are for; it decides the order of both the bytes of
// a number and the two registers. Fails when the bytes are not a whole number of instructions;
// whether they may run is for isa/extended_check.h to say.
Result<ExtendedProgram> decode_extended(std::span<const std::byte> bytes,
                                        std::endian order = std::endian::native);

std::vector<std::byte> encode_extended(std::span<const ExtendedInsn> program,
                                       std::endian order = std::endian::native);

// How many slots the instruction at `slot` takes: 2 for a load of 64 bits that is whole, else 1.
// REQUIRES: slot < program.size().
std::size_t slots_at(std::span<const ExtendedInsn> program, std::size_t slot);

// The 64 bits of the load at `slot`. REQUIRES: slot < program.size(); a second slot that is cut off
// counts as zero.
std::uint64_t wide_value(std::span<const ExtendedInsn> program, std::size_t slot);

}  // namespace weir::isa
