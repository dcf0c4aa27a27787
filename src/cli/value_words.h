// The words that may be the value of an option: what a shell offers, and which one was given.
#pragma once

#include <string_view>
#include <vector>

#include <weir/result.h>

#include "cli/arguments.h"
#include "cli/options.h"

namespace weir::cli {

// Empty where the value is free or a file.
std::vector<std::string_view> value_words(Values values);

// The index of the option's value among the words that it may have; messages call it `what`.
Result<std::size_t> word_of(const Arguments& arguments, Option option, Values values,
                            std::string_view what);

}  // namespace weir::cli
