// What is odd about an object, and stops nothing until it is run.
#pragma once

#include <vector>

#include "object/code.h"
#include "object/elf_file.h"
#include "object/object.h"

namespace weir::object {

std::vector<ObjectNote> find_notes(const ElfFile& file, const Code& code, const Object& object);

}  // namespace weir::object
