// What the parts of the parser share: the tokens, the tree that grows, and where errors go.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "diag/diagnostic.h"
#include "filter/ast.h"
#include "filter/compile.h"
#include "filter/parse/cursor.h"

namespace weir::filter {

struct Syntax {
  Cursor cursor;
  Ast& ast;
  const Options& options;
  diag::Diagnostics& diagnostics;

  NodeId add(diag::SourceRange range, const ast::NodeData& data) {
    ast.nodes.push_back({.range = range, .data = data});
    return ast.root();
  }

  void error(diag::Kind kind, diag::SourceRange range, std::string message, std::string hint) {
    diagnostics.error(kind, range, std::move(message), std::move(hint));
  }
};

// Says that `what` should stand where the next token does, or behind the last one at the end.
void complain_expected(Syntax& syntax, std::string_view what, std::string hint);

// The next token's number; nullopt after an error.
std::optional<std::uint32_t> expect_number(Syntax& syntax, std::string_view example);

// A pool's elements from `first` on.
template <typename Pool>
PoolSpan span_from(const Pool& pool, std::size_t first) {
  return {.first = static_cast<std::uint32_t>(first),
          .count = static_cast<std::uint32_t>(pool.size() - first)};
}

constexpr diag::SourceRange join(diag::SourceRange from, diag::SourceRange to) {
  return {.begin = from.begin, .end = to.end};
}

}  // namespace weir::filter
