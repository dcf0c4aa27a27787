#include "app/failure.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <utility>

namespace weir::app {

std::unexpected<Failure> failure(Error error) {
  return std::unexpected(Failure{.error = std::move(error), .remarks = {}});
}

std::unexpected<Failure> failure(Remarks remarks) {
  return std::unexpected(Failure{.error = {}, .remarks = std::move(remarks)});
}

std::string render(const Remarks& remarks, bool color) {
  return diag::render_text(remarks.diagnostics,
                           {.name = remarks.source_name, .text = remarks.source_text}, color);
}

namespace {

std::string rendered(std::string_view severity, const Error& error) {
  std::string out = fmt::format("weir: {}: {}", severity, error.message);
  if (error.offset) out += fmt::format(" (at byte {})", *error.offset);
  out += '\n';
  if (!error.hint.empty()) out += fmt::format("  hint: {}\n", error.hint);
  return out;
}

}  // namespace

std::string render(const Error& error) { return rendered("error", error); }
std::string render_warning(const Error& remark) { return rendered("warning", remark); }

std::string render(const Failure& failure, bool color) {
  std::string out = render(failure.remarks, color);
  if (!failure.error.message.empty()) out += render(failure.error);
  return out;
}

std::string render_json(const Failure& failure) {
  nlohmann::ordered_json out;
  if (!failure.remarks.empty()) {
    const Remarks& remarks = failure.remarks;
    out["diagnostics"] = nlohmann::ordered_json::parse(diag::render_json(
        remarks.diagnostics, {.name = remarks.source_name, .text = remarks.source_text}));
  }
  if (!failure.error.message.empty()) {
    out["error"] = {{"message", failure.error.message}, {"hint", failure.error.hint}};
    if (failure.error.offset) out["error"]["offset"] = *failure.error.offset;
  }
  return out.dump(2) + "\n";
}

std::string_view name_of_file(const std::string& path) {
  return path == "-" ? std::string_view("standard input") : path;
}

Error about_file(const std::string& path, Error error) {
  if (error.offset) error.message = fmt::format("{}: {}", name_of_file(path), error.message);
  return error;
}

int exit_code(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::kInput:
      return 1;
    case ErrorKind::kUsage:
      return 2;
    case ErrorKind::kUnsupported:
      return 3;
  }
  return 1;
}

}  // namespace weir::app
