// The lexer: longest match, as libpcap's scanner has it.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>

#include "diag/quote.h"
#include "filter/address.h"
#include "filter/chars.h"
#include "filter/compile.h"
#include "filter/number.h"
#include "filter/shapes.h"
#include "filter/token.h"
#include "filter/words.h"

namespace weir::filter {
namespace {

using diag::Kind;
using diag::quote;

struct Symbol {
  std::string_view spelling;
  TokenKind kind;
  bool addition = false;  // weir's, not libpcap's
};

// Longer spellings before their prefixes.
constexpr std::array kSymbols = {
    Symbol{"&&", TokenKind::kAnd},
    Symbol{"||", TokenKind::kOr},
    Symbol{">=", TokenKind::kGe},
    Symbol{"<=", TokenKind::kLe},
    Symbol{"!=", TokenKind::kNe},
    Symbol{"==", TokenKind::kEq},
    Symbol{"<<", TokenKind::kShiftLeft},
    Symbol{">>", TokenKind::kShiftRight},
    Symbol{"+", TokenKind::kPlus},
    Symbol{"-", TokenKind::kMinus},
    Symbol{"*", TokenKind::kStar},
    Symbol{"/", TokenKind::kSlash},
    Symbol{"%", TokenKind::kPercent},
    Symbol{":", TokenKind::kColon},
    Symbol{"[", TokenKind::kLeftBracket},
    Symbol{"]", TokenKind::kRightBracket},
    Symbol{"!", TokenKind::kNot},
    Symbol{"<", TokenKind::kLt},
    Symbol{">", TokenKind::kGt},
    Symbol{"(", TokenKind::kLeftParen},
    Symbol{")", TokenKind::kRightParen},
    Symbol{"&", TokenKind::kAmpersand},
    Symbol{"|", TokenKind::kPipe},
    Symbol{"^", TokenKind::kCaret},
    Symbol{"=", TokenKind::kEq},
    Symbol{"{", TokenKind::kLeftBrace, true},
    Symbol{"}", TokenKind::kRightBrace, true},
    Symbol{",", TokenKind::kComma, true},
};

// The first symbol that starts with a byte, plus one; symbols that share a first byte need not be
// neighbours.
constexpr auto kFirstSymbol = [] {
  std::array<std::uint8_t, 256> table{};
  for (std::size_t i = kSymbols.size(); i-- > 0;) {
    table[static_cast<unsigned char>(kSymbols[i].spelling[0])] = static_cast<std::uint8_t>(i + 1);
  }
  return table;
}();

bool ends_escaped_name(char c, bool strict) {
  const std::string_view stops = strict ? " !()\n\t" : " !()\n\t{},";
  return stops.find(c) != std::string_view::npos;
}

bool ends_path(char c) {
  return is_space(c) || std::string_view("{}(),\"").find(c) != std::string_view::npos;
}

class Lexer {
 public:
  Lexer(std::string_view text, const Options& options, diag::Diagnostics& diagnostics)
      : text_(text), options_(options), diagnostics_(diagnostics) {
    tokens_.reserve(text.size() / 3 + 2);
  }

  TokenList run() {
    // What comes after so many errors is not shown.
    while (skip_blanks(),
           at_ < text_.size() && diagnostics_.error_count() < diag::Diagnostics::kMaxKept) {
      token();
    }
    at_ = text_.size();
    push(TokenKind::kEnd, 0);
    return std::move(tokens_);
  }

 private:
  void skip_blanks() {
    while (at_ < text_.size()) {
      if (options_.comments && text_[at_] == '#') {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else if (is_space(text_[at_])) {
        ++at_;
      } else {
        return;
      }
    }
  }

  void token() {
    const char c = text_[at_];
    if (is_word_start(c)) return word();
    if (rest().starts_with("::")) return static_cast<void>(colons());
    if (kFirstSymbol[static_cast<unsigned char>(c)] != 0) return symbol();
    if (c == '\\') return escaped_name();
    if (c == '$') return arcnet();
    if (c == '"') return string();
    if (c == '@') return list_file();
    bad_character();
  }

  void word() {
    const std::size_t length = word_length(rest());
    // Only a short run of hexadecimal digits with a colon behind can begin an address with colons.
    const std::size_t end = at_ + length;
    if (length <= 4 && end < text_.size() && text_[end] == ':' && colons()) return;
    const std::string_view word = rest().substr(0, length);
    if (const Word* known = find_word(word)) return push(known->kind, length, known->value);
    const TokenKind kind = shape_of(word);
    if (kind == TokenKind::kNumber) return number(word);
    push(kind, length);
  }

  bool colons() {
    const ColonMatch match = match_colons(rest());
    if (match.length == 0) return false;
    const std::size_t length = length_with_tail(match.length);
    const std::string_view found = rest().substr(0, length);
    if (match.kind == TokenKind::kInvalid && std::ranges::count(found, ':') <= 5) {
      fail(Kind::kBadAddress, length, fmt::format("{} is no MAC address", quote(found)),
           "a MAC address has six groups: `00:11:22:33:44:55`");
    } else if (match.kind == TokenKind::kInvalid || length != match.length) {
      fail(Kind::kBadAddress, length, fmt::format("{} is no IPv6 address", quote(found)),
           "an IPv6 address has eight groups; `::` stands for some of them, once");
    } else if (match.kind == TokenKind::kIp6 && !parse_ip6(found)) {
      fail(Kind::kBadAddress, length, fmt::format("{} is no IPv6 address", quote(found)),
           "numbers with dots in it are decimal, and at most 255");
    } else {
      push(match.kind, length);
    }
    return true;
  }

  // Of something with colons and what follows it without a blank, if that could belong to it too:
  // `1:2:` goes on with `3`, `::1` with `::2`. Nothing of the language follows an address so.
  std::size_t length_with_tail(std::size_t length) const {
    const std::string_view text = rest();
    const bool goes_on = length < text.size() && (text[length] == ':' || text[length - 1] == ':');
    if (!goes_on) return length;
    constexpr std::size_t kMostTail = 64;  // a longer one would be looked at again and again
    const std::size_t most = std::min(text.size(), length + kMostTail);
    std::size_t end = length;
    while (end < most && (is_hex(text[end]) || text[end] == ':')) ++end;
    return end < most && is_word_char(text[end]) ? length : end;
  }

  void number(std::string_view digits) {
    const auto value = parse_number(digits);
    if (value) return push(TokenKind::kNumber, digits.size(), *value);
    if (value.error() == NumberFault::kNotOctal) {
      return fail(Kind::kBadNumber, digits.size(),
                  fmt::format("{} is no octal number", quote(digits)),
                  "a number that begins with 0 is octal: leave the 0 out");
    }
    fail(Kind::kBadNumber, digits.size(),
         fmt::format("{} does not fit into 32 bits", quote(digits)),
         "the largest number is 4294967295");
  }

  void symbol() {
    for (std::size_t i = kFirstSymbol[static_cast<unsigned char>(text_[at_])] - 1u;; ++i) {
      const Symbol& symbol = kSymbols[i];
      if (!rest().starts_with(symbol.spelling)) continue;
      if (symbol.addition && options_.strict) return not_strict(symbol.spelling.size());
      return push(symbol.kind, symbol.spelling.size());
    }
  }

  void escaped_name() {
    std::size_t end = at_ + 1;
    while (end < text_.size() && !ends_escaped_name(text_[end], options_.strict)) ++end;
    if (end == at_ + 1) {
      return fail(Kind::kBadCharacter, 1, "`\\` escapes nothing",
                  "write the name right after it: `\\tcp`");
    }
    push(TokenKind::kEscapedName, end - at_);
  }

  void arcnet() {
    std::size_t length = 1;
    while (length < 3 && length < rest().size() && is_hex(rest()[length])) ++length;
    if (length > 1) return push(TokenKind::kArcnet, length);
    fail(Kind::kBadAddress, 1, "`$` begins no address here",
         "an ARCnet address is `$` and one or two hexadecimal digits");
  }

  // The length of the string that starts at `from`, quotes included; 0 when it does not end.
  std::size_t string_length(std::size_t from) const {
    for (std::size_t end = from + 1; end < text_.size(); ++end) {
      if (text_[end] == '"') return end + 1 - from;
      if (text_[end] == '\\') ++end;
    }
    return 0;
  }

  void string() {
    if (options_.strict) return not_strict(std::max<std::size_t>(string_length(at_), 1));
    const std::size_t length = string_length(at_);
    if (length != 0) return push(TokenKind::kString, length);
    fail(Kind::kBadString, rest().size(), "the string does not end", "close it with `\"`");
  }

  void list_file() {
    std::size_t end = at_ + 1;
    if (end < text_.size() && text_[end] == '"') {
      end += string_length(end);
    } else {
      while (end < text_.size() && !ends_path(text_[end])) ++end;
    }
    if (options_.strict) return not_strict(end - at_);
    if (end > at_ + 1) return push(TokenKind::kListFile, end - at_);
    fail(Kind::kBadString, 1, "`@` without the name of a file",
         "write the path right after it: `host in @blocklist.txt`");
  }

  void not_strict(std::size_t length) {
    fail(Kind::kNotStrict, length,
         fmt::format("{} is not in libpcap's language", quote(rest().substr(0, length))),
         "leave --strict out to use weir's additions");
  }

  void bad_character() {
    std::size_t length = 1;
    if (static_cast<unsigned char>(text_[at_]) >= 0x80) {
      while (length < rest().size() && static_cast<unsigned char>(rest()[length]) >= 0x80) ++length;
    }
    if (text_[at_] == '\'') return single_quotes();
    const bool comment = text_[at_] == '#';
    const bool foreign = static_cast<unsigned char>(text_[at_]) >= 0x80;
    fail(Kind::kBadCharacter, length,
         fmt::format("nothing begins with {}", quote(rest().substr(0, length))),
         comment   ? "comments are read only in a file that is given with -F"
         : foreign ? "write it with ASCII characters"
                   : "leave it out, or look into docs/filter-language.md for the operator");
  }

  void single_quotes() {
    const std::size_t end = rest().find('\'', 1);
    const std::size_t length = end == std::string_view::npos ? 1 : end + 1;
    fail(Kind::kBadCharacter, length, "nothing begins with `'`",
         "a string stands in double quotes, as in `payload \"GET \"`");
  }

  std::string_view rest() const { return text_.substr(at_); }

  void fail(Kind kind, std::size_t length, std::string message, std::string hint) {
    push(TokenKind::kInvalid, length);
    diagnostics_.error(kind, tokens_.back().range, std::move(message), std::move(hint));
  }

  void push(TokenKind kind, std::size_t length, std::uint32_t value = 0) {
    const auto begin = static_cast<std::uint32_t>(at_);
    at_ += length;
    tokens_.push_back(
        {.kind = kind, .range = {begin, static_cast<std::uint32_t>(at_)}, .value = value});
  }

  std::string_view text_;
  const Options& options_;
  diag::Diagnostics& diagnostics_;
  std::size_t at_ = 0;
  TokenList tokens_;
};

}  // namespace

TokenList lex(std::string_view text, const Options& options, diag::Diagnostics& diagnostics) {
  if (text.size() > options.limits.max_text) {
    diagnostics.error(Kind::kTooLarge, {0, 0},
                      fmt::format("the expression has {} bytes, and {} are allowed", text.size(),
                                  options.limits.max_text),
                      "put long lists into a file: `host in @FILE`");
    return {Token{.kind = TokenKind::kInvalid, .range = {}}, Token{}};
  }
  return Lexer(text, options, diagnostics).run();
}

}  // namespace weir::filter
