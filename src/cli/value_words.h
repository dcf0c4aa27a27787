// The words that a shell may offer as the value of an option.
#pragma once

#include <string_view>
#include <vector>

#include "cli/options.h"

namespace weir::cli {

// Empty where the value is free or a file.
std::vector<std::string_view> value_words(Values values);

}  // namespace weir::cli
