// What happens after an error.
#include <fmt/format.h>

#include "diag/quote.h"
#include "filter/parse/complaints.h"
#include "filter/parse/parser.h"

namespace weir::filter {

using diag::Kind;
using diag::SourceRange;

void Parser::not_closed(const Frame& frame) {
  const bool index = frame.what == Frame::What::kIndex;
  const std::string_view close = index ? "]" : frame.what == Frame::What::kScope ? "}" : ")";
  const std::string_view opened = index ? "[" : s_.cursor.text(frame.begin);
  const auto at = index ? SourceRange{frame.begin.end, frame.begin.end + 1} : frame.begin;
  s_.error(Kind::kUnbalanced, at, fmt::format("`{}` is not closed", opened),
           fmt::format("write `{}` where it ends", close));
}

void Parser::closes_nothing() {
  const Token& token = s_.cursor.take();
  const std::string_view text = s_.cursor.text(token);
  s_.error(Kind::kUnbalanced, token.range, fmt::format("`{}` closes nothing", text),
           "leave it out, or open it before");
}

Operand Parser::broken(SourceRange range) {
  return {.what = Operand::What::kBroken,
          .range = range,
          .node = s_.add(range, Invalid{}),
          .inherited = {.state = Inherited::State::kUnknown, .qualifiers = {}}};
}

void Parser::no_operand() {
  complain_no_operand(s_, mode_, top_is(Frame::What::kHead) ? stack_.back().begin : SourceRange{});
  break_off();
}

void Parser::not_joined() {
  if (operand_.what != Operand::What::kBroken) complain_not_joined(s_, operand_.range);
  break_off();
}

// Goes to where something else begins, and puts an operand that stands for any in the place of
// what was being read, so that what follows is looked at too.
void Parser::break_off() {
  const SourceRange begin = s_.cursor.peek().range;
  bool group = false;
  bool scope = false;
  for (const Frame& frame : stack_) {
    group |= frame.what == Frame::What::kGroup;
    scope |= frame.what == Frame::What::kScope;
  }
  skip(group, scope);
  while (!stack_.empty() && !holds_others(stack_.back().what)) pop();
  finish(broken({begin.begin, s_.cursor.peek().range.begin}));
}

bool Parser::holds_others(Frame::What what) {
  return what == Frame::What::kAnd || what == Frame::What::kOr || what == Frame::What::kGroup ||
         what == Frame::What::kScope;
}

void Parser::skip(bool group, bool scope) {
  std::size_t depth = 0;
  for (;; s_.cursor.take()) {
    switch (s_.cursor.kind()) {
      case TokenKind::kEnd:
        return;
      case TokenKind::kAnd:
      case TokenKind::kOr:
        if (depth == 0) return;
        break;
      case TokenKind::kLeftParen:
      case TokenKind::kLeftBrace:
        ++depth;
        break;
      case TokenKind::kRightParen:
        if (depth == 0 && group) return;
        if (depth > 0) --depth;
        break;
      case TokenKind::kRightBrace:
        if (depth == 0 && scope) return;
        if (depth > 0) --depth;
        break;
      default:
        break;
    }
  }
}

void Parser::too_deep(SourceRange at) {
  s_.error(Kind::kTooLarge, at,
           fmt::format("more than {} things are open here", s_.options.limits.max_nesting),
           "use fewer parentheses, `not` and operators inside each other");
  done_ = true;
}

void Parser::too_many_nodes() {
  if (done_) return;
  s_.error(Kind::kTooLarge, operand_.range,
           fmt::format("the expression has more than {} parts", s_.options.limits.max_nodes),
           "put long lists into a file: `host in @FILE`");
  done_ = true;
}

}  // namespace weir::filter
