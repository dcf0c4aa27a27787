// Runs the front stages of the filter compiler over a text, for their tests.
#pragma once

#include <string>
#include <string_view>

#include "diag/diagnostic.h"
#include "filter/ast.h"
#include "filter/compile.h"
#include "filter/resolved.h"
#include "filter/token.h"
#include "harness/fake_names.h"

namespace weir::filter::testing {

struct Front {
  TokenList tokens;
  Ast ast;
  Resolved resolved;
  diag::Diagnostics diagnostics;
};

// Names are those of FakeNames, and `options` says the rest.
inline Front run_front(std::string_view text, Options options = {}) {
  static const testing_names::FakeNames kNames;
  options.names = &kNames;
  Front front;
  front.tokens = lex(text, options, front.diagnostics);
  front.ast = parse(front.tokens, text, options, front.diagnostics);
  front.resolved = resolve(front.ast, text, options, front.diagnostics);
  return front;
}

inline std::string errors_of(const Front& front, std::string_view text) {
  return diag::render_text(front.diagnostics, {.name = "expression", .text = text}, false);
}

inline std::string ast_text(std::string_view text) {
  const Front front = run_front(text);
  return front.diagnostics.has_errors() ? errors_of(front, text) : print_ast(front.ast, text);
}

inline std::string resolved_text(std::string_view text, const Options& options = {}) {
  const Front front = run_front(text, options);
  return front.diagnostics.has_errors() ? errors_of(front, text) : print_resolved(front.resolved);
}

inline bool accepts(std::string_view text, const Options& options = {}) {
  return !run_front(text, options).diagnostics.has_errors();
}

}  // namespace weir::filter::testing
