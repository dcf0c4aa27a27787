// Reads what begins an operand.
#include <fmt/format.h>

#include "diag/quote.h"
#include "filter/parse/complaints.h"
#include "filter/parse/operators.h"
#include "filter/parse/parser.h"
#include "filter/parse/primitives.h"

namespace weir::filter {

using diag::Kind;
using diag::SourceRange;

void Parser::read_operand() {
  const Token& token = s_.cursor.peek();
  const ModeInfo& may = info(mode_);
  switch (token.kind) {
    case TokenKind::kLeftParen:
      return open_group();
    case TokenKind::kNumber:
      return read_number();
    case TokenKind::kNot:
      if (may.test || may.id) return open_not();
      break;
    case TokenKind::kMinus:
      if (may.value)
        return open({.what = Frame::What::kNegate, .begin = s_.cursor.take().range}, Mode::kValue);
      break;
    case TokenKind::kLen:
      if (may.value)
        return finish_value(s_.add(token.range, PacketLength{}), s_.cursor.take().range);
      break;
    case TokenKind::kName:
      return read_name();
    case TokenKind::kEscapedName:
    case TokenKind::kIp4:
    case TokenKind::kIp6:
    case TokenKind::kMac:
    case TokenKind::kArcnet:
      return read_id();
    case TokenKind::kProtoName:
      if (may.value && s_.cursor.kind(1) == TokenKind::kLeftBracket)
        return open_index(static_cast<Proto>(token.value));
      if (may.test) return read_qualified();
      break;
    default:
      if (may.test) return read_test();
      break;
  }
  no_operand();
}

void Parser::read_test() {
  const TokenKind kind = s_.cursor.kind();
  const bool qualified = (kind >= TokenKind::kSrc && kind <= TokenKind::kGateway) ||
                         kind == TokenKind::kBroadcast || kind == TokenKind::kMulticast;
  if (qualified) return read_qualified();
  if (begins_wlan(kind)) return finish_test(parse_wlan(s_, s_.cursor.peek().range));
  if (!begins_primitive(kind)) return no_operand();
  const bool encapsulation = kind == TokenKind::kEncap;
  const auto node = parse_primitive(s_);
  if (node && encapsulation && s_.cursor.at(TokenKind::kLeftBrace)) return open_scope(*node);
  finish_test(node);
}

void Parser::read_number() {
  const Token& token = s_.cursor.take();
  finish({.what = Operand::What::kNumber,
          .range = token.range,
          .number = token.value,
          .inherited = {}});
}

// Names that begin something of weir's cannot do so in libpcap, where a name ends a test.
void Parser::read_name() {
  const std::string_view name = s_.cursor.text(s_.cursor.peek());
  const TokenKind next = s_.cursor.kind(1);
  const ModeInfo& may = info(mode_);
  if (may.id && name == "in" && begins_list(next)) return read_set();
  // libpcap would go on with `and` or `or` after a host with the name `in`.
  if (may.id && name == "in" && is_id(next)) return list_without_braces();
  if (may.value && name == "payload" && next == TokenKind::kLeftBracket) {
    return allowed_addition() ? open_index(Proto::kPayload) : break_off();
  }
  if (may.test && name == "payload" && next == TokenKind::kString)
    return finish_test(parse_payload_match(s_));
  if (may.test && (name == "tcp.flags" || name == "ip.flags") &&
      (next == TokenKind::kName || next == TokenKind::kNot)) {
    return allowed_addition() ? finish_test(parse_flags(s_)) : break_off();
  }
  if (may.test && next == TokenKind::kLeftBrace) {
    if (const auto encap = scope_word(name)) return open_scope(scope_opening(*encap));
  }
  read_id();
}

void Parser::list_without_braces() {
  const Token& element = s_.cursor.peek(1);
  s_.error(Kind::kBadList, element.range, "a list stands in braces",
           fmt::format("write {}", diag::quote(fmt::format("in {{{}}}", s_.cursor.text(element)))));
  break_off();
}

std::optional<Encap> Parser::scope_word(std::string_view name) {
  for (const Encap encap : {Encap::kIpIp, Encap::kGre, Encap::kIp6Ext}) {
    if (name == name_of(encap)) return encap;
  }
  return std::nullopt;
}

NodeId Parser::scope_opening(Encap encap) {
  return s_.add(
      s_.cursor.take().range,
      ast::Encapsulation{
          .encap = encap, .form = ast::Encapsulation::Form::kAny, .value = 0, .items = {}});
}

bool Parser::allowed_addition() {
  if (!s_.options.strict) return true;
  const Token& token = s_.cursor.peek();
  s_.error(Kind::kNotStrict, token.range,
           fmt::format("{} is not in libpcap's language", diag::quote(s_.cursor.text(token))),
           "leave --strict out to use weir's additions");
  return false;
}

void Parser::finish(const Operand& operand) {
  operand_ = operand;
  behind_operand_ = true;
}

void Parser::finish_value(NodeId node, SourceRange range) {
  finish({.what = Operand::What::kValue, .range = range, .node = node, .inherited = {}});
}

void Parser::finish_test(std::optional<NodeId> node) {
  if (!node) return break_off();
  finish({.what = Operand::What::kTest,
          .range = s_.ast.nodes[*node].range,
          .node = *node,
          .inherited = {}});
}

}  // namespace weir::filter
