#include "isa/extended_asm_failure.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "base/suggest.h"
#include "diag/quote.h"
#include "isa/extended_print.h"

namespace weir::isa {
namespace {

void add_once(std::vector<std::string_view>& list, std::string_view item) {
  if (std::ranges::find(list, item) == list.end()) list.push_back(item);
}

// An instruction of the row, for a hint.
std::string example_of(const ExtendedInfo& row) {
  ExtendedInsn insn = make_insn(row.code, kR1, kR2, 8, 5);
  if (row.selector.field == kSrcField) insn.src = row.selector.value & 0xf;
  if (row.selector.field == kOffField) insn.off = static_cast<std::int16_t>(row.selector.value);
  if (row.selector.field == kImmField) insn.imm = row.selector.value;
  return format_extended(std::array{insn, ExtendedInsn{}}, 0);
}

}  // namespace

bool AsmFailure::reaches(std::size_t position) {
  if (position < position_) return false;
  if (position > position_) *this = {};
  position_ = position;
  return true;
}

void AsmFailure::expect(std::size_t position, const ExtendedInfo& row, std::string_view expected,
                        bool is_word) {
  if (!reaches(position)) return;
  if (row_ == nullptr) row_ = &row;
  add_once(is_word ? words_ : things_, expected);
}

void AsmFailure::refuse(std::size_t position, diag::Diagnostic mistake) {
  if (reaches(position) && !mistake_) mistake_ = std::move(mistake);
}

// "expected `)` or a number, found `x`"; of many possibilities none is told.
std::string AsmFailure::problem(std::string_view found) const {
  std::vector<std::string> all;
  for (const std::string_view thing : things_) all.emplace_back(thing);
  for (const std::string_view word : words_) all.push_back(fmt::format("`{}`", word));
  if (all.size() > 4 && !found.empty()) return diag::quote(found) + " means nothing here";
  std::string expected = all.front();
  for (std::size_t i = 1; i < all.size(); ++i) {
    expected += (i + 1 == all.size() ? " or " : ", ") + all[i];
  }
  return fmt::format("expected {}, found {}", expected,
                     found.empty() ? "the end of the line" : diag::quote(found));
}

diag::Diagnostic AsmFailure::tell(LineCursor line, std::size_t begin) const {
  if (mistake_) return *mistake_;
  line.set_position(position_);
  line.skip_blanks();
  const std::size_t start = line.position();
  const std::string_view word = LineCursor(line).word();
  const std::string_view found = word.empty() ? line.rest().substr(0, 1) : word;
  const bool first = start == begin && !found.empty();
  diag::Diagnostic out{.kind = diag::Kind::kAsmSyntax,
                       .range = line.range(start, start + found.size()),
                       .message = {},
                       .hint = {},
                       .notes = {}};
  if (first) {
    out.kind = diag::Kind::kAsmUnknownInstruction;
    out.message = fmt::format("no instruction begins with {}", diag::quote(found));
  } else {
    out.message = problem(found);
  }
  const std::string_view meant = closest_word(found, words_);
  if (!meant.empty()) {
    out.hint = fmt::format("did you mean `{}`", meant);
  } else if (first) {
    out.hint = "an instruction is one like `r1 += 5`, `if r1 == 0 goto out` or `exit`";
  } else {
    out.hint = fmt::format("write it like `{}`", example_of(*row_));
  }
  return out;
}

}  // namespace weir::isa
