#include "filter/parse/parser.h"

#include "filter/parse/primitives.h"

namespace weir::filter {

using diag::Kind;
using diag::SourceRange;

void Parser::run() {
  while (!done_) {
    if (behind_operand_) {
      go_on();
    } else {
      read_operand();
    }
    if (s_.ast.nodes.size() > s_.options.limits.max_nodes) too_many_nodes();
    // What comes after so many errors is not shown.
    done_ |= s_.diagnostics.error_count() >= diag::Diagnostics::kMaxKept;
  }
}

void Parser::open(Frame frame, Mode inside) {
  if (stack_.size() >= s_.options.limits.max_nesting) return too_deep(frame.begin);
  frame.mode = mode_;
  frame.inherited = inherited_;
  stack_.push_back(frame);
  mode_ = inside;
  behind_operand_ = false;
}

void Parser::open_not() {
  open({.what = Frame::What::kNot, .begin = s_.cursor.take().range}, info(mode_).negated);
}

void Parser::open_group() {
  open({.what = Frame::What::kGroup, .begin = s_.cursor.take().range}, info(mode_).in_group);
}

void Parser::open_index(Proto proto) {
  const SourceRange begin = s_.cursor.take().range;
  s_.cursor.take();
  open({.what = Frame::What::kIndex, .begin = begin, .op = static_cast<std::uint8_t>(proto)},
       Mode::kValue);
}

void Parser::open_head(SourceRange range, const ast::Qualifiers& q) {
  open({.what = Frame::What::kHead, .begin = range}, Mode::kId);
  inherited_ = {.state = Inherited::State::kKnown,
                .qualifiers = q,
                .head = static_cast<std::uint32_t>(s_.ast.heads.size())};
  s_.ast.heads.push_back(range);
}

void Parser::open_scope(NodeId opening) {
  const SourceRange begin = s_.cursor.take().range;
  open({.what = Frame::What::kScope, .begin = begin, .opening = opening}, Mode::kTest);
  inherited_ = {};
}

void Parser::close_group() {
  apply_connective();
  if (!top_is(Frame::What::kGroup)) return closes_nothing();
  const Frame frame = pop();
  operand_.range = join(frame.begin, s_.cursor.take().range);
  if (operand_.what == Operand::What::kTest) operand_.inherited = frame.inherited;
}

void Parser::close_scope() {
  apply_connective();
  if (!top_is(Frame::What::kScope)) return closes_nothing();
  const Frame frame = pop();
  const SourceRange range = join(s_.ast.nodes[frame.opening].range, s_.cursor.take().range);
  finish_test(s_.add(range, Scope{.opening = frame.opening, .body = operand_.node}));
}

void Parser::close_index() {
  apply_connective();
  if (!top_is(Frame::What::kIndex)) return closes_nothing();
  const NodeId offset = value_node();
  std::uint32_t size = 1;
  if (s_.cursor.take_if(TokenKind::kColon)) {
    if (!s_.cursor.at(TokenKind::kNumber)) {
      complain_expected(s_, "the number of bytes", "it is 1, 2 or 4, as in `ip[2:2]`");
      return break_off();
    }
    size = s_.cursor.take().value;
  }
  if (!s_.cursor.at(TokenKind::kRightBracket)) {
    complain_expected(s_, "`]`", "close the index with `]`");
    return break_off();
  }
  const Frame frame = pop();
  const SourceRange range = join(frame.begin, s_.cursor.take().range);
  finish_value(s_.add(range, Index{static_cast<Proto>(frame.op), offset, size}), range);
}

void Parser::close_all() {
  apply_connective();
  done_ = true;
  for (auto frame = stack_.rbegin(); frame != stack_.rend(); ++frame) {
    const bool bracket = frame->what == Frame::What::kGroup || frame->what == Frame::What::kScope ||
                         frame->what == Frame::What::kIndex;
    if (bracket) return not_closed(*frame);
  }
}

Ast parse(const TokenList& tokens, std::string_view text, const Options& options,
          diag::Diagnostics& diagnostics) {
  Ast ast;
  Syntax syntax{
      .cursor = Cursor(tokens, text), .ast = ast, .options = options, .diagnostics = diagnostics};
  if (syntax.cursor.at(TokenKind::kEnd)) return ast;
  ast.nodes.reserve(tokens.size());
  ast.heads.reserve(tokens.size() / 4 + 1);
  Parser(syntax).run();
  return ast;
}

}  // namespace weir::filter
