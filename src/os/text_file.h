// Text in and out of the process: whole files in, a buffered descriptor out.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include <weir/result.h>

namespace weir::os {

// The whole of a file, or of standard input when `path` is `-`; an error when it is longer than
// `max_bytes`.
Result<std::string> read_text(const std::string& path, std::size_t max_bytes);

bool is_terminal(int fd);

// Writes all of `text`; false when it cannot, with the reason in errno.
bool write_all(int fd, std::string_view text);

}  // namespace weir::os
