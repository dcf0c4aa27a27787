// Arguments: a parsed command line, and the parser, which CLI11 does from the tables of options.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <weir/result.h>

#include "cli/options.h"

namespace weir::cli {

// What is wrong with the command line itself.
inline std::unexpected<Error> usage_error(std::string message, std::string hint) {
  return fail(std::move(message), std::move(hint), ErrorKind::kUsage);
}

class Arguments {
 public:
  // nullptr: options of `weir` itself, no command.
  const VerbInfo* verb = nullptr;
  // What is no option: the words of the expression.
  std::vector<std::string> words;

  bool has(Option option) const { return count(option) != 0; }
  std::size_t count(Option option) const;
  // The value given, or the default of the table; empty when there is neither.
  std::string_view value(Option option) const;
  std::span<const std::string> values(Option option) const;
  // A decimal number between `least` and `most`.
  // REQUIRES: the option was given, or has a default.
  Result<std::uint64_t> number(Option option, std::uint64_t least, std::uint64_t most) const;
  std::optional<std::string> optional_value(Option option) const;

  void add(Option option, std::string value) { values_[option].push_back(std::move(value)); }

 private:
  std::map<Option, std::vector<std::string>> values_;  // a flag: one empty value each time
};

// `arguments` are those after the program's name. Errors are of kind kUsage.
Result<Arguments> parse_arguments(std::span<const char* const> arguments);

}  // namespace weir::cli
