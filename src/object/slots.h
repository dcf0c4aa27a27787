// What maps of maps and of programs hold at the start, by what the file says.
#pragma once

#include <weir/result.h>

#include "object/code.h"
#include "object/elf_file.h"
#include "object/maps.h"
#include "object/object.h"

namespace weir::object {

// Puts the slots into maps.maps. `programs` are the numbers of the object's programs among the
// functions.
Result<> fill_slots(const ElfFile& file, const Code& code, std::span<const std::uint32_t> programs,
                    Maps& maps);

}  // namespace weir::object
