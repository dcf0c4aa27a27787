// Times as they are written on the command line.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace weir::cli {

// "10", "1.5" (seconds), "500ms", "90s", "2m", "1h"; nullopt when it is none, 0, or longer than a
// year.
std::optional<std::chrono::nanoseconds> parse_duration(std::string_view text);

}  // namespace weir::cli
