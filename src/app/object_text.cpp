#include "app/object_text.h"

#include <span>
#include <utility>

#include "app/failure.h"
#include "object/print.h"
#include "object/read.h"

namespace weir::app {

bool looks_like_object(std::string_view bytes) {
  return bytes.starts_with(
             "\x7f"
             "ELF") ||
         bytes.starts_with("!<arch>\n");
}

Result<ObjectText> object_text(std::string_view bytes, const std::string& name,
                               isa::ExtendedStyle style) {
  const auto object = object::read_object(std::as_bytes(std::span(bytes)), name);
  if (!object) return std::unexpected(about_file(name, object.error()));
  Result<std::string> text = object::format_object(*object, style);
  if (!text) return std::unexpected(about_file(name, text.error()));
  ObjectText out{.text = *std::move(text), .warnings = {}};
  for (const object::ObjectNote& note : object->notes)
    out.warnings.push_back({.message = note.message, .hint = note.hint, .offset = {}});
  return out;
}

}  // namespace weir::app
