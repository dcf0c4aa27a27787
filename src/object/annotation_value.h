// The values of annotations in JSON, checked against the table with places in the source.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "diag/diagnostic.h"
#include "object/annotation_table.h"

namespace weir::object {

// Where the JSON that begins at `begin` ends: behind the bracket that closes the first one, or at
// the end of the line; `end` when a bracket stays open.
std::uint32_t json_end(std::string_view text, std::uint32_t begin, std::uint32_t end);

// The value in bytes [begin, end) of the text, on one line with sorted keys; nullopt and a
// diagnostic for each mistake otherwise.
std::optional<std::string> read_annotation_value(std::string_view text, std::uint32_t begin,
                                                 std::uint32_t end, const AnnotationRow& row,
                                                 diag::Diagnostics& diagnostics);

// A text as a string of JSON; bytes that are not UTF-8 are replaced.
std::string json_text(std::string_view text);

// "did you mean `x`?", or all candidates.
std::string hint_among(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace weir::object
