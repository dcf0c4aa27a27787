// Packet filter logs, ATM and SS7: read, so that lowering can say why it refuses them.
#include <fmt/format.h>

#include <array>
#include <cstddef>

#include "diag/quote.h"
#include "filter/parse/named_values.h"
#include "filter/parse/operators.h"
#include "filter/parse/primitives.h"

namespace weir::filter {
namespace {

using diag::Kind;
using diag::quote;

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

// `5`, `> 5`, `(5 or 6)`, into Ast::numbers.
struct FieldValue {
  RelOp op = RelOp::kEq;
  PoolSpan values;
};

bool number_list(Syntax& s) {
  for (;;) {
    const auto value = expect_number(s, "vpi (1 or 2)");
    if (!value) return false;
    s.ast.numbers.push_back(*value);
    if (s.cursor.take_if(TokenKind::kRightParen)) return true;
    if (s.cursor.take_if(TokenKind::kOr)) continue;
    complain_expected(s, "`or` or `)`", "as in `vpi (1 or 2)`");
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
    const auto value = expect_number(s, "vpi 5");
    if (!value) return std::nullopt;
    s.ast.numbers.push_back(*value);
  }
  out.values = span_from(s.ast.numbers, first);
  return out;
}

}  // namespace

std::optional<NodeId> parse_packet_filter(Syntax& s) {
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
    complain_expected(s, form.name ? "a name" : "a number",
                      fmt::format("as in `{}`", form.example));
    return std::nullopt;
  }
  return s.add(join(word.range, s.cursor.last().range), PfTest{static_cast<PfField>(word.value)});
}

std::optional<NodeId> parse_atm_type(Syntax& s) {
  const Token& word = s.cursor.take();
  return s.add(word.range, AtmTypeTest{static_cast<AtmType>(word.value)});
}

std::optional<NodeId> parse_mtp_type(Syntax& s) {
  const Token& word = s.cursor.take();
  return s.add(word.range, MtpTypeTest{static_cast<MtpType>(word.value)});
}

std::optional<NodeId> parse_atm_field(Syntax& s) {
  const Token word = s.cursor.take();
  const auto value = field_value(s);
  if (!value) return std::nullopt;
  return s.add(join(word.range, s.cursor.last().range),
               AtmFieldTest{static_cast<AtmField>(word.value), value->op, value->values});
}

std::optional<NodeId> parse_mtp_field(Syntax& s) {
  const Token word = s.cursor.take();
  const auto value = field_value(s);
  if (!value) return std::nullopt;
  return s.add(join(word.range, s.cursor.last().range),
               MtpFieldTest{static_cast<MtpField>(word.value), value->op, value->values});
}

}  // namespace weir::filter
