// The types of an object file as a kernel takes them. Compilers leave open where variables lie in
// their sections, for relocations to say, and how large sections are.
#pragma once

#include <cstddef>
#include <vector>

#include <weir/result.h>

#include "object/elf_file.h"

namespace weir::object {

// The bytes of `.BTF` with both filled in, and variables in the order of their offsets; none when
// the file has no such section. What the bytes mean is for Btf::parse to check.
Result<std::vector<std::byte>> lay_out_btf(const ElfFile& file);

}  // namespace weir::object
