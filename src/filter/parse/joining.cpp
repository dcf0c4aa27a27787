#include "filter/parse/joining.h"

#include <fmt/format.h>

#include "diag/quote.h"
#include "filter/address.h"
#include "filter/parse/named_values.h"
#include "filter/parse/operators.h"
#include "filter/words.h"

namespace weir::filter {
namespace {

using diag::quote;

bool is_head(TokenKind kind) {
  return kind >= TokenKind::kProtoName && kind <= TokenKind::kGateway;
}

bool begins_test(TokenKind kind) {
  return is_head(kind) || kind == TokenKind::kNot || kind == TokenKind::kLeftParen ||
         (kind >= TokenKind::kBroadcast && kind <= TokenKind::kLen);
}

// `net 10/8`: only a number with dots takes a prefix.
std::string network_hint(const Syntax& s, std::string_view before) {
  const std::uint32_t bits = s.cursor.peek(1).value;
  const auto network = parse_dotted(s.cursor.text(s.cursor.last()));
  if (bits > 32 || !network) return "a prefix has at most 32 bits, as in `net 10.0.0.0/8`";
  before.remove_suffix(s.cursor.text(s.cursor.last()).size());
  return fmt::format(
      "write {}",
      quote(fmt::format("{}{}/{}", before, format_ip4(network->value & mask_of(bits)), bits)));
}

}  // namespace

std::string flags_hint(const Syntax& s, std::string_view before) {
  const std::string_view text = s.cursor.text(s.cursor.peek());
  if (s.options.strict) return {};
  const bool tcp = before.starts_with("tcp");
  const NamedValues names = tcp ? tcp_flags() : ip_flags();
  const bool flags = before.starts_with("tcp.flags ") || before.starts_with("ip.flags ");
  if (flags && find_value(names, text))
    return fmt::format("write {}", quote(fmt::format("{},{}", before, text)));
  if (text != "flags" || (before != "tcp" && before != "ip")) return {};
  const std::string_view flag = s.cursor.text(s.cursor.peek(1));
  const std::string_view shown = find_value(names, flag) ? flag : names.front().name;
  return fmt::format("write {}", quote(fmt::format("{}.flags {}", before, shown)));
}

std::string joining_hint(const Syntax& s, std::string_view before) {
  const Token& next = s.cursor.peek();
  const std::string_view text = s.cursor.text(next);
  if (next.kind == TokenKind::kComma && is_id(s.cursor.kind(1))) {
    const std::string_view first = s.cursor.text(s.cursor.last());
    return fmt::format("for any of several write {}",
                       quote(fmt::format("in {{{}, {}}}", first, s.cursor.text(s.cursor.peek(1)))));
  }
  if (next.kind == TokenKind::kSlash && s.cursor.kind(1) == TokenKind::kNumber &&
      before.ends_with(fmt::format("net {}", s.cursor.text(s.cursor.last())))) {
    return network_hint(s, before);
  }
  const bool joins = begins_test(s.cursor.kind(1)) || is_id(s.cursor.kind(1));
  if (next.kind == TokenKind::kPipe && joins) return "tests are joined with `or`";
  if (next.kind == TokenKind::kAmpersand && joins) return "tests are joined with `and`";
  if (is_arith_op(next.kind)) {
    return "arithmetic is done with bytes, as in `tcp[12] & 0xf0`, and with `len`";
  }
  if (is_id(next.kind) && find_word(before) != nullptr) {
    const std::string_view type = next.kind == TokenKind::kNumber ? "port" : "host";
    return fmt::format("say what it is, as in {}",
                       quote(fmt::format("{} {} {}", before, type, text)));
  }
  if (is_id(next.kind)) return fmt::format("write {}", quote(fmt::format("or {}", text)));
  if (begins_test(next.kind)) return fmt::format("write {}", quote(fmt::format("and {}", text)));
  return "join tests with `and` or `or`";
}

}  // namespace weir::filter
