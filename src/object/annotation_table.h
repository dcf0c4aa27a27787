// The annotations that there are, each described once: what it may stand on, the shape of its
// value, what it means.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "object/annotations.h"

namespace weir::object {

enum class ValueShape : std::uint8_t {
  kText,     // words up to an empty line or the next annotation
  kInteger,  // of JSON
  kString,
  kBool,
  kScalar,         // a string, a number, true or false
  kTextOrInteger,  // a string or an integer
  kChoice,         // a string out of `choices`
  kObject,         // with the members `fields`
  kAny,            // a choice, or JSON that is an object
};

struct AnnotationField {
  std::string_view name;
  ValueShape shape;
  bool required = false;
  std::span<const std::string_view> choices = {};
};

struct AnnotationRow {
  std::string_view name;
  std::uint8_t on;  // bits 1 << DeclarationKind
  ValueShape shape;
  std::string_view meaning;
  std::span<const AnnotationField> fields = {};
  std::span<const std::string_view> choices = {};
};

constexpr std::uint8_t bit_of(DeclarationKind kind) {
  return static_cast<std::uint8_t>(1U << static_cast<unsigned>(kind));
}

std::span<const AnnotationRow> annotation_rows();

// nullptr when there is none.
const AnnotationRow* annotation_row(std::string_view name);

}  // namespace weir::object
