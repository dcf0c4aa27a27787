#include "filter/parse/primitives.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>

#include "diag/quote.h"
#include "filter/parse/named_values.h"
#include "filter/parse/operators.h"

namespace weir::filter {
namespace {

using diag::Kind;
using diag::quote;
using diag::SourceRange;
using Parsed = std::optional<NodeId>;

// Says that `what` is missing where the next token stands; quiet about what the lexer reported.
void expected(Syntax& s, std::string_view what, std::string hint) {
  const Token& token = s.cursor.peek();
  if (token.kind == TokenKind::kInvalid) return;
  const bool end = token.kind == TokenKind::kEnd;
  s.error(Kind::kExpectedValue, token.range,
          end ? fmt::format("{} is missing behind {}", what, quote(s.cursor.text(s.cursor.last())))
              : fmt::format("{} is expected here, not {}", what, quote(s.cursor.text(token))),
          std::move(hint));
}

std::optional<std::uint32_t> number(Syntax& s, std::string_view example) {
  if (s.cursor.at(TokenKind::kNumber)) return s.cursor.take().value;
  expected(s, "a number", fmt::format("as in {}", quote(example)));
  return std::nullopt;
}

Parsed length_test(Syntax& s) {
  const Token word = s.cursor.take();
  const bool less = word.kind == TokenKind::kLess;
  const auto value = number(s, less ? "less 64" : "greater 1000");
  if (!value) return std::nullopt;
  return s.add(join(word.range, s.cursor.last().range),
               LengthTest{.op = less ? RelOp::kLe : RelOp::kGe, .value = *value});
}

Parsed byte_test(Syntax& s) {
  const SourceRange begin = s.cursor.take().range;
  const auto index = number(s, "byte 12 = 8");
  if (!index) return std::nullopt;
  const auto op = byte_op(s.cursor.kind());
  if (!op) {
    expected(s, "`=`, `<`, `>`, `&` or `|`", "as in `byte 12 = 8`; or write `ether[12] != 8`");
    return std::nullopt;
  }
  s.cursor.take();
  const auto value = number(s, "byte 12 = 8");
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
  const auto index = number(s, "ifindex 2");
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
      expected(s, "a number", fmt::format("as in `{} 5`", name_of(node.encap)));
      return std::nullopt;
    }
    node.form = ast::Encapsulation::Form::kNumber;
    node.value = value->value;
  }
  return s.add(join(word.range, s.cursor.last().range), node);
}

// --- LLC

std::optional<LlcTest> llc_form(std::string_view name) {
  constexpr std::array kForms = {NamedValue{"i", static_cast<std::uint8_t>(LlcForm::kInformation)},
                                 NamedValue{"s", static_cast<std::uint8_t>(LlcForm::kSupervisory)},
                                 NamedValue{"u", static_cast<std::uint8_t>(LlcForm::kUnnumbered)}};
  if (const auto form = find_value(kForms, name)) return LlcTest{static_cast<LlcForm>(*form), 0};
  if (const auto command = find_value(llc_s_commands(), name))
    return LlcTest{LlcForm::kSCommand, *command};
  if (const auto command = find_value(llc_u_commands(), name))
    return LlcTest{LlcForm::kUCommand, *command};
  return std::nullopt;
}

Parsed llc(Syntax& s) {
  const SourceRange begin = s.cursor.take().range;
  // `rnr` is a word of packet filter logs too.
  const Token& next = s.cursor.peek();
  const bool rnr =
      next.kind == TokenKind::kPf && static_cast<PfField>(next.value) == PfField::kRulenum;
  const bool name = next.kind == TokenKind::kName || next.kind == TokenKind::kEscapedName;
  if (!rnr && !name) return s.add(begin, LlcTest{LlcForm::kAny, 0});
  const auto test = rnr ? llc_form("rnr") : llc_form(s.cursor.text(next));
  s.cursor.take();
  if (test) return s.add(join(begin, next.range), *test);
  s.error(Kind::kUnknownName, next.range,
          fmt::format("{} is no LLC frame", quote(s.cursor.text(next))),
          "one of `i`, `s`, `u`, `rr`, `rnr`, `rej`, `ui`, `ua`, `disc`, `dm`, `sabme`, `test`, "
          "`xid`, `frmr`");
  return std::nullopt;
}

// --- packet filter logs, ATM, SS7: read, and refused later

bool pf_name(Syntax& s, NamedValues values) {
  const Token& token = s.cursor.take();
  if (values.empty() || find_value(values, s.cursor.text(token))) return true;
  s.error(Kind::kUnknownName, token.range,
          fmt::format("{} is unknown here", quote(s.cursor.text(token))),
          suggest_value(values, s.cursor.text(token)));
  return false;
}

struct PfForm {
  bool name;
  bool number;
  NamedValues (*values)();
  std::string_view example;
};

Parsed packet_filter(Syntax& s) {
  static constexpr std::array<PfForm, 6> kForms = {{
      {true, false, nullptr, "on eth0"},
      {true, false, nullptr, "ruleset web"},
      {false, true, nullptr, "rulenum 5"},
      {false, true, nullptr, "subrulenum 5"},
      {true, true, pf_reasons, "reason match"},
      {true, false, pf_actions, "action pass"},
  }};
  const Token word = s.cursor.take();
  const PfForm& form = kForms[word.value];
  const bool name = s.cursor.at(TokenKind::kName) || s.cursor.at(TokenKind::kEscapedName);
  if (form.name && name) {
    if (!pf_name(s, form.values == nullptr ? NamedValues{} : form.values())) return std::nullopt;
  } else if (form.number && s.cursor.at(TokenKind::kNumber)) {
    s.cursor.take();
  } else {
    expected(s, form.name ? "a name" : "a number", fmt::format("as in `{}`", form.example));
    return std::nullopt;
  }
  return s.add(join(word.range, s.cursor.last().range), PfTest{static_cast<PfField>(word.value)});
}

// `5`, `> 5`, `(5 or 6)`, into Ast::numbers.
struct FieldValue {
  RelOp op = RelOp::kEq;
  PoolSpan values;
};

bool number_list(Syntax& s) {
  for (;;) {
    const auto value = number(s, "vpi (1 or 2)");
    if (!value) return false;
    s.ast.numbers.push_back(*value);
    if (s.cursor.take_if(TokenKind::kRightParen)) return true;
    if (s.cursor.take_if(TokenKind::kOr)) continue;
    expected(s, "`or` or `)`", "as in `vpi (1 or 2)`");
    return false;
  }
}

std::optional<FieldValue> field_value(Syntax& s) {
  FieldValue out;
  const std::size_t first = s.ast.numbers.size();
  if (s.cursor.take_if(TokenKind::kLeftParen)) {
    if (!number_list(s)) return std::nullopt;
  } else {
    if (is_rel_op(s.cursor.kind())) out.op = rel_op(s.cursor.take().kind);
    const auto value = number(s, "vpi 5");
    if (!value) return std::nullopt;
    s.ast.numbers.push_back(*value);
  }
  out.values = span_from(s.ast.numbers, first);
  return out;
}

Parsed atm_type(Syntax& s) {
  const Token& word = s.cursor.take();
  return s.add(word.range, AtmTypeTest{static_cast<AtmType>(word.value)});
}

Parsed mtp_type(Syntax& s) {
  const Token& word = s.cursor.take();
  return s.add(word.range, MtpTypeTest{static_cast<MtpType>(word.value)});
}

Parsed atm_field(Syntax& s) {
  const Token word = s.cursor.take();
  const auto value = field_value(s);
  if (!value) return std::nullopt;
  return s.add(join(word.range, s.cursor.last().range),
               AtmFieldTest{static_cast<AtmField>(word.value), value->op, value->values});
}

Parsed mtp_field(Syntax& s) {
  const Token word = s.cursor.take();
  const auto value = field_value(s);
  if (!value) return std::nullopt;
  return s.add(join(word.range, s.cursor.last().range),
               MtpFieldTest{static_cast<MtpField>(word.value), value->op, value->values});
}

// --- which token begins which

struct Entry {
  TokenKind kind;
  Parsed (*parse)(Syntax&);
};

constexpr std::array kEntries = {
    Entry{TokenKind::kLess, length_test},
    Entry{TokenKind::kGreater, length_test},
    Entry{TokenKind::kByte, byte_test},
    Entry{TokenKind::kInbound, direction},
    Entry{TokenKind::kOutbound, direction},
    Entry{TokenKind::kIfindex, if_index},
    Entry{TokenKind::kEncap, encapsulation},
    Entry{TokenKind::kPppoed, pppoed},
    Entry{TokenKind::kLlc, llc},
    Entry{TokenKind::kPf, packet_filter},
    Entry{TokenKind::kAtmType, atm_type},
    Entry{TokenKind::kAtmField, atm_field},
    Entry{TokenKind::kMtpType, mtp_type},
    Entry{TokenKind::kMtpField, mtp_field},
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

// --- 802.11

namespace {

constexpr std::uint8_t kTypeMask = 0x0c;
constexpr std::uint8_t kSubtypeMask = 0xf0;
constexpr std::array<std::uint8_t, 3> kFrameTypes = {0x00, 0x04, 0x08};

bool at_name(const Syntax& s) {
  return s.cursor.at(TokenKind::kName) || s.cursor.at(TokenKind::kEscapedName);
}

std::string_view taken_name(Syntax& s) {
  const std::string_view text = s.cursor.text(s.cursor.take());
  return text.starts_with('\\') ? text.substr(1) : text;
}

// A number under `mask`, or one of the names.
std::optional<std::uint8_t> frame_value(Syntax& s, NamedValues names, std::uint8_t mask,
                                        std::string_view what) {
  const Token& token = s.cursor.peek();
  if (token.kind == TokenKind::kNumber) {
    s.cursor.take();
    if ((token.value & ~std::uint32_t{mask}) == 0) return static_cast<std::uint8_t>(token.value);
    s.error(Kind::kOutOfRange, token.range,
            fmt::format("{} is no {} of an 802.11 frame", token.value, what),
            fmt::format("only the bits of {:#04x} can be set", mask));
    return std::nullopt;
  }
  if (!at_name(s)) {
    expected(s, fmt::format("the {} of an 802.11 frame", what), suggest_value(names, ""));
    return std::nullopt;
  }
  const std::string_view name = taken_name(s);
  if (const auto value = find_value(names, name)) return value;
  s.error(Kind::kUnknownName, token.range,
          fmt::format("{} is no {} of an 802.11 frame here", quote(name), what),
          names.empty() ? "reserved frame types have no subtypes with names"
                        : suggest_value(names, name));
  return std::nullopt;
}

Parsed wlan_type(Syntax& s, SourceRange begin) {
  s.cursor.take();
  const auto type = frame_value(s, wlan_types(), kTypeMask, "type");
  if (!type) return std::nullopt;
  if (!s.cursor.take_if(TokenKind::kWlanSubtype)) {
    return s.add(join(begin, s.cursor.last().range), WlanType{.value = *type, .mask = kTypeMask});
  }
  const auto subtype = frame_value(s, wlan_subtypes(*type), kSubtypeMask, "subtype");
  if (!subtype) return std::nullopt;
  return s.add(join(begin, s.cursor.last().range),
               WlanType{.value = static_cast<std::uint8_t>(*type | *subtype),
                        .mask = kTypeMask | kSubtypeMask});
}

// `subtype` by itself: the name tells the type too.
Parsed wlan_subtype(Syntax& s, SourceRange begin) {
  s.cursor.take();
  const SourceRange at = s.cursor.peek().range;
  if (!at_name(s)) {
    expected(s, "the name of a subtype", "a number needs the type: `type mgt subtype 0x80`");
    return std::nullopt;
  }
  const std::string_view name = taken_name(s);
  for (const std::uint8_t type : kFrameTypes) {
    if (const auto subtype = find_value(wlan_subtypes(type), name)) {
      return s.add(join(begin, at), WlanType{.value = static_cast<std::uint8_t>(type | *subtype),
                                             .mask = kTypeMask | kSubtypeMask});
    }
  }
  s.error(Kind::kUnknownName, at, fmt::format("{} is no subtype of an 802.11 frame", quote(name)),
          "as in `subtype beacon`, `subtype ack` or `subtype qos-data`");
  return std::nullopt;
}

Parsed wlan_direction(Syntax& s, SourceRange begin) {
  s.cursor.take();
  const Token& token = s.cursor.peek();
  if (token.kind == TokenKind::kNumber) {
    s.cursor.take();
    return s.add(join(begin, token.range), WlanDir{.value = token.value});
  }
  const auto value = frame_value(s, wlan_directions(), 0, "direction");
  if (!value) return std::nullopt;
  return s.add(join(begin, token.range), WlanDir{.value = *value});
}

}  // namespace

bool begins_wlan(TokenKind kind) {
  return kind == TokenKind::kWlanType || kind == TokenKind::kWlanSubtype ||
         kind == TokenKind::kWlanDir;
}

std::optional<NodeId> parse_wlan(Syntax& s, SourceRange begin) {
  if (s.cursor.at(TokenKind::kWlanType)) return wlan_type(s, begin);
  return s.cursor.at(TokenKind::kWlanSubtype) ? wlan_subtype(s, begin) : wlan_direction(s, begin);
}

}  // namespace weir::filter
