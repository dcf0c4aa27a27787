#include "filter/parse/primitives.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>

#include "filter/parse/operators.h"

namespace weir::filter {
namespace {

using diag::SourceRange;
using Parsed = std::optional<NodeId>;

Parsed length_test(Syntax& s) {
  const Token word = s.cursor.take();
  const bool less = word.kind == TokenKind::kLess;
  const auto value = expect_number(s, less ? "less 64" : "greater 1000");
  if (!value) return std::nullopt;
  return s.add(join(word.range, s.cursor.last().range),
               LengthTest{.op = less ? RelOp::kLe : RelOp::kGe, .value = *value});
}

Parsed byte_test(Syntax& s) {
  const SourceRange begin = s.cursor.take().range;
  const auto index = expect_number(s, "byte 12 = 8");
  if (!index) return std::nullopt;
  const auto op = byte_op(s.cursor.kind());
  if (!op) {
    complain_expected(s, "`=`, `<`, `>`, `&` or `|`",
                      "as in `byte 12 = 8`; or write `ether[12] != 8`");
    return std::nullopt;
  }
  s.cursor.take();
  const auto value = expect_number(s, "byte 12 = 8");
  if (!value) return std::nullopt;
  return s.add(join(begin, s.cursor.last().range),
               ByteTest{.op = *op, .index = *index, .value = *value});
}

Parsed direction(Syntax& s) {
  const Token& word = s.cursor.take();
  return s.add(word.range, DirectionTest{.outbound = word.kind == TokenKind::kOutbound});
}

Parsed if_index(Syntax& s) {
  const SourceRange begin = s.cursor.take().range;
  const auto index = expect_number(s, "ifindex 2");
  if (!index) return std::nullopt;
  return s.add(join(begin, s.cursor.last().range), IfIndex{.index = *index});
}

Parsed pppoed(Syntax& s) { return s.add(s.cursor.take().range, Pppoed{}); }

bool at_set(const Syntax& s) {
  return s.cursor.at(TokenKind::kName) && s.cursor.text(s.cursor.peek()) == "in" &&
         begins_list(s.cursor.kind(1));
}

Parsed encapsulation(Syntax& s) {
  const Token word = s.cursor.take();
  ast::Encapsulation node{.encap = static_cast<Encap>(word.value),
                          .form = ast::Encapsulation::Form::kAny,
                          .value = 0,
                          .items = {}};
  if (at_set(s)) {
    s.cursor.take();
    const auto items = parse_list(s);
    if (!items) return std::nullopt;
    node.form = ast::Encapsulation::Form::kSet;
    node.items = *items;
  } else if (s.cursor.at(TokenKind::kNumber) || s.cursor.at(TokenKind::kLeftParen)) {
    const auto value = parse_number_in_parens(s);
    if (!value) {
      complain_expected(s, "a number", fmt::format("as in `{} 5`", name_of(node.encap)));
      return std::nullopt;
    }
    node.form = ast::Encapsulation::Form::kNumber;
    node.value = value->value;
  }
  return s.add(join(word.range, s.cursor.last().range), node);
}

// --- which token begins which

struct Entry {
  TokenKind kind;
  Parsed (*parse)(Syntax&);
};

constexpr std::array kEntries = {
    Entry{TokenKind::kLess, length_test},       Entry{TokenKind::kGreater, length_test},
    Entry{TokenKind::kByte, byte_test},         Entry{TokenKind::kInbound, direction},
    Entry{TokenKind::kOutbound, direction},     Entry{TokenKind::kIfindex, if_index},
    Entry{TokenKind::kEncap, encapsulation},    Entry{TokenKind::kPppoed, pppoed},
    Entry{TokenKind::kLlc, parse_llc},          Entry{TokenKind::kPf, parse_packet_filter},
    Entry{TokenKind::kAtmType, parse_atm_type}, Entry{TokenKind::kAtmField, parse_atm_field},
    Entry{TokenKind::kMtpType, parse_mtp_type}, Entry{TokenKind::kMtpField, parse_mtp_field},
};

const Entry* find_entry(TokenKind kind) {
  const auto found = std::ranges::find(kEntries, kind, &Entry::kind);
  return found == kEntries.end() ? nullptr : found;
}

}  // namespace

bool begins_primitive(TokenKind kind) { return find_entry(kind) != nullptr; }

std::optional<NodeId> parse_primitive(Syntax& s) { return find_entry(s.cursor.kind())->parse(s); }

std::optional<NumberInParens> parse_number_in_parens(Syntax& s) {
  std::size_t depth = 0;
  while (s.cursor.kind(depth) == TokenKind::kLeftParen) ++depth;
  if (s.cursor.kind(depth) != TokenKind::kNumber) return std::nullopt;
  for (std::size_t i = 1; i <= depth; ++i) {
    if (s.cursor.kind(depth + i) != TokenKind::kRightParen) return std::nullopt;
  }
  const std::uint32_t value = s.cursor.peek(depth).value;
  for (std::size_t i = 0; i < 2 * depth + 1; ++i) s.cursor.take();
  return NumberInParens{value};
}

}  // namespace weir::filter
