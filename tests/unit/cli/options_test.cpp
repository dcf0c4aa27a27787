#include "cli/options.h"

#include <gtest/gtest.h>

#include <set>

#include "cli/help.h"

namespace weir::cli {
namespace {

// Every verb, and `weir` itself.
std::vector<const VerbInfo*> everywhere() {
  std::vector<const VerbInfo*> out = {nullptr};
  for (const VerbInfo& verb : verbs()) out.push_back(&verb);
  return out;
}

TEST(Options, AreNamedOnceInAVerb) {
  for (const VerbInfo* verb : everywhere()) {
    std::set<char> short_names;
    std::set<std::string_view> long_names;
    std::set<Option> ids;
    for (const OptionInfo& option : options()) {
      if (!belongs_to(option, verb)) continue;
      EXPECT_TRUE(ids.insert(option.option).second) << option.long_name;
      if (option.short_name != 0) {
        EXPECT_TRUE(short_names.insert(option.short_name).second) << option.short_name;
      }
      if (!option.long_name.empty()) {
        EXPECT_TRUE(long_names.insert(option.long_name).second) << option.long_name;
      }
    }
  }
}

TEST(Options, HaveANameAndHelpInTheHouseStyle) {
  for (const OptionInfo& option : options()) {
    EXPECT_TRUE(option.short_name != 0 || !option.long_name.empty());
    ASSERT_FALSE(option.help.empty()) << option.long_name;
    EXPECT_FALSE(option.help.ends_with('.')) << option.long_name;
    EXPECT_EQ(option.value.empty(), option.values == Values::kNone) << option.long_name;
  }
}

TEST(Options, AreAllInTheHelpOfTheirVerb) {
  for (const VerbInfo* verb : everywhere()) {
    const std::string help = help_text(verb);
    for (const OptionInfo& option : options()) {
      if (!belongs_to(option, verb)) continue;
      EXPECT_EQ(help.find(option_synopsis(option)) == std::string::npos, option.hidden)
          << option.long_name;
    }
  }
}

TEST(Help, FitsIntoEightyColumns) {
  for (const VerbInfo* verb : everywhere()) {
    const std::string help = help_text(verb);
    std::size_t begin = 0;
    while (begin < help.size()) {
      const std::size_t end = help.find('\n', begin);
      EXPECT_LE(end - begin, 80u) << help.substr(begin, end - begin);
      begin = end + 1;
    }
  }
}

TEST(Verbs, AreFoundByName) {
  for (const VerbInfo& verb : verbs()) EXPECT_EQ(find_verb(verb.name), &verb);
  EXPECT_EQ(find_verb("no-such-verb"), nullptr);
}

}  // namespace
}  // namespace weir::cli
