// Applies operators to complete operands, by what follows them.
#include "filter/parse/complaints.h"
#include "filter/parse/operators.h"
#include "filter/parse/parser.h"

namespace weir::filter {

using diag::Kind;
using diag::SourceRange;

void Parser::go_on() {
  const TokenKind next = s_.cursor.kind();
  if (holds_value() && info(mode_).value) {
    if (is_arith_op(next)) return open_binary(arith_op(next));
    if (is_rel_op(next) && open_relation(rel_op(next))) return;
  }
  settle(next);
  switch (next) {
    case TokenKind::kAnd:
      return open_connective(Frame::What::kAnd);
    case TokenKind::kOr:
      return open_connective(Frame::What::kOr);
    case TokenKind::kRightParen:
      return close_group();
    case TokenKind::kRightBrace:
      return close_scope();
    case TokenKind::kRightBracket:
    case TokenKind::kColon:
      return close_index();
    case TokenKind::kEnd:
      return close_all();
    default:
      return not_joined();
  }
}

bool Parser::holds_value() const {
  return operand_.what == Operand::What::kNumber || operand_.what == Operand::What::kValue ||
         operand_.what == Operand::What::kBroken;
}

bool Parser::top_is(Frame::What what) const {
  return !stack_.empty() && stack_.back().what == what;
}

void Parser::open_binary(ArithOp op) {
  apply_arithmetic(op);
  operand_.node = value_node();
  open({.what = Frame::What::kBinary,
        .begin = s_.cursor.take().range,
        .left = operand_,
        .op = static_cast<std::uint8_t>(op)},
       Mode::kValue);
}

// False when no comparison may stand here.
bool Parser::open_relation(RelOp op) {
  apply_arithmetic(std::nullopt);
  if (!info(mode_).test) return false;
  operand_.node = value_node();
  open({.what = Frame::What::kRelation,
        .begin = s_.cursor.take().range,
        .left = operand_,
        .op = static_cast<std::uint8_t>(op)},
       Mode::kValue);
  return true;
}

// Applies the operators of arithmetic on top of the stack: all, or those that go before `next`.
void Parser::apply_arithmetic(std::optional<ArithOp> next) {
  for (;;) {
    // A sign binds tighter than every operator that has a precedence.
    if (top_is(Frame::What::kNegate) && (!next || precedence(*next) != 0)) {
      apply_negate();
    } else if (top_is(Frame::What::kBinary) &&
               (!next || applies_first(static_cast<ArithOp>(stack_.back().op), *next))) {
      apply_binary();
    } else {
      return;
    }
  }
}

// A number that turns out to be a value gets its node.
NodeId Parser::value_node() {
  if (operand_.what != Operand::What::kNumber) return operand_.node;
  operand_.what = Operand::What::kValue;
  return s_.add(operand_.range, Constant{operand_.number});
}

void Parser::become(Operand::What what, SourceRange range, NodeId node) {
  operand_.what = what;
  operand_.range = range;
  operand_.node = node;
}

Frame Parser::pop() {
  const Frame frame = stack_.back();
  stack_.pop_back();
  mode_ = frame.mode;
  inherited_ = frame.inherited;
  return frame;
}

void Parser::apply_negate() {
  const NodeId value = value_node();
  const Frame frame = pop();
  const SourceRange range = join(frame.begin, operand_.range);
  become(Operand::What::kValue, range, s_.add(range, Negate{value}));
}

void Parser::apply_binary() {
  const NodeId right = value_node();
  const Frame frame = pop();
  const SourceRange range = join(frame.left.range, operand_.range);
  become(Operand::What::kValue, range,
         s_.add(range, Binary{static_cast<ArithOp>(frame.op), frame.left.node, right}));
}

void Parser::apply_relation() {
  const NodeId right = value_node();
  const Frame frame = pop();
  const SourceRange range = join(frame.left.range, operand_.range);
  become(Operand::What::kTest, range,
         s_.add(range, Relation{static_cast<RelOp>(frame.op), frame.left.node, right}));
  operand_.inherited = {};
}

// Applies everything that binds tighter than `and` and `or`, and decides what a number is.
void Parser::settle(TokenKind next) {
  apply_arithmetic(std::nullopt);
  if (top_is(Frame::What::kRelation)) apply_relation();
  settle_value(next);
  for (;;) {
    if (top_is(Frame::What::kNot)) {
      apply_not();
    } else if (top_is(Frame::What::kHead)) {
      apply_head();
    } else {
      return;
    }
  }
}

void Parser::settle_value(TokenKind next) {
  const bool number = operand_.what == Operand::What::kNumber;
  if (!number && operand_.what != Operand::What::kValue) return;
  const bool closes_group = next == TokenKind::kRightParen && top_is(Frame::What::kGroup);
  const bool closes_index = (next == TokenKind::kRightBracket || next == TokenKind::kColon) &&
                            top_is(Frame::What::kIndex);
  if (closes_group || closes_index) return;
  if (number && info(mode_).id) return settle_number();
  if (number && mode_ == Mode::kTest) {
    complain_no_qualifier(s_, operand_.range);
  } else if (mode_ == Mode::kNumber || mode_ == Mode::kValue) {
    complain_inside(s_, mode_, operand_.range);
  } else {
    complain_no_comparison(s_, operand_.range);
  }
  operand_ = broken(operand_.range);
}

void Parser::settle_number() {
  if (inherited_.state == Inherited::State::kNone) {
    complain_no_qualifier(s_, operand_.range);
    operand_ = broken(operand_.range);
    return;
  }
  finish_id(operand_.range, ast::NumberId{inherited_.qualifiers, inherited_.head, operand_.number});
}

void Parser::apply_not() {
  const Frame frame = pop();
  const SourceRange range = join(frame.begin, operand_.range);
  become(operand_.what, range, s_.add(range, Not{operand_.node}));
}

void Parser::apply_head() {
  const Frame frame = pop();
  if (operand_.what == Operand::What::kId) operand_.what = Operand::What::kTest;
  operand_.range.begin = frame.begin.begin;
}

void Parser::open_connective(Frame::What what) {
  apply_connective();
  const bool ids = operand_.what == Operand::What::kId;
  const Operand left = operand_;
  open({.what = what, .begin = s_.cursor.take().range, .left = left},
       ids ? Mode::kId : Mode::kTestOrId);
  inherited_ = left.inherited;
}

// What the right side leaves to inherit is left; what the left side is, the whole is.
void Parser::apply_connective() {
  const bool is_and = top_is(Frame::What::kAnd);
  if (!is_and && !top_is(Frame::What::kOr)) return;
  const Frame frame = pop();
  const SourceRange range = join(frame.left.range, operand_.range);
  const NodeId left = frame.left.node;
  const NodeId node =
      is_and ? s_.add(range, And{left, operand_.node}) : s_.add(range, Or{left, operand_.node});
  become(frame.left.what, range, node);
}

}  // namespace weir::filter
