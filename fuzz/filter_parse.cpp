// The front stages of the filter compiler over any bytes: they end, stay in their memory, and keep
// what their headers promise of the trees.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/check.h"
#include "filter/ast.h"
#include "filter/compile.h"
#include "filter/resolved.h"
#include "harness/fake_names.h"

namespace {

using namespace weir::filter;

Options options_from(std::uint8_t flags, const weir::Names& names) {
  Options options;
  options.strict = (flags & 1) != 0;
  options.comments = (flags & 2) != 0;
  options.names = (flags & 4) != 0 ? &names : nullptr;
  options.limits.max_nesting = 64;
  // Every list file is the path's own text, so that the fuzzer writes files too.
  options.load_list = [](const std::string& path) { return weir::Result<std::string>(path); };
  return options;
}

void check_tokens(const TokenList& tokens, std::string_view text) {
  WEIR_CHECK(tokens.back().kind == TokenKind::kEnd);
  std::uint32_t at = 0;
  for (const Token& token : tokens) {
    WEIR_CHECK(token.range.begin >= at && token.range.end >= token.range.begin);
    at = token.range.end;
  }
  WEIR_CHECK(at <= text.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const weir::testing_names::FakeNames kNames;
  if (size == 0) return 0;
  const Options options = options_from(data[0], kNames);
  const std::string text(data + 1, data + size);
  weir::diag::Diagnostics diagnostics;
  const TokenList tokens = lex(text, options, diagnostics);
  check_tokens(tokens, text);
  const Ast ast = parse(tokens, text, options, diagnostics);
  const Resolved resolved = resolve(ast, text, options, diagnostics);
  WEIR_CHECK(resolved.nodes.size() == ast.nodes.size());
  for (const weir::diag::Diagnostic& d : diagnostics.all()) WEIR_CHECK(d.range.end <= text.size());
  if (!diagnostics.has_errors()) {
    WEIR_CHECK(!print_ast(ast, text).empty());
    WEIR_CHECK(!print_resolved(resolved).empty());
  }
  render_text(diagnostics, {.name = "expression", .text = text}, false);
  return 0;
}
