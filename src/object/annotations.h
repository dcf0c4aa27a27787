// Annotations: what the comments of a BPF program in C say of its functions, variables and maps, as
// `/// @tchook {"ifindex":1}`. object/annotation_table.h describes each of them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "diag/diagnostic.h"

namespace weir::object {

// What a comment stands on; kOther is a type, or nothing at all.
enum class DeclarationKind : std::uint8_t { kFunction, kVariable, kMap, kLicense, kOther };

struct Annotation {
  std::string name;         // without the `@`
  std::string json;         // its value, on one line, keys sorted; texts are strings of JSON
  diag::SourceRange range;  // of the name in the source, with the `@`
};

struct AnnotatedDeclaration {
  DeclarationKind kind = DeclarationKind::kOther;  // never kOther in what is returned
  std::string name;                                // `LICENSE` for kLicense
  std::vector<Annotation> annotations;             // in the order of the text, each name once
};

// Reads Doxygen's comments (`///`, `//!`, `/** */`, `/*! */`) and what follows each. Values in JSON
// may take several lines. Unknown and mistyped names, values and keys are errors at their place;
// the rest is read all the same. Directives of the preprocessor are skipped, so both sides of an
// `#if` are seen. The source needs not be C: what is not is passed over.
std::vector<AnnotatedDeclaration> read_annotations(std::string_view source,
                                                   diag::Diagnostics& diagnostics);

}  // namespace weir::object
