// Why no instruction is written like a line: every pattern was tried, and those that came furthest
// know best what should have stood there.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diag/diagnostic.h"
#include "isa/extended_asm_line.h"
#include "isa/extended_table.h"

namespace weir::isa {

class AsmFailure {
 public:
  // At `position` of the line the row has `expected`, a thing ("a number"), or with `is_word` a
  // word or symbol of its own.
  void expect(std::size_t position, const ExtendedInfo& row, std::string_view expected,
              bool is_word);
  // What stands before `position` can only be a mistake; told rather than what is expected there.
  void refuse(std::size_t position, diag::Diagnostic mistake);

  // REQUIRES: one of the above was called. `line` is that of the instruction, which begins at
  // `begin` of it.
  diag::Diagnostic tell(LineCursor line, std::size_t begin) const;

 private:
  bool reaches(std::size_t position);
  std::string problem(std::string_view found) const;

  std::size_t position_ = 0;
  std::optional<diag::Diagnostic> mistake_;
  const ExtendedInfo* row_ = nullptr;
  std::vector<std::string_view> things_;
  std::vector<std::string_view> words_;
};

}  // namespace weir::isa
