// The man page and the shell completions, from the tables of options and verbs.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace weir::cli {

// weir(1) as roff.
std::string man_page();
std::string bash_completion();
std::string zsh_completion();
std::string fish_completion();

// By name: man, bash, zsh or fish.
std::optional<std::string> generate_document(std::string_view kind);

}  // namespace weir::cli
