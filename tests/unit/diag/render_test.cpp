#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "diag/diagnostic.h"
#include "diag/quote.h"
#include "diag/snippet.h"

namespace weir::diag {
namespace {

constexpr Kind kSome = Kind::kCodeFault;

std::string text_of_error(std::string_view text, SourceRange range) {
  Diagnostics diagnostics;
  diagnostics.error(kSome, range, "message", "do this");
  return render_text(diagnostics, {.name = "expression", .text = text}, false);
}

TEST(RenderText, PointsAtTheExactRange) {
  EXPECT_EQ(text_of_error("tcp prot 80", {4, 8}),
            "error[code-fault]: message\n"
            "  tcp prot 80\n"
            "      ^~~~\n"
            "  hint: do this\n");
}

TEST(RenderText, EmptyRangeAtTheEndGetsOneCaretBehindTheText) {
  EXPECT_EQ(text_of_error("tcp or", {6, 6}),
            "error[code-fault]: message\n"
            "  tcp or\n"
            "        ^\n"
            "  hint: do this\n");
}

TEST(RenderText, OfSeveralLinesShowsTheRightOneAndItsPlace) {
  EXPECT_EQ(text_of_error("tcp\nand prot 80\n", {8, 12}),
            "error[code-fault]: message\n"
            "  --> expression:2:5\n"
            "  and prot 80\n"
            "      ^~~~\n"
            "  hint: do this\n");
}

TEST(RenderText, ANewlineAtTheEndDoesNotMakeItSeveralLines) {
  EXPECT_EQ(text_of_error("prot\n", {0, 4}).find("-->"), std::string::npos);
}

TEST(RenderText, NotesHaveCaretsOfTheirOwn) {
  Diagnostics diagnostics;
  diagnostics.add({.severity = Severity::kWarning,
                   .kind = kSome,
                   .range = {0, 3},
                   .message = "first",
                   .hint = "",
                   .notes = {{.range = {8, 11}, .message = "because of this"}}});
  EXPECT_EQ(render_text(diagnostics, {.name = "expression", .text = "arp and tcp"}, false),
            "warning[code-fault]: first\n"
            "  arp and tcp\n"
            "  ^~~\n"
            "  note: because of this\n"
            "    arp and tcp\n"
            "            ^~~\n");
}

TEST(RenderText, ColorMarksKindAndCaretAndIsSwitchedOffAgain) {
  Diagnostics diagnostics;
  diagnostics.error(kSome, {0, 3}, "message", "do this");
  const std::string out = render_text(diagnostics, {.name = "e", .text = "arp"}, true);
  EXPECT_EQ(out,
            "\x1b[1;31merror[code-fault]:\x1b[0m \x1b[1mmessage\x1b[0m\n"
            "  arp\n"
            "  \x1b[32m^~~\x1b[0m\n"
            "  hint: do this\n");
}

TEST(Snippet, EscapesWhatATerminalWouldNotShowAndKeepsCaretsUnderIt) {
  const Snippet snippet = snippet_of("a\tb\x01 \xc3\xa9 x", {5, 7});
  EXPECT_EQ(snippet.line, "a b\\x01 \\xc3\\xa9 x");
  EXPECT_EQ(snippet.carets, "        ^~~~~~~~");
}

TEST(Snippet, CutsALongLineAroundTheRange) {
  const std::string text = std::string(300, 'a') + " prot " + std::string(300, 'b');
  const Snippet snippet = snippet_of(text, {301, 305});
  EXPECT_EQ(snippet.line, "..." + std::string(39, 'a') + " prot " + std::string(55, 'b') + "...");
  EXPECT_EQ(snippet.carets, std::string(43, ' ') + "^~~~");
}

TEST(Snippet, CutsALongLineAtItsEndOnlyOnce) {
  const std::string text = std::string(300, 'a') + " or";
  const Snippet snippet = snippet_of(text, {303, 303});
  EXPECT_EQ(snippet.line, "..." + std::string(97, 'a') + " or");
  EXPECT_EQ(snippet.carets, std::string(103, ' ') + "^");
}

TEST(Snippet, ARangeOverSeveralLinesEndsWithItsFirst) {
  const Snippet snippet = snippet_of("tcp and\nudp", {4, 11});
  EXPECT_EQ(snippet.line, "tcp and");
  EXPECT_EQ(snippet.carets, "    ^~~");
}

TEST(Snippet, ARangeOutsideTheTextIsCutOff) {
  const Snippet snippet = snippet_of("tcp", {10, 20});
  EXPECT_EQ(snippet.line, "tcp");
  EXPECT_EQ(snippet.carets, "   ^");
}

TEST(Position, CountsLinesAndColumnsFromOne) {
  EXPECT_EQ(position_of("ab\ncd", 0).line, 1u);
  EXPECT_EQ(position_of("ab\ncd", 0).column, 1u);
  EXPECT_EQ(position_of("ab\ncd", 2).line, 1u);
  EXPECT_EQ(position_of("ab\ncd", 3).line, 2u);
  EXPECT_EQ(position_of("ab\ncd", 3).column, 1u);
  EXPECT_EQ(position_of("ab\ncd", 99).column, 3u);
}

TEST(RenderJson, HasEveryFieldOfEveryDiagnostic) {
  Diagnostics diagnostics;
  diagnostics.add({.severity = Severity::kError,
                   .kind = kSome,
                   .range = {4, 8},
                   .message = "a \"message\"",
                   .hint = "do this",
                   .notes = {{.range = {0, 3}, .message = "note"}}});
  const auto json =
      nlohmann::json::parse(render_json(diagnostics, {.name = "e", .text = "tcp prot"}));
  ASSERT_EQ(json.size(), 1u);
  EXPECT_EQ(json[0]["severity"], "error");
  EXPECT_EQ(json[0]["kind"], "code-fault");
  EXPECT_EQ(json[0]["message"], "a \"message\"");
  EXPECT_EQ(json[0]["hint"], "do this");
  EXPECT_EQ(json[0]["line"], 1);
  EXPECT_EQ(json[0]["column"], 5);
  EXPECT_EQ(json[0]["begin"], 4);
  EXPECT_EQ(json[0]["end"], 8);
  EXPECT_EQ(json[0]["notes"][0]["message"], "note");
  EXPECT_EQ(json[0]["notes"][0]["column"], 1);
}

TEST(RenderJson, TakesMessagesThatAreNotUtf8) {
  Diagnostics diagnostics;
  diagnostics.error(kSome, {0, 1}, "\xff", "");
  EXPECT_TRUE(nlohmann::json::accept(render_json(diagnostics, {.name = "e", .text = "\xff"})));
}

TEST(Diagnostics, CountsErrorsBeyondThoseItKeeps) {
  Diagnostics diagnostics;
  EXPECT_FALSE(diagnostics.has_errors());
  for (int i = 0; i < 30; ++i) diagnostics.error(kSome, {}, "m", "h");
  EXPECT_TRUE(diagnostics.has_errors());
  EXPECT_EQ(diagnostics.error_count(), 30u);
  EXPECT_EQ(diagnostics.all().size(), Diagnostics::kMaxKept);
}

TEST(Diagnostics, AWarningIsNoError) {
  Diagnostics diagnostics;
  diagnostics.warning(kSome, {}, "m");
  EXPECT_FALSE(diagnostics.has_errors());
  EXPECT_EQ(diagnostics.all().size(), 1u);
}

TEST(Diagnostics, SortKeepsTheOrderOfEqualPlaces) {
  Diagnostics diagnostics;
  diagnostics.error(kSome, {5, 6}, "third", "h");
  diagnostics.error(kSome, {1, 2}, "first", "h");
  diagnostics.error(kSome, {1, 9}, "second", "h");
  diagnostics.sort();
  EXPECT_EQ(diagnostics.all()[0].message, "first");
  EXPECT_EQ(diagnostics.all()[1].message, "second");
  EXPECT_EQ(diagnostics.all()[2].message, "third");
}

TEST(Kinds, HaveNamesInKebabCaseOnceEach) {
  for (const KindInfo& info : kinds()) {
    EXPECT_EQ(info.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-"),
              std::string_view::npos)
        << info.name;
    EXPECT_FALSE(info.description.empty()) << info.name;
    EXPECT_EQ(&kind_info(info.kind), &info);
    const auto same = [&](const KindInfo& other) { return other.name == info.name; };
    EXPECT_EQ(std::ranges::count_if(kinds(), same), 1) << info.name;
  }
}

TEST(Quote, CutsAndEscapes) {
  EXPECT_EQ(quote("prot"), "`prot`");
  EXPECT_EQ(quote("a\x1b[0m"), "`a\\x1b[0m`");
  EXPECT_EQ(quote(std::string(100, 'x')), "`" + std::string(60, 'x') + "...`");
}

}  // namespace
}  // namespace weir::diag
