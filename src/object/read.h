// Reads a compiled BPF object file. The only face of the room to files in ELF.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include <weir/result.h>

#include "object/object.h"

namespace weir::object {

// `bytes` are those of the whole file and not needed afterwards; `name` becomes the object's,
// without folders, `.o` and `.bpf`. Anything may stand in the bytes; an error says what is wrong,
// its hint what to do, and its offset where, if that is one place.
Result<Object> read_object(std::span<const std::byte> bytes, std::string_view name);

}  // namespace weir::object
