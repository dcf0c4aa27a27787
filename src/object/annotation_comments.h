// Finds the documentation comments of a C source, and the declaration that follows each.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "object/annotations.h"

namespace weir::object {

struct Comment {
  std::uint32_t begin = 0;  // bytes [begin, end) of SourceComments::text
  std::uint32_t end = 0;
  DeclarationKind kind = DeclarationKind::kOther;
  std::string name;
};

struct SourceComments {
  // As long as the source, with blanks for all but newlines and what is said in these comments.
  std::string text;
  std::vector<Comment> comments;
};

SourceComments find_comments(std::string_view source);

}  // namespace weir::object
