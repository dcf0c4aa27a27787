// The whole command, from its arguments to its exit code; main() only adds the process around it.
#pragma once

#include <span>

#include "cli/front_end.h"

namespace weir::cli {

// `arguments` are those after the program's name.
int run(std::span<const char* const> arguments, Console& console);

}  // namespace weir::cli
