// weir's own primitives and lists.
#include <fmt/format.h>

#include <cstddef>
#include <string>

#include "diag/quote.h"
#include "filter/chars.h"
#include "filter/parse/named_values.h"
#include "filter/parse/primitives.h"

namespace weir::filter {
namespace {

using diag::Kind;
using diag::quote;
using diag::SourceRange;

// --- flags

struct FlagMasks {
  std::uint8_t set = 0;
  std::uint8_t clear = 0;
};

// `syn`, `!syn`: its bit, and whether it was negated.
struct Flag {
  std::uint8_t mask;
  bool negated;
};

std::optional<Flag> flag(Syntax& s, NamedValues names) {
  const bool negated = s.cursor.take_if(TokenKind::kNot);
  const Token& token = s.cursor.peek();
  if (token.kind != TokenKind::kName) {
    if (token.kind != TokenKind::kInvalid) {
      s.error(Kind::kExpectedValue, token.range, "the name of a flag is expected here",
              suggest_value(names, ""));
    }
    return std::nullopt;
  }
  const std::string_view name = s.cursor.text(s.cursor.take());
  if (const auto mask = find_value(names, name)) return Flag{.mask = *mask, .negated = negated};
  s.error(Kind::kUnknownName, token.range, fmt::format("no flag has the name {}", quote(name)),
          suggest_value(names, name));
  return std::nullopt;
}

// `syn|fin` behind its first flag; adds a clause.
bool alternatives(Syntax& s, NamedValues names, Flag first) {
  std::uint8_t mask = first.mask;
  bool negated = first.negated;
  const SourceRange begin = s.cursor.last().range;
  while (s.cursor.take_if(TokenKind::kPipe)) {
    const auto next = flag(s, names);
    if (!next) return false;
    mask |= next->mask;
    negated |= next->negated;
  }
  if (negated) {
    s.error(Kind::kBadList, join(begin, s.cursor.last().range),
            "`!` and `|` do not go together in a list of flags",
            "write two tests: `tcp.flags syn or tcp.flags !ack`");
    return false;
  }
  s.ast.flags.push_back({.test = FlagClause::Test::kAnySet, .mask = mask});
  return true;
}

bool flag_list(Syntax& s, NamedValues names, FlagMasks& masks) {
  do {
    const auto one = flag(s, names);
    if (!one) return false;
    if (s.cursor.at(TokenKind::kPipe)) {
      if (!alternatives(s, names, *one)) return false;
    } else {
      (one->negated ? masks.clear : masks.set) |= one->mask;
    }
  } while (s.cursor.take_if(TokenKind::kComma));
  return true;
}

// --- strings

constexpr int kNotHex = -1;

int hex_pair(std::string_view text) {
  if (text.size() < 2 || !is_hex(text[0]) || !is_hex(text[1])) return kNotHex;
  return static_cast<int>(hex_value(text[0]) << 4 | hex_value(text[1]));
}

std::optional<char> simple_escape(char c) {
  switch (c) {
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    case '0':
      return '\0';
    case '"':
    case '\\':
      return c;
    default:
      return std::nullopt;
  }
}

// Decodes the string between the quotes into Ast::bytes.
bool decode(Syntax& s, SourceRange range) {
  const std::string_view inside = s.cursor.text({.begin = range.begin + 1, .end = range.end - 1});
  for (std::size_t i = 0; i < inside.size(); ++i) {
    if (inside[i] != '\\') {
      s.ast.bytes += inside[i];
      continue;
    }
    const std::string_view escape = inside.substr(i + 1);
    const int byte = escape.starts_with('x') ? hex_pair(escape.substr(1)) : kNotHex;
    const auto simple = simple_escape(escape.front());
    if (byte == kNotHex && !simple) {
      const auto at = static_cast<std::uint32_t>(range.begin + 1 + i);
      s.error(Kind::kBadString, {.begin = at, .end = at + 2}, "a string has no such escape",
              "the escapes are `\\n`, `\\r`, `\\t`, `\\0`, `\\\"`, `\\\\` and `\\x41`");
      return false;
    }
    s.ast.bytes += byte == kNotHex ? *simple : static_cast<char>(byte);
    i += byte == kNotHex ? 1 : 3;
  }
  return true;
}

// --- lists

// Whether the element may go on with the next token: a range or prefix may have blanks around its
// sign.
bool continues_item(const Cursor& cursor, bool first) {
  const auto is_sign = [](TokenKind kind) {
    return kind == TokenKind::kMinus || kind == TokenKind::kSlash;
  };
  switch (cursor.kind()) {
    case TokenKind::kEnd:
    case TokenKind::kInvalid:
    case TokenKind::kComma:
    case TokenKind::kListFile:
    case TokenKind::kString:
    case TokenKind::kLeftBrace:
    case TokenKind::kRightBrace:
    case TokenKind::kLeftParen:
    case TokenKind::kRightParen:
    case TokenKind::kLeftBracket:
    case TokenKind::kRightBracket:
      return false;
    default:
      return first || is_sign(cursor.kind()) || is_sign(cursor.last().kind);
  }
}

bool item(Syntax& s) {
  const SourceRange begin = s.cursor.peek().range;
  if (s.cursor.at(TokenKind::kListFile)) {
    s.cursor.take();
    s.ast.items.push_back({.range = begin, .file = true});
    return true;
  }
  bool first = true;
  while (continues_item(s.cursor, first)) {
    s.cursor.take();
    first = false;
  }
  if (!first) {
    s.ast.items.push_back({.range = join(begin, s.cursor.last().range)});
    return true;
  }
  if (!s.cursor.at(TokenKind::kInvalid)) {
    s.error(Kind::kBadList, begin, "an element of the list is expected here",
            "separate elements with `,` and close the list with `}`");
  }
  return false;
}

bool items_in_braces(Syntax& s) {
  const SourceRange open = s.cursor.take().range;
  if (s.cursor.at(TokenKind::kRightBrace)) {
    s.error(Kind::kBadList, join(open, s.cursor.take().range),
            "the list is empty, and nothing is in it", "put something into it, as in `{80, 443}`");
    return false;
  }
  while (item(s)) {
    const bool comma = s.cursor.take_if(TokenKind::kComma);
    if (s.cursor.take_if(TokenKind::kRightBrace)) return true;
    if (comma || s.cursor.at(TokenKind::kInvalid)) continue;
    if (s.cursor.at(TokenKind::kEnd)) {
      s.error(Kind::kUnbalanced, open, "`{` is not closed", "close the list with `}`");
    } else {
      s.error(
          Kind::kBadList, s.cursor.peek().range,
          fmt::format("{} follows an element without `,`", quote(s.cursor.text(s.cursor.peek()))),
          "separate elements with `,` and close the list with `}`");
    }
    return false;
  }
  return false;
}

}  // namespace

std::optional<NodeId> parse_flags(Syntax& s) {
  const Token word = s.cursor.take();
  const bool tcp = s.cursor.text(word) == "tcp.flags";
  const std::size_t first = s.ast.flags.size();
  FlagMasks masks;
  if (!flag_list(s, tcp ? tcp_flags() : ip_flags(), masks)) return std::nullopt;
  if (masks.set != 0) s.ast.flags.push_back({.test = FlagClause::Test::kAllSet, .mask = masks.set});
  if (masks.clear != 0)
    s.ast.flags.push_back({.test = FlagClause::Test::kAllClear, .mask = masks.clear});
  return s.add(join(word.range, s.cursor.last().range),
               FlagTest{.field = tcp ? FlagField::kTcp : FlagField::kIp,
                        .clauses = span_from(s.ast.flags, first)});
}

std::optional<NodeId> parse_payload_match(Syntax& s) {
  const SourceRange begin = s.cursor.take().range;
  const SourceRange string = s.cursor.take().range;
  const std::size_t first = s.ast.bytes.size();
  if (!decode(s, string)) return std::nullopt;
  if (s.ast.bytes.size() == first) {
    s.error(Kind::kBadString, string, "the string is empty, and every payload begins with it",
            "put something into it");
    return std::nullopt;
  }
  return s.add(join(begin, string), PayloadMatch{.bytes = span_from(s.ast.bytes, first)});
}

std::optional<PoolSpan> parse_list(Syntax& s) {
  const std::size_t first = s.ast.items.size();
  const bool read = s.cursor.at(TokenKind::kLeftBrace) ? items_in_braces(s) : item(s);
  if (!read) return std::nullopt;
  return span_from(s.ast.items, first);
}

}  // namespace weir::filter
