// weir::Result<T>: a value, or an Error of the environment (a file, a name, the kernel).
// The user's own mistakes in text are collected as diagnostics instead (see src/diag); bugs of weir
// itself stop the program through WEIR_CHECK.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <utility>

namespace weir {

// What kind of thing went wrong; decides the exit code of the command.
enum class ErrorKind : std::uint8_t {
  kInput,        // the input or the world is wrong: a broken file, an unknown name (exit code 1)
  kUsage,        // the command line is wrong (exit code 2)
  kUnsupported,  // this kernel, build or user cannot do it (exit code 3)
};

struct Error {
  ErrorKind kind = ErrorKind::kInput;
  std::string message;                  // lower case, no full stop
  std::string hint;                     // what to do about it; empty when there is nothing to say
  std::optional<std::uint64_t> offset;  // byte offset in the input, where there is one
};

template <typename T = void>
using Result = std::expected<T, Error>;

// `return fail("cannot open `x`: ...", "check the path")`.
inline std::unexpected<Error> fail(std::string message, std::string hint = {},
                                   ErrorKind kind = ErrorKind::kInput) {
  return std::unexpected(
      Error{.kind = kind, .message = std::move(message), .hint = std::move(hint), .offset = {}});
}

}  // namespace weir
