#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "filter/compile.h"
#include "filter/token.h"
#include "filter/words.h"

namespace weir::filter {
namespace {

struct Lexed {
  TokenList tokens;
  diag::Diagnostics diagnostics;
};

Lexed lexed(std::string_view text, const Options& options = {}) {
  Lexed out;
  out.tokens = lex(text, options, out.diagnostics);
  return out;
}

// "kind:text" for each token but the end.
std::vector<std::string> kinds_of(std::string_view text, const Options& options = {}) {
  std::vector<std::string> out;
  for (const Token& token : lexed(text, options).tokens) {
    if (token.kind == TokenKind::kEnd) continue;
    out.push_back(std::string(name_of(token.kind)) + ":" + std::string(text_of(text, token.range)));
  }
  return out;
}

using Strings = std::vector<std::string>;

struct Shape {
  std::string_view text;
  Strings tokens;
};

class LongestMatch : public ::testing::TestWithParam<Shape> {};

TEST_P(LongestMatch, DecidesWhatAWordIs) {
  EXPECT_EQ(kinds_of(GetParam().text), GetParam().tokens);
}

INSTANTIATE_TEST_SUITE_P(
    Shapes, LongestMatch,
    ::testing::Values(
        Shape{"80", {"number:80"}}, Shape{"0x1F", {"number:0x1F"}}, Shape{"0x", {"name:0x"}},
        Shape{"80abc", {"name:80abc"}}, Shape{"8000-8100", {"name:8000-8100"}},
        Shape{"len-5", {"name:len-5"}}, Shape{"len -5", {"len:len", "-:-", "number:5"}},
        Shape{"foo- bar", {"name:foo", "-:-", "name:bar"}}, Shape{"1.2", {"IPv4 address:1.2"}},
        Shape{"1.2.3.4", {"IPv4 address:1.2.3.4"}}, Shape{"1.2.3.256", {"IPv4 address:1.2.3.256"}},
        Shape{"1.2.3.4.5", {"name:1.2.3.4.5"}}, Shape{"1.2.3.", {"name:1.2.3."}},
        Shape{"0x1.2", {"IPv4 address:0x1.2"}},
        Shape{"10.0.0.0/8", {"IPv4 address:10.0.0.0", "/:/", "number:8"}},
        Shape{"::", {"IPv6 address:::"}}, Shape{"::1", {"IPv6 address:::1"}},
        Shape{"1::", {"IPv6 address:1::"}}, Shape{"dead:beef", {"name:dead", ":::", "name:beef"}},
        Shape{"1:2:3:4:5:6:7:8", {"IPv6 address:1:2:3:4:5:6:7:8"}},
        Shape{"1:2:3:4:5:6:1.2.3.4", {"IPv6 address:1:2:3:4:5:6:1.2.3.4"}},
        Shape{"::ffff:1.2.3.4", {"IPv6 address:::ffff:1.2.3.4"}},
        Shape{"1:2:3:4:5:6:7::", {"IPv6 address:1:2:3:4:5:6:7::"}},
        Shape{"2001:db8::/32", {"IPv6 address:2001:db8::", "/:/", "number:32"}},
        Shape{"fe80::1%eth0", {"IPv6 address:fe80::1", "%:%", "name:eth0"}},
        Shape{"1:2:3:4:5:6", {"MAC address:1:2:3:4:5:6"}},
        Shape{"aa-bb-cc-dd-ee-ff", {"MAC address:aa-bb-cc-dd-ee-ff"}},
        Shape{"aa-bb-cc-dd-ee-ff-00", {"name:aa-bb-cc-dd-ee-ff-00"}},
        Shape{"1.2.3.4.5.6", {"MAC address:1.2.3.4.5.6"}},
        Shape{"aabb.ccdd.eeff", {"MAC address:aabb.ccdd.eeff"}},
        Shape{"123456789012", {"MAC address:123456789012"}},
        Shape{"012345670123", {"MAC address:012345670123"}},
        Shape{"12345678901", {"invalid text:12345678901"}}, Shape{"$1f", {"ARCnet address:$1f"}},
        Shape{"$123", {"ARCnet address:$12", "number:3"}},
        Shape{"ip[2:2]", {"protocol:ip", "[:[", "number:2", ":::", "number:2", "]:]"}},
        Shape{"es-is", {"protocol:es-is"}}, Shape{"icmp-echo", {"number:icmp-echo"}},
        Shape{"\\tcp", {"escaped name:\\tcp"}}, Shape{"\\tcp&&udp", {"escaped name:\\tcp&&udp"}},
        Shape{"\\tcp}", {"escaped name:\\tcp", "}:}"}}, Shape{"TCP", {"name:TCP"}}));

struct SymbolCase {
  std::string_view text;
  TokenKind kind;
};

TEST(Lexer, KnowsEverySymbol) {
  const std::vector<SymbolCase> cases = {
      {"&&", TokenKind::kAnd},        {"||", TokenKind::kOr},
      {"!", TokenKind::kNot},         {"and", TokenKind::kAnd},
      {"or", TokenKind::kOr},         {"not", TokenKind::kNot},
      {"(", TokenKind::kLeftParen},   {")", TokenKind::kRightParen},
      {"[", TokenKind::kLeftBracket}, {"]", TokenKind::kRightBracket},
      {"{", TokenKind::kLeftBrace},   {"}", TokenKind::kRightBrace},
      {":", TokenKind::kColon},       {",", TokenKind::kComma},
      {"+", TokenKind::kPlus},        {"-", TokenKind::kMinus},
      {"*", TokenKind::kStar},        {"/", TokenKind::kSlash},
      {"%", TokenKind::kPercent},     {"&", TokenKind::kAmpersand},
      {"|", TokenKind::kPipe},        {"^", TokenKind::kCaret},
      {"<<", TokenKind::kShiftLeft},  {">>", TokenKind::kShiftRight},
      {">", TokenKind::kGt},          {">=", TokenKind::kGe},
      {"=", TokenKind::kEq},          {"==", TokenKind::kEq},
      {"<=", TokenKind::kLe},         {"<", TokenKind::kLt},
      {"!=", TokenKind::kNe},
  };
  for (const SymbolCase& c : cases) {
    const Lexed out = lexed(c.text);
    ASSERT_EQ(out.tokens.size(), 2u) << c.text;
    EXPECT_EQ(out.tokens[0].kind, c.kind) << c.text;
    EXPECT_EQ(out.tokens[1].kind, TokenKind::kEnd) << c.text;
  }
}

TEST(Lexer, NumbersAreReadAsCWritesThem) {
  EXPECT_EQ(lexed("80").tokens[0].value, 80u);
  EXPECT_EQ(lexed("0x1f").tokens[0].value, 31u);
  EXPECT_EQ(lexed("0X1F").tokens[0].value, 31u);
  EXPECT_EQ(lexed("010").tokens[0].value, 8u);
  EXPECT_EQ(lexed("0").tokens[0].value, 0u);
  EXPECT_EQ(lexed("4294967295").tokens[0].value, 4294967295u);
  EXPECT_EQ(lexed("tcp-syn").tokens[0].value, 2u);
  EXPECT_EQ(lexed("icmp6-multicastrouterterm").tokens[0].value, 153u);
}

TEST(Lexer, EveryWordIsFoundByItsSpellingAlone) {
  for (const Word& word : words()) {
    const Word* found = find_word(word.spelling);
    ASSERT_NE(found, nullptr) << word.spelling;
    EXPECT_EQ(found->kind, word.kind) << word.spelling;
    EXPECT_EQ(found->value, word.value) << word.spelling;
    EXPECT_EQ(find_word(std::string(word.spelling) + "_"), nullptr) << word.spelling;
  }
  EXPECT_EQ(find_word(""), nullptr);
  EXPECT_EQ(find_word("Tcp"), nullptr);
}

TEST(Lexer, RangesAreExactAndTheEndIsBehindTheText) {
  const Lexed out = lexed("  tcp  port\t80 ");
  ASSERT_EQ(out.tokens.size(), 4u);
  EXPECT_EQ(out.tokens[0].range, (diag::SourceRange{2, 5}));
  EXPECT_EQ(out.tokens[1].range, (diag::SourceRange{7, 11}));
  EXPECT_EQ(out.tokens[2].range, (diag::SourceRange{12, 14}));
  EXPECT_EQ(out.tokens[3].range, (diag::SourceRange{15, 15}));
}

TEST(Lexer, CommentsAreReadOnlyWhereTheyAreAllowed) {
  Options from_file;
  from_file.comments = true;
  EXPECT_EQ(kinds_of("tcp # port 80\nand udp", from_file),
            (Strings{"protocol:tcp", "and:and", "protocol:udp"}));
  EXPECT_EQ(kinds_of("tcp #", from_file), (Strings{"protocol:tcp"}));
  EXPECT_TRUE(lexed("tcp # port 80").diagnostics.has_errors());
}

TEST(Lexer, StringsAndListFilesAreOneToken) {
  EXPECT_EQ(kinds_of(R"(payload "a \" b")"), (Strings{"name:payload", R"(string:"a \" b")"}));
  EXPECT_EQ(kinds_of("in @/etc/a-b.txt or"),
            (Strings{"name:in", "list file:@/etc/a-b.txt", "or:or"}));
  EXPECT_EQ(kinds_of(R"(in @"a b.txt")"), (Strings{"name:in", R"(list file:@"a b.txt")"}));
}

TEST(Lexer, StrictKnowsNoneOfTheAdditions) {
  Options strict;
  strict.strict = true;
  for (const std::string_view text : {"{", "}", ",", "\"x\"", "@file", "@\"file\""}) {
    const Lexed out = lexed(text, strict);
    ASSERT_EQ(out.diagnostics.all().size(), 1u) << text;
    EXPECT_EQ(out.diagnostics.all()[0].kind, diag::Kind::kNotStrict) << text;
    EXPECT_EQ(out.tokens[0].kind, TokenKind::kInvalid) << text;
  }
  EXPECT_EQ(kinds_of("\\tcp}", strict), (Strings{"escaped name:\\tcp}"}));
}

TEST(Lexer, WhatIsNoTokenIsReportedOnceWithItsRange) {
  struct Case {
    std::string_view text;
    diag::Kind kind;
    diag::SourceRange range;
  };
  const std::vector<Case> cases = {
      {"tcp ~ udp", diag::Kind::kBadCharacter, {4, 5}},
      {"tcp \xe2\x80\x93 udp", diag::Kind::kBadCharacter, {4, 7}},
      {"port 089", diag::Kind::kBadNumber, {5, 8}},
      {"len > 4294967296", diag::Kind::kBadNumber, {6, 16}},
      {"host 1:2:3:4:5", diag::Kind::kBadAddress, {5, 14}},
      {"host ::1.2.3.256", diag::Kind::kBadAddress, {5, 16}},
      {"host $", diag::Kind::kBadAddress, {5, 6}},
      {"payload \"abc", diag::Kind::kBadString, {8, 12}},
      {"host in @ or", diag::Kind::kBadString, {8, 9}},
      {"proto \\ or", diag::Kind::kBadCharacter, {6, 7}},
  };
  for (const Case& c : cases) {
    const Lexed out = lexed(c.text);
    ASSERT_EQ(out.diagnostics.all().size(), 1u) << c.text;
    EXPECT_EQ(out.diagnostics.all()[0].kind, c.kind) << c.text;
    EXPECT_EQ(out.diagnostics.all()[0].range, c.range) << c.text;
    EXPECT_FALSE(out.diagnostics.all()[0].hint.empty()) << c.text;
  }
}

TEST(Lexer, ATextOverTheLimitIsRefusedWhole) {
  Options options;
  options.limits.max_text = 8;
  const Lexed out = lexed("tcp or udp", options);
  ASSERT_EQ(out.diagnostics.all().size(), 1u);
  EXPECT_EQ(out.diagnostics.all()[0].kind, diag::Kind::kTooLarge);
  EXPECT_EQ(out.tokens.back().kind, TokenKind::kEnd);
}

TEST(Lexer, PrintsOneTokenALine) {
  EXPECT_EQ(print_tokens(lexed("tcp port 80").tokens, "tcp port 80"),
            "0-3 protocol `tcp`\n"
            "4-8 host, net, port or portrange `port`\n"
            "9-11 number `80`\n"
            "11-11 end of the expression ``\n");
}

}  // namespace
}  // namespace weir::filter
