// Widths are counted first, then every row is padded to them.
#include "bench/compile/markdown.h"

#include <fmt/format.h>

#include <algorithm>

namespace weir::bench {
namespace {

using Row = std::vector<std::string>;

std::vector<std::size_t> widths(const std::vector<Row>& rows) {
  std::vector<std::size_t> widest(rows.front().size(), 3);
  for (const Row& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) widest[i] = std::max(widest[i], row[i].size());
  }
  return widest;
}

std::string render(const Row& row, const std::vector<std::size_t>& width) {
  std::string line = fmt::format("| {:<{}} |", row[0], width[0]);
  for (std::size_t i = 1; i < row.size(); ++i) line += fmt::format(" {:>{}} |", row[i], width[i]);
  return line + "\n";
}

std::string ruler(const std::vector<std::size_t>& width) {
  std::string line = "|" + std::string(width[0] + 2, '-') + "|";
  for (std::size_t i = 1; i < width.size(); ++i) line += std::string(width[i] + 1, '-') + ":|";
  return line + "\n";
}

}  // namespace

std::string MarkdownTable::text() const {
  const std::vector<std::size_t> width = widths(rows_);
  std::string text = render(rows_.front(), width) + ruler(width);
  for (std::size_t i = 1; i < rows_.size(); ++i) text += render(rows_[i], width);
  return text;
}

std::string code_cell(std::string_view expression) {
  std::string cell = "`";
  for (const char c : expression) {
    if (c == '|') cell += '\\';
    cell += c;
  }
  return expression.empty() ? "(none)" : cell + "`";
}

}  // namespace weir::bench
