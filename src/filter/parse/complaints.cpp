#include "filter/parse/complaints.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "base/suggest.h"
#include "diag/quote.h"
#include "filter/chars.h"
#include "filter/parse/joining.h"
#include "filter/parse/operators.h"
#include "filter/shapes.h"
#include "filter/words.h"

namespace weir::filter {
namespace {

using diag::Kind;
using diag::quote;
using diag::SourceRange;

std::string quoted_token(const Syntax& s, const Token& token) {
  return quote(s.cursor.text(token));
}

// `TCP` for `tcp`. Says so when the name is a word of the language in another case.
bool complain_uppercase(Syntax& s, const Token& token) {
  std::string name(s.cursor.text(token));
  std::ranges::transform(name, name.begin(), to_lower);
  if (find_word(name) == nullptr) return false;
  s.error(Kind::kUppercase, token.range,
          fmt::format("{} is no word: words are in lower case", quoted_token(s, token)),
          fmt::format("write {}", quote(name)));
  return true;
}

// `prot` for `proto`. Says so when a word of the language is near.
bool complain_misspelled(Syntax& s, const Token& token) {
  const std::string_view name = s.cursor.text(token);
  const std::string_view meant = closest_word(name, word_spellings());
  // Names of hosts stand here by mistake as often as misspelled words: only a slip is one.
  if (meant.empty() || edit_distance(name, meant) > (name.size() + 1) / 3) return false;
  s.error(Kind::kUnknownWord, token.range, fmt::format("unknown word {}", quote(name)),
          fmt::format("did you mean {}?", quote(meant)));
  return true;
}

bool complain_name(Syntax& s, const Token& token) {
  if (token.kind != TokenKind::kName) return false;
  return complain_other_language(s) || complain_addition(s) || complain_uppercase(s, token) ||
         complain_misspelled(s, token);
}

// How an id without qualifiers is most likely meant.
std::string qualified_example(TokenKind kind, std::string_view id, bool prefix) {
  switch (kind) {
    case TokenKind::kNumber:
      return fmt::format("write {}", quote(fmt::format("port {}", id)));
    case TokenKind::kMac:
      return fmt::format("write {}", quote(fmt::format("ether host {}", id)));
    case TokenKind::kIp4:
    case TokenKind::kIp6:
      return fmt::format("write {}", quote(fmt::format("{} {}", prefix ? "net" : "host", id)));
    case TokenKind::kArcnet:
      return fmt::format("write {}", quote(fmt::format("link host {}", id)));
    default:
      return fmt::format("write {} or {}", quote(fmt::format("host {}", id)),
                         quote(fmt::format("port {}", id)));
  }
}

// The id at the next token, with a prefix behind it.
SourceRange id_with_prefix(const Syntax& s) {
  const bool prefix =
      s.cursor.kind(1) == TokenKind::kSlash && s.cursor.kind(2) == TokenKind::kNumber;
  return join(s.cursor.peek().range, s.cursor.peek(prefix ? 2 : 0).range);
}

std::string_view what_mode_wants(Mode mode) {
  switch (mode) {
    case Mode::kId:
    case Mode::kFirstOfIds:
      return "an id";
    case Mode::kNumber:
      return "a number";
    case Mode::kValue:
      return "a value";
    default:
      return "a test";
  }
}

Kind kind_of_missing(Mode mode) {
  switch (mode) {
    case Mode::kId:
    case Mode::kFirstOfIds:
      return Kind::kExpectedId;
    case Mode::kNumber:
    case Mode::kValue:
      return Kind::kExpectedValue;
    default:
      return Kind::kExpectedTest;
  }
}

std::string_view example_for(Mode mode) {
  switch (mode) {
    case Mode::kNumber:
      return "write one pair of parentheses around ids: `port (80 or 443)`";
    case Mode::kValue:
      return "a value is a number, `len`, or bytes of the packet as in `ip[8]`";
    default:
      return "a test is, for example, `tcp`, `port 80` or `host 10.0.0.1`";
  }
}

std::string id_hint(std::string_view head) {
  if (head.empty()) return "an id is a name, a number or an address";
  const bool port = head.ends_with("port") || head.ends_with("portrange");
  if (head.ends_with("portrange"))
    return fmt::format("as in {}", quote(fmt::format("{} 8000-8100", head)));
  if (port) return fmt::format("as in {}", quote(fmt::format("{} 80", head)));
  if (head.ends_with("net"))
    return fmt::format("as in {}", quote(fmt::format("{} 10.0.0.0/8", head)));
  if (head.ends_with("proto") || head.ends_with("protochain")) {
    return fmt::format("as in {} or {}", quote(fmt::format("{} 6", head)),
                       quote(fmt::format("{} \\tcp", head)));
  }
  if (head.ends_with("gateway")) return "write the name of a host that is in /etc/ethers too";
  return fmt::format(
      "as in {}", quote(fmt::format("{}{} 10.0.0.1", head, head.ends_with("host") ? "" : " host")));
}

// Nothing follows `and`, `(`, `not`, a qualifier or an operator.
void complain_missing(Syntax& s, Mode mode, SourceRange head) {
  const Token& next = s.cursor.peek();
  const bool nothing_before = s.cursor.at_start();
  const SourceRange before = nothing_before  ? next.range
                             : head.end != 0 ? head
                                             : s.cursor.last().range;
  const std::string_view wanted = what_mode_wants(mode);
  std::string hint = kind_of_missing(mode) == Kind::kExpectedId ? id_hint(s.cursor.text(head))
                                                                : std::string(example_for(mode));
  if (nothing_before) {
    s.error(kind_of_missing(mode), before,
            fmt::format("{} is missing before {}", wanted, quoted_token(s, next)), std::move(hint));
  } else {
    s.error(kind_of_missing(mode), before,
            fmt::format("{} is missing after {}", wanted, quote(s.cursor.text(before))),
            std::move(hint));
  }
}

// How `port = 80`, `src port != 22`, `port >= 1024` and `tcp = 6` are written.
std::string comparison_hint(const Syntax& s, std::string_view before) {
  const Token& op = s.cursor.peek();
  const Token& value = s.cursor.peek(1);
  const Word* word = find_word(before);
  if (word != nullptr && word->kind == TokenKind::kProtoName) {
    return fmt::format("compare bytes of it, as in {}", quote(fmt::format("{}[0] = 1", before)));
  }
  const std::string_view text = s.cursor.text(value);
  if (is_id(value.kind) && op.kind == TokenKind::kEq) {
    return fmt::format("leave it out: {}", quote(fmt::format("{} {}", before, text)));
  }
  if (is_id(value.kind) && op.kind == TokenKind::kNe) {
    return fmt::format("write {}", quote(fmt::format("not {} {}", before, text)));
  }
  const bool greater = op.kind == TokenKind::kGe || op.kind == TokenKind::kGt;
  if (greater && value.kind == TokenKind::kNumber && before.ends_with("port")) {
    const std::uint64_t lo = std::uint64_t{value.value} + (op.kind == TokenKind::kGt ? 1 : 0);
    return fmt::format("write {}", quote(fmt::format("{}range {}-65535", before, lo)));
  }
  return "only arithmetic can be compared, as in `len > 100` or `tcp[13] & 2 != 0`";
}

void complain_equals(Syntax& s, SourceRange head) {
  const Token& op = s.cursor.peek();
  const std::string_view before = s.cursor.text(head);
  s.error(Kind::kComparison, op.range,
          fmt::format("{} compares values, and {} is none", quoted_token(s, op), quote(before)),
          comparison_hint(s, before));
}

}  // namespace

void complain_no_operand(Syntax& s, Mode mode, SourceRange head) {
  const Token& next = s.cursor.peek();
  if (next.kind == TokenKind::kInvalid) return;
  if (head.end != 0 && is_rel_op(next.kind)) return complain_equals(s, head);
  const bool ends = next.kind == TokenKind::kEnd || next.kind == TokenKind::kAnd ||
                    next.kind == TokenKind::kOr || next.kind == TokenKind::kRightParen ||
                    next.kind == TokenKind::kRightBrace || next.kind == TokenKind::kRightBracket;
  if (ends) return complain_missing(s, mode, head);
  // Twelve digits are a MAC address where one may stand.
  const std::string_view digits = s.cursor.text(next);
  if (mode == Mode::kValue && std::ranges::all_of(digits, is_digit)) {
    return s.error(Kind::kBadNumber, next.range,
                   fmt::format("{} does not fit into 32 bits", quote(digits)),
                   "the largest number is 4294967295");
  }
  if (is_id(next.kind) && info(mode).test) return complain_no_qualifier(s, id_with_prefix(s));
  std::string hint(example_for(mode));
  if (kind_of_missing(mode) == Kind::kExpectedId) {
    const std::string_view text = s.cursor.text(next);
    hint = find_word(text) == nullptr
               ? id_hint(s.cursor.text(head))
               : fmt::format("it is a word of the language; if a name is meant, write {}",
                             quote(fmt::format("\\{}", text)));
  }
  s.error(kind_of_missing(mode), next.range,
          fmt::format("{} is expected here, not {}", what_mode_wants(mode), quoted_token(s, next)),
          std::move(hint));
}

void complain_no_qualifier(Syntax& s, SourceRange range) {
  const Token& next = s.cursor.peek();
  const bool unread = next.range.begin == range.begin;
  if (unread && complain_name(s, next)) return;
  const std::string_view id = s.cursor.text(range);
  const TokenKind kind = unread ? next.kind : TokenKind::kNumber;
  s.error(Kind::kNoQualifier, range, fmt::format("nothing says what {} is", quote(id)),
          qualified_example(kind, id, id.find('/') != std::string_view::npos));
}

void complain_not_joined(Syntax& s, SourceRange done) {
  const Token& next = s.cursor.peek();
  if (next.kind == TokenKind::kInvalid) return;
  const std::string_view before = s.cursor.text(done);
  if (is_rel_op(next.kind)) return complain_equals(s, done);
  std::string flags = flags_hint(s, before);
  if (flags.empty() && next.kind == TokenKind::kName &&
      (complain_uppercase(s, next) || complain_misspelled(s, next)))
    return;
  s.error(Kind::kExpectedOperator, next.range,
          fmt::format("{} cannot follow {}", quoted_token(s, next), quote(before)),
          flags.empty() ? joining_hint(s, before) : std::move(flags));
}

void complain_inside(Syntax& s, Mode mode, SourceRange done) {
  const Token& next = s.cursor.peek();
  // The end and a wrong bracket are reported where they are met.
  const bool reported = next.kind == TokenKind::kInvalid || next.kind == TokenKind::kEnd ||
                        next.kind == TokenKind::kRightParen || next.kind == TokenKind::kRightBrace;
  if (reported) return;
  s.error(
      Kind::kExpectedOperator, next.range,
      fmt::format("{} cannot follow {} here", quoted_token(s, next), quote(s.cursor.text(done))),
      mode == Mode::kNumber ? "write one pair of parentheses around ids: `port (80 or 443)`"
                            : "close the index or the parentheses before it");
}

void complain_no_comparison(Syntax& s, SourceRange value) {
  const std::string_view text = s.cursor.text(value);
  s.error(Kind::kNoComparison, value,
          fmt::format("{} is a value, and is compared with nothing", quote(text)),
          fmt::format("write {}", quote(fmt::format("{} != 0", text))));
}

void complain_direction(Syntax& s, SourceRange head) {
  const Token& next = s.cursor.peek();
  const std::string_view before = s.cursor.text(head);
  if (next.kind == TokenKind::kSrc || next.kind == TokenKind::kDst) {
    s.error(Kind::kWrongQualifier, join(head, next.range),
            "two directions need `or` or `and` between them",
            fmt::format("write {}", quote(fmt::format("{} or {}", before, s.cursor.text(next)))));
    return;
  }
  s.error(Kind::kWrongQualifier, join(head, next.range),
          fmt::format("{} has no direction", quoted_token(s, next)),
          fmt::format("leave {} out", quote(before)));
}

}  // namespace weir::filter
