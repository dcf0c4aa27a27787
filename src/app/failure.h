// Failure: how a use-case ends when it cannot do what was asked. Either the user's text is at
// fault, with diagnostics that point into it, or something else is, with an Error.
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include <weir/result.h>

#include "diag/diagnostic.h"

namespace weir::app {

// A text of the user's and what is to say about it.
struct Remarks {
  std::string source_name;
  std::string source_text;
  diag::Diagnostics diagnostics;

  bool empty() const { return diagnostics.all().empty(); }
};

struct Failure {
  Error error;      // the message is empty when `remarks` say all
  Remarks remarks;  // may be empty
};

template <typename T>
using Outcome = std::expected<T, Failure>;

std::unexpected<Failure> failure(Error error);
std::unexpected<Failure> failure(Remarks remarks);

// "error[kind]: ..." with carets, one after the other; empty when there are none.
std::string render(const Remarks& remarks, bool color);
// "weir: error: ...", with its byte offset and hint.
std::string render(const Error& error);
std::string render_warning(const Error& remark);
std::string render(const Failure& failure, bool color);
// A JSON object with `error` or `diagnostics`.
std::string render_json(const Failure& failure);

// What messages call the file at `path`.
std::string_view name_of_file(const std::string& path);
// The error, and of which file it is when it speaks of an offset in one.
Error about_file(const std::string& path, Error error);

// 0 is done; these are the others.
int exit_code(ErrorKind kind);

}  // namespace weir::app
