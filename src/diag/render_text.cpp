// Diagnostics as a terminal shows them.
#include <fmt/format.h>

#include <iterator>

#include "diag/diagnostic.h"
#include "diag/snippet.h"

namespace weir::diag {
namespace {

struct Style {
  std::string_view error;
  std::string_view warning;
  std::string_view caret;
  std::string_view strong;
  std::string_view off;
};

constexpr Style kPlain = {};
constexpr Style kColored = {.error = "\x1b[1;31m",
                            .warning = "\x1b[1;35m",
                            .caret = "\x1b[32m",
                            .strong = "\x1b[1m",
                            .off = "\x1b[0m"};

class Renderer {
 public:
  Renderer(const Source& source, const Style& style)
      : source_(source),
        style_(style),
        several_lines_(source.text.find('\n') < source.text.size() - 1) {}

  void diagnostic(const Diagnostic& d) {
    const bool is_error = d.severity == Severity::kError;
    line("{}{}[{}]:{} {}{}{}", is_error ? style_.error : style_.warning,
         is_error ? "error" : "warning", kind_info(d.kind).name, style_.off, style_.strong,
         d.message, style_.off);
    place(d.range, "  ");
    for (const Note& note : d.notes) {
      line("  note: {}", note.message);
      place(note.range, "    ");
    }
    if (!d.hint.empty()) line("  hint: {}", d.hint);
  }

  std::string take() { return std::move(out_); }

 private:
  template <typename... Args>
  void line(fmt::format_string<Args...> format, Args&&... args) {
    fmt::format_to(std::back_inserter(out_), format, std::forward<Args>(args)...);
    out_ += '\n';
  }

  void place(SourceRange range, std::string_view indent) {
    if (source_.text.empty()) return;
    if (several_lines_) {
      const Position at = position_of(source_.text, range.begin);
      line("{}--> {}:{}:{}", indent, source_.name, at.line, at.column);
    }
    const Snippet snippet = snippet_of(source_.text, range);
    line("{}{}", indent, snippet.line);
    line("{}{}{}{}", indent, style_.caret, snippet.carets, style_.off);
  }

  const Source& source_;
  const Style& style_;
  bool several_lines_;  // a newline at the very end does not count
  std::string out_;
};

}  // namespace

std::string render_text(const Diagnostics& diagnostics, const Source& source, bool color) {
  Renderer renderer(source, color ? kColored : kPlain);
  for (const Diagnostic& d : diagnostics.all()) renderer.diagnostic(d);
  return renderer.take();
}

}  // namespace weir::diag
