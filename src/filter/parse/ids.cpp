// Reads ids and the qualifiers before them.
#include <fmt/format.h>

#include "diag/quote.h"
#include "filter/parse/complaints.h"
#include "filter/parse/operators.h"
#include "filter/parse/parser.h"
#include "filter/parse/primitives.h"

namespace weir::filter {

using diag::Kind;
using diag::SourceRange;

void Parser::read_id() {
  if (!info(mode_).id || inherited_.state == Inherited::State::kNone) return no_operand();
  // `ip.addr == 10.0.0.1` behind `and` is no name of a host.
  if (is_rel_op(s_.cursor.kind(1)) && (complain_other_language(s_) || complain_addition(s_)))
    return break_off();
  const SourceRange begin = s_.cursor.peek().range;
  const auto data = id_data();
  if (!data) return break_off();
  finish_id(join(begin, s_.cursor.last().range), *data);
}

std::optional<ast::NodeData> Parser::id_data() {
  const Token& token = s_.cursor.take();
  const ast::Qualifiers& q = inherited_.qualifiers;
  switch (token.kind) {
    case TokenKind::kMac:
      return ast::MacId{q, inherited_.head};
    case TokenKind::kArcnet:
      return ast::ArcnetId{q, inherited_.head};
    case TokenKind::kIp4:
      return ip4_data(token.range);
    case TokenKind::kIp6: {
      const auto prefix = prefix_length();
      if (!prefix) return std::nullopt;
      return ast::Ip6Id{q, inherited_.head, token.range.end, *prefix};
    }
    default:
      return ast::NameId{q, inherited_.head};
  }
}

std::optional<ast::NodeData> Parser::ip4_data(SourceRange address) {
  const ast::Qualifiers& q = inherited_.qualifiers;
  if (s_.cursor.at(TokenKind::kMask)) {
    s_.cursor.take();
    if (s_.cursor.at(TokenKind::kIp4)) {
      const SourceRange mask = s_.cursor.take().range;
      return ast::Ip4MaskId{q, inherited_.head, address.end, mask.begin};
    }
    complain_expected(s_, "a mask", "as in `net 10.0.0.0 mask 255.0.0.0`");
    return std::nullopt;
  }
  const auto prefix = prefix_length();
  if (!prefix) return std::nullopt;
  return ast::Ip4Id{q, inherited_.head, address.end, *prefix};
}

// kNoPrefix without a `/`; nullopt after an error.
std::optional<std::uint32_t> Parser::prefix_length() {
  if (!s_.cursor.take_if(TokenKind::kSlash)) return ast::kNoPrefix;
  if (s_.cursor.at(TokenKind::kNumber)) return s_.cursor.take().value;
  complain_expected(s_, "the number of bits of the prefix",
                    "as in `net 10.0.0.0/8`, or with a mask: `net 10.0.0.0 mask 255.0.0.0`");
  return std::nullopt;
}

void Parser::read_set() {
  if (inherited_.state == Inherited::State::kNone) return no_operand();
  const SourceRange begin = s_.cursor.take().range;
  const auto items = parse_list(s_);
  if (!items) return break_off();
  finish_id(join(begin, s_.cursor.last().range),
            ast::SetId{inherited_.qualifiers, inherited_.head, *items});
}

void Parser::finish_id(SourceRange range, const ast::NodeData& data) {
  const bool known = inherited_.state == Inherited::State::kKnown;
  finish({.what = Operand::What::kId,
          .range = range,
          .node = s_.add(range, known ? data : ast::NodeData(Invalid{})),
          .inherited = inherited_});
}

void Parser::read_qualified() {
  const Token& first = s_.cursor.peek();
  ast::Qualifiers q;
  if (first.kind == TokenKind::kProtoName) q.proto = static_cast<Proto>(s_.cursor.take().value);
  const TokenKind kind = s_.cursor.kind();
  if (kind == TokenKind::kBroadcast) return finish_test(join_node(first.range, Broadcast{q.proto}));
  if (kind == TokenKind::kMulticast) return finish_test(join_node(first.range, Multicast{q.proto}));
  if (begins_wlan(kind)) return finish_test(parse_wlan(s_, first.range));
  if (!read_direction(q) || !read_type(q)) return break_off();
  if (q.dir == Dir::kNone && q.type == IdType::kNone) {
    return finish_test(s_.add(first.range, ast::Abbreviation{q.proto}));
  }
  open_head(join(first.range, s_.cursor.last().range), q);
}

NodeId Parser::join_node(SourceRange begin, const ast::NodeData& data) {
  return s_.add(join(begin, s_.cursor.take().range), data);
}

// `src`, `src or dst`, `addr1`, ...; false after an error.
bool Parser::read_direction(ast::Qualifiers& q) {
  const Token& first = s_.cursor.peek();
  if (first.kind == TokenKind::kWlanAddress) q.dir = static_cast<Dir>(s_.cursor.take().value);
  if (first.kind == TokenKind::kSrc || first.kind == TokenKind::kDst) {
    s_.cursor.take();
    q.dir = first.kind == TokenKind::kSrc ? Dir::kSrc : Dir::kDst;
    const TokenKind other = first.kind == TokenKind::kSrc ? TokenKind::kDst : TokenKind::kSrc;
    const bool both = s_.cursor.at(TokenKind::kAnd) || s_.cursor.at(TokenKind::kOr);
    if (both && s_.cursor.kind(1) == other) {
      q.dir = s_.cursor.take().kind == TokenKind::kOr ? Dir::kSrcOrDst : Dir::kSrcAndDst;
      s_.cursor.take();
    }
  }
  if (q.dir == Dir::kNone) return true;
  const TokenKind next = s_.cursor.kind();
  const bool undirected = next == TokenKind::kSrc || next == TokenKind::kDst ||
                          next == TokenKind::kProto || next == TokenKind::kProtochain ||
                          next == TokenKind::kGateway;
  if (undirected) complain_direction(s_, join(first.range, s_.cursor.last().range));
  return !undirected;
}

bool Parser::read_type(ast::Qualifiers& q) {
  switch (s_.cursor.kind()) {
    case TokenKind::kIdType:
      q.type = static_cast<IdType>(s_.cursor.peek().value);
      break;
    case TokenKind::kProto:
      q.type = IdType::kProto;
      break;
    case TokenKind::kProtochain:
      q.type = IdType::kProtochain;
      break;
    case TokenKind::kGateway:
      q.type = IdType::kGateway;
      break;
    default:
      return true;
  }
  s_.cursor.take();
  return true;
}

}  // namespace weir::filter
