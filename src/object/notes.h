// What is odd about an object, and stops nothing until it is run.
#pragma once

#include <vector>

#include "object/code.h"
#include "object/elf_file.h"
#include "object/maps.h"
#include "object/object.h"

namespace weir::object {

// The first ones, when there are very many. `maps` is without the definitions, which the object
// has.
std::vector<ObjectNote> find_notes(const ElfFile& file, const Code& code, const Maps& maps,
                                   const Object& object);

}  // namespace weir::object
