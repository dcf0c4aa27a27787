// Which tokens are ids, operators of arithmetic and comparisons, and how tightly those bind.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "filter/token.h"
#include "filter/vocabulary.h"

namespace weir::filter {

constexpr bool is_id(TokenKind kind) {
  return kind >= TokenKind::kNumber && kind <= TokenKind::kArcnet;
}

constexpr bool is_arith_op(TokenKind kind) {
  return kind >= TokenKind::kPlus && kind <= TokenKind::kShiftRight;
}
// REQUIRES is_arith_op(kind).
constexpr ArithOp arith_op(TokenKind kind) {
  return static_cast<ArithOp>(static_cast<int>(kind) - static_cast<int>(TokenKind::kPlus));
}
static_assert(arith_op(TokenKind::kPercent) == ArithOp::kMod);
static_assert(arith_op(TokenKind::kShiftRight) == ArithOp::kShr);

constexpr bool is_rel_op(TokenKind kind) {
  return kind >= TokenKind::kGt && kind <= TokenKind::kNe;
}
// REQUIRES is_rel_op(kind).
constexpr RelOp rel_op(TokenKind kind) {
  return static_cast<RelOp>(static_cast<int>(kind) - static_cast<int>(TokenKind::kGt));
}
static_assert(rel_op(TokenKind::kEq) == RelOp::kEq);
static_assert(rel_op(TokenKind::kNe) == RelOp::kNe);

// 0: none. libpcap's grammar gives `%` and `^` no precedence, and so takes whatever follows before
// it applies them or the operator before them: `len % 10 + 1` is `len % (10 + 1)`.
constexpr int precedence(ArithOp op) {
  constexpr std::array<int, 10> kPrecedence = {4, 4, 5, 5, 0, 2, 1, 0, 3, 3};
  return kPrecedence[static_cast<std::size_t>(op)];
}
static_assert(precedence(ArithOp::kMod) == 0 && precedence(ArithOp::kXor) == 0);
static_assert(precedence(ArithOp::kMul) > precedence(ArithOp::kAdd));

// Whether `before` is applied when `next` is found behind its right operand.
constexpr bool applies_first(ArithOp before, ArithOp next) {
  return precedence(before) != 0 && precedence(next) != 0 && precedence(before) >= precedence(next);
}

constexpr std::optional<ByteOp> byte_op(TokenKind kind) {
  switch (kind) {
    case TokenKind::kEq:
      return ByteOp::kEq;
    case TokenKind::kLt:
      return ByteOp::kLt;
    case TokenKind::kGt:
      return ByteOp::kGt;
    case TokenKind::kAmpersand:
      return ByteOp::kAnd;
    case TokenKind::kPipe:
      return ByteOp::kOr;
    default:
      return std::nullopt;
  }
}

}  // namespace weir::filter
