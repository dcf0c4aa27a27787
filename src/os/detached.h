// A command that runs beside this process and is not waited for.
#pragma once

#include <string>

#include <weir/result.h>

namespace weir::os {

// `command FILE`, found as a shell finds it, at the lowest priority. It reads nothing and prints
// where this process talks.
Result<> run_detached(const std::string& command, const std::string& file);

}  // namespace weir::os
