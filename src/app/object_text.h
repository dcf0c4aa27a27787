// The use-case behind `weir compile --from FILE.o`: what an object file holds, as text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <weir/result.h>

#include "isa/extended_table.h"

namespace weir::app {

// An ELF file, well-formed or not; an archive, too, which is refused with a reason.
bool looks_like_object(std::string_view bytes);

struct ObjectText {
  std::string text;  // as object::format_object() writes it
  std::vector<Error> warnings;
};

// `name` is the path of the file that the bytes are of.
Result<ObjectText> object_text(std::string_view bytes, const std::string& name,
                               isa::ExtendedStyle style);

}  // namespace weir::app
