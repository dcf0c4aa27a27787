// Diagnostics: what a user's text did wrong, where, and what to do about it.
//
// A stage collects them in a Diagnostics and goes on where it can; nothing here prints. The kinds
// are registered in diag/kinds.def: each has a name that appears in the rendered text, and a golden
// test.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace weir::diag {

// Bytes [begin, end) of the text that the user gave.
struct SourceRange {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  friend bool operator==(SourceRange, SourceRange) = default;
};

enum class Severity : std::uint8_t { kError, kWarning };

enum class Kind : std::uint16_t {
#define WEIR_DIAGNOSTIC(id, name, description) id,
#include "diag/kinds.def"
#undef WEIR_DIAGNOSTIC
};

struct KindInfo {
  Kind kind;
  std::string_view name;         // "unknown-word"
  std::string_view description;  // one line for docs/errors.md
};

const KindInfo& kind_info(Kind kind);

// Every kind, in the order of the registry.
std::span<const KindInfo> kinds();

// A second place that explains the first: "`port 80` needs ethertype ip or ip6 here".
struct Note {
  SourceRange range;
  std::string message;
};

struct Diagnostic {
  Severity severity = Severity::kError;
  Kind kind;
  SourceRange range;
  std::string message;  // lower case, no full stop, the user's own text in back quotes
  std::string hint;     // what to do; may be empty only for warnings
  std::vector<Note> notes;
};

class Diagnostics {
 public:
  // At most this many are kept: after that an input is noise.
  static constexpr std::size_t kMaxKept = 20;

  void add(Diagnostic diagnostic);
  void error(Kind kind, SourceRange range, std::string message, std::string hint);
  void warning(Kind kind, SourceRange range, std::string message, std::string hint = {});

  // Into the order of the text; stages run one after the other, and readers go from left to right.
  void sort();

  bool has_errors() const { return errors_ != 0; }
  std::size_t error_count() const { return errors_; }
  const std::vector<Diagnostic>& all() const { return kept_; }

 private:
  std::vector<Diagnostic> kept_;
  std::size_t errors_ = 0;
};

// A text with a name ("expression", a file's path) for rendering.
struct Source {
  std::string_view name;
  std::string_view text;
};

// As a terminal shows it: `error[kind]: message`, the line with carets under the range, `hint:
// ...`.
std::string render_text(const Diagnostics& diagnostics, const Source& source, bool color);

// A JSON array, one object a diagnostic: severity, kind, message, hint, line, column, begin, end,
// notes.
std::string render_json(const Diagnostics& diagnostics, const Source& source);

}  // namespace weir::diag
