// Times of packets as RFC 3339 writes them, in UTC.
#pragma once

#include <cstdint>
#include <string>

namespace weir::app {

// "2024-05-01T12:30:00.123456789Z"; `time_ns` is nanoseconds since 1970.
std::string time_text(std::int64_t time_ns);

}  // namespace weir::app
