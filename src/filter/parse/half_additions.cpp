// weir's own primitives with something else behind their first word, or nothing.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "diag/quote.h"
#include "filter/parse/complaints.h"
#include "filter/parse/named_values.h"
#include "filter/parse/operators.h"

namespace weir::filter {
namespace {

using diag::Kind;
using diag::quote;

std::string payload_example(const Cursor& cursor) {
  const std::string_view next = cursor.text(cursor.peek(1));
  if (cursor.kind(1) == TokenKind::kNumber) return fmt::format("payload[0] = {}", next);
  // `payload contains "x"`, `payload == "x"`.
  if (cursor.kind(2) == TokenKind::kString)
    return fmt::format("payload {}", cursor.text(cursor.peek(2)));
  return "payload \"GET \"";
}

// `tcp.flags == syn`; the value of a flag of the field where one was written.
std::string flags_example(const Cursor& cursor, std::string_view word) {
  const NamedValues names = word == "tcp.flags" ? tcp_flags() : ip_flags();
  const std::string_view shown = word == "tcp.flags" ? "syn" : "df";
  const std::string_view value = cursor.text(cursor.peek(2));
  const bool known = is_rel_op(cursor.kind(1)) && find_value(names, value);
  const bool negated = known && cursor.kind(1) == TokenKind::kNe;
  return fmt::format("{} {}{}", word, negated ? "!" : "", known ? value : shown);
}

}  // namespace

bool complain_addition(Syntax& s) {
  constexpr std::array<std::string_view, 3> kScopes = {"ipip", "gre", "ip6ext"};
  if (s.options.strict || !s.cursor.at(TokenKind::kName)) return false;
  const Token& token = s.cursor.peek();
  const std::string_view word = s.cursor.text(token);
  std::string_view wanted;
  std::string example;
  if (word == "payload") {
    wanted = "a string";
    example = payload_example(s.cursor);
  } else if (word == "tcp.flags" || word == "ip.flags") {
    wanted = "the name of a flag";
    example = flags_example(s.cursor, word);
  } else if (std::ranges::find(kScopes, word) != kScopes.end()) {
    wanted = "a scope in braces";
    example = fmt::format("{} {{ tcp }}", word);
  } else {
    return false;
  }
  if (s.cursor.kind(1) == TokenKind::kInvalid) return true;
  s.error(Kind::kExpectedValue, token.range,
          fmt::format("{} is expected after {}", wanted, quote(word)),
          fmt::format("write {}", quote(example)));
  return true;
}

}  // namespace weir::filter
