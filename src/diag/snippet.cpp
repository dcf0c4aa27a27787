#include "diag/snippet.h"

#include <fmt/format.h>

#include <algorithm>

#include "diag/quote.h"

namespace weir::diag {
namespace {

// A line of the text that is longer than kLongest bytes is cut to those around the range.
constexpr std::size_t kLongest = 100;
constexpr std::size_t kBefore = 40;
constexpr std::string_view kCut = "...";

struct Extent {
  std::size_t begin;
  std::size_t end;
};

Extent line_around(std::string_view text, std::size_t offset) {
  const std::size_t newline_before =
      offset == 0 ? std::string_view::npos : text.rfind('\n', offset - 1);
  const std::size_t begin = newline_before == std::string_view::npos ? 0 : newline_before + 1;
  return {begin, std::min(text.find('\n', offset), text.size())};
}

Extent window_around(Extent line, std::size_t offset) {
  if (line.end - line.begin <= kLongest) return line;
  const std::size_t wanted = offset - line.begin > kBefore ? offset - kBefore : line.begin;
  const std::size_t begin = std::min(wanted, line.end - kLongest);
  return {begin, begin + kLongest};
}

}  // namespace

Position position_of(std::string_view text, std::size_t offset) {
  const std::string_view before = text.substr(0, std::min(offset, text.size()));
  const std::size_t newline = before.rfind('\n');
  const auto newlines = std::ranges::count(before, '\n');
  return {
      .line = static_cast<std::size_t>(newlines) + 1,
      .column = newline == std::string_view::npos ? before.size() + 1 : before.size() - newline};
}

Snippet snippet_of(std::string_view text, SourceRange range) {
  const std::size_t begin = std::min<std::size_t>(range.begin, text.size());
  const Extent line = line_around(text, begin);
  const Extent window = window_around(line, begin);
  const std::size_t end = std::clamp<std::size_t>(range.end, begin, window.end);

  const std::string_view lead = window.begin > line.begin ? kCut : "";
  const std::string before = printable(text.substr(window.begin, begin - window.begin));
  const std::string marked = printable(text.substr(begin, end - begin));
  const std::string after = printable(text.substr(end, window.end - end));
  const std::string_view trail = window.end < line.end ? kCut : "";

  Snippet snippet;
  snippet.line = fmt::format("{}{}{}{}{}", lead, before, marked, after, trail);
  snippet.carets = std::string(lead.size() + before.size(), ' ') + '^';
  if (marked.size() > 1) snippet.carets.append(marked.size() - 1, '~');
  return snippet;
}

}  // namespace weir::diag
