// Diagnostics for programs.
#include <nlohmann/json.hpp>

#include "diag/diagnostic.h"
#include "diag/snippet.h"

namespace weir::diag {
namespace {

using Json = nlohmann::ordered_json;

Json range_json(SourceRange range, std::string_view text) {
  const Position at = position_of(text, range.begin);
  return {{"line", at.line}, {"column", at.column}, {"begin", range.begin}, {"end", range.end}};
}

Json note_json(const Note& note, std::string_view text) {
  Json json = {{"message", note.message}};
  json.update(range_json(note.range, text));
  return json;
}

Json diagnostic_json(const Diagnostic& d, std::string_view text) {
  Json json = {{"severity", d.severity == Severity::kError ? "error" : "warning"},
               {"kind", kind_info(d.kind).name},
               {"message", d.message},
               {"hint", d.hint}};
  json.update(range_json(d.range, text));
  json["notes"] = Json::array();
  for (const Note& note : d.notes) json["notes"].push_back(note_json(note, text));
  return json;
}

}  // namespace

std::string render_json(const Diagnostics& diagnostics, const Source& source) {
  Json all = Json::array();
  for (const Diagnostic& d : diagnostics.all()) all.push_back(diagnostic_json(d, source.text));
  // Messages quote the user's text, which need not be UTF-8.
  return all.dump(2, ' ', false, Json::error_handler_t::replace);
}

}  // namespace weir::diag
