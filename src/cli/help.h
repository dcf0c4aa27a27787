// --help, from the tables of options and verbs.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "cli/options.h"

namespace weir::cli {

inline constexpr std::array kGroups = {Group::kInput,  Group::kLive,     Group::kExpression,
                                       Group::kOutput, Group::kPrinting, Group::kCompiler,
                                       Group::kOther};

// The help of a verb; of `weir` itself when it is nullptr.
std::string help_text(const VerbInfo* verb);

// What is shown of a verb's options (of `weir` itself: nullptr) under a heading, in the order of
// the table.
std::vector<const OptionInfo*> shown_options(const VerbInfo* verb, Group group);

// "-y, --link-type LINKTYPE".
std::string option_synopsis(const OptionInfo& option);

// The option's help with its default and whether it may be given several times.
std::string option_help(const OptionInfo& option);

// "weir compile [OPTION...] [EXPRESSION...]".
std::string usage_line(const VerbInfo* verb);

}  // namespace weir::cli
