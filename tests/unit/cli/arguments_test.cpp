#include "cli/arguments.h"

#include <gtest/gtest.h>

namespace weir::cli {
namespace {

Result<Arguments> parse(std::vector<const char*> words) { return parse_arguments(words); }

std::string message(std::vector<const char*> words) {
  const Result<Arguments> arguments = parse(std::move(words));
  if (arguments) return "no error";
  EXPECT_EQ(arguments.error().kind, ErrorKind::kUsage);
  EXPECT_FALSE(arguments.error().hint.empty());
  return arguments.error().message;
}

TEST(Arguments, TellOptionsFromWordsInAnyOrder) {
  const auto arguments = parse({"compile", "tcp", "-s", "100", "port", "80", "--strict"});
  ASSERT_TRUE(arguments);
  EXPECT_EQ(arguments->verb->verb, Verb::kCompile);
  EXPECT_EQ(arguments->words, (std::vector<std::string>{"tcp", "port", "80"}));
  EXPECT_EQ(arguments->value(Option::kSnaplen), "100");
  EXPECT_TRUE(arguments->has(Option::kStrict));
  EXPECT_FALSE(arguments->has(Option::kLive));
}

TEST(Arguments, CountFlagsAsTcpdumpDoes) {
  EXPECT_EQ(parse({"compile", "-ddd", "ip"})->count(Option::kDump), 3u);
  EXPECT_EQ(parse({"compile", "-d", "-d", "ip"})->count(Option::kDump), 2u);
  EXPECT_EQ(parse({"compile", "-Od", "ip"})->count(Option::kDump), 1u);
}

TEST(Arguments, TakeValuesInEverySpelling) {
  for (const auto& words : std::vector<std::vector<const char*>>{{"compile", "-y", "RAW"},
                                                                 {"compile", "-yRAW"},
                                                                 {"compile", "--link-type", "RAW"},
                                                                 {"compile", "--link-type=RAW"}}) {
    EXPECT_EQ(parse(words)->value(Option::kLinkType), "RAW") << words[1];
  }
}

TEST(Arguments, HaveTheDefaultsOfTheTable) {
  const auto arguments = parse({"compile", "ip"});
  EXPECT_EQ(arguments->value(Option::kLinkType), "EN10MB");
  EXPECT_EQ(arguments->number(Option::kSnaplen, 1, 1'000'000), 262144u);
  EXPECT_EQ(arguments->optional_value(Option::kLinkType), std::nullopt);
}

TEST(Arguments, CollectRepeatableOptionsInOrder) {
  const auto arguments = parse({"capture", "-r", "a", "ip", "--read=b"});
  ASSERT_TRUE(arguments);
  const auto values = arguments->values(Option::kRead);
  EXPECT_EQ(std::vector<std::string>(values.begin(), values.end()),
            (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(arguments->words, std::vector<std::string>{"ip"});
}

TEST(Arguments, TakeEverythingBehindDashesAsWords) {
  EXPECT_EQ(parse({"compile", "--", "-len", "=", "--strict"})->words,
            (std::vector<std::string>{"-len", "=", "--strict"}));
}

TEST(Arguments, TakeALoneDashAsAWord) {
  EXPECT_EQ(parse({"compile", "len", "-", "4"})->words,
            (std::vector<std::string>{"len", "-", "4"}));
}

TEST(Arguments, SuggestWhatWasMeant) {
  EXPECT_EQ(message({"compile", "--snaplan", "5"}), "unknown option `--snaplan`");
  EXPECT_EQ(parse({"compile", "--snaplan", "5"}).error().hint, "did you mean `--snaplen`?");
  EXPECT_EQ(message({"complie", "ip"}), "unknown command `complie`");
  EXPECT_EQ(parse({"complie"}).error().hint, "did you mean `compile`?");
}

TEST(Arguments, RefuseWhatTheTableDoesNotHave) {
  EXPECT_EQ(message({"capture", "-d", "ip"}), "unknown option `-d`");
  EXPECT_EQ(message({"compile", "-s", "1", "-s", "2"}), "`-s,--snaplen` is given 2 times");
  EXPECT_NE(message({"compile", "-s"}), "no error");
}

TEST(Arguments, RefuseNumbersOutOfRange) {
  for (const char* text : {"0", "11", "3x", "", "-1", "99999999999999999999"}) {
    const auto arguments = parse({"capture", "-c", text});
    EXPECT_FALSE(arguments && arguments->number(Option::kLimit, 1, 10)) << text;
  }
  EXPECT_EQ(parse({"capture", "-c", "10"})->number(Option::kLimit, 1, 10), 10u);
}

TEST(Arguments, WithoutACommandBelongToWeirItself) {
  EXPECT_EQ(parse({})->verb, nullptr);
  EXPECT_TRUE(parse({"--version"})->has(Option::kVersion));
  EXPECT_EQ(message({"--json"}), "unknown option `--json`");
}

}  // namespace
}  // namespace weir::cli
