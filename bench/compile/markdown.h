// A table in Markdown, its columns aligned for readers of the plain text too.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace weir::bench {

class MarkdownTable {
 public:
  // The first column is text, the others are numbers and stand to the right.
  explicit MarkdownTable(std::vector<std::string> head) : rows_{std::move(head)} {}

  void add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }
  std::string text() const;

 private:
  std::vector<std::vector<std::string>> rows_;
};

// An expression in a cell: code, its bars escaped.
std::string code_cell(std::string_view expression);

}  // namespace weir::bench
