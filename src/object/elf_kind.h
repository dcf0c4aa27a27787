// What a file is whose first bytes are not those of a BPF object, so that the error can say so.
#pragma once

#include <cstddef>
#include <span>

#include <weir/result.h>

namespace weir::object {

// Success when `bytes` begin with the header of a 64-bit little-endian relocatable BPF object.
Result<> check_elf_kind(std::span<const std::byte> bytes);

}  // namespace weir::object
