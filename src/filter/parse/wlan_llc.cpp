// IEEE 802.11 and 802.2: frame types and directions, LLC frames.
#include <fmt/format.h>

#include <array>

#include "diag/quote.h"
#include "filter/parse/named_values.h"
#include "filter/parse/primitives.h"

namespace weir::filter {
namespace {

using diag::Kind;
using diag::quote;
using diag::SourceRange;
using Parsed = std::optional<NodeId>;

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
    complain_expected(s, fmt::format("the {} of an 802.11 frame", what), suggest_value(names, ""));
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
    complain_expected(s, "the name of a subtype",
                      "a number needs the type: `type mgt subtype 0x80`");
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

}  // namespace

bool begins_wlan(TokenKind kind) {
  return kind == TokenKind::kWlanType || kind == TokenKind::kWlanSubtype ||
         kind == TokenKind::kWlanDir;
}

std::optional<NodeId> parse_wlan(Syntax& s, SourceRange begin) {
  if (s.cursor.at(TokenKind::kWlanType)) return wlan_type(s, begin);
  return s.cursor.at(TokenKind::kWlanSubtype) ? wlan_subtype(s, begin) : wlan_direction(s, begin);
}

std::optional<NodeId> parse_llc(Syntax& s) {
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

}  // namespace weir::filter
