// Annotations out of the comments of a source: finds the commands in each, then reads their values.
#include "object/annotations.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "diag/quote.h"
#include "object/annotation_comments.h"
#include "object/annotation_table.h"
#include "object/annotation_value.h"

namespace weir::object {
namespace annotations {
namespace {

constexpr std::string_view kBlanks = " \t\n";
constexpr auto kKindNames = std::to_array<std::string_view>(
    {"a function", "a variable", "a map", "the license", "a type, or nothing"});

constexpr bool is_name(char c) {
  return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

class CommentReader {
 public:
  CommentReader(std::string_view text, const Comment& comment, diag::Diagnostics& diagnostics)
      : text_(text), comment_(comment), diagnostics_(diagnostics), at_(comment.begin) {}

  AnnotatedDeclaration run() {
    out_.kind = comment_.kind;
    out_.name = comment_.name;
    skip_blanks();
    if (at_ < comment_.end && !at_command()) take_text("description", {at_, at_ + 1});
    while (at_ < comment_.end) at_command() ? command() : static_cast<void>(++at_);
    return std::move(out_);
  }

 private:
  void skip_blanks() {
    while (at_ < comment_.end && kBlanks.contains(text_[at_])) ++at_;
  }

  bool is_command(std::uint32_t at) const {
    return text_[at] == '@' && (at == comment_.begin || kBlanks.contains(text_[at - 1])) &&
           at + 1 < comment_.end && is_name(text_[at + 1]);
  }
  bool at_command() const { return is_command(at_); }

  void command() {
    const std::uint32_t begin = at_++;
    while (at_ < comment_.end && is_name(text_[at_])) ++at_;
    const diag::SourceRange range{begin, at_};
    const std::string_view name = text_.substr(begin + 1, at_ - begin - 1);
    const AnnotationRow* const row = annotation_row(name);
    if (row == nullptr) return unknown(name, range);
    if ((row->on & bit_of(comment_.kind)) == 0) {
      diagnostics_.error(diag::Kind::kWrongQualifier, range,
                         fmt::format("`@{}` does not go with {}", name,
                                     kKindNames[static_cast<std::size_t>(comment_.kind)]),
                         "write it right before what it is for");
    }
    skip_blanks();
    if (at_ >= comment_.end || at_command()) return no_value(*row, range);
    if (row->shape == ValueShape::kText) return take_text(name, range);
    const std::uint32_t value = at_;
    at_ = json_end(text_, at_, comment_.end);
    if (auto json = read_annotation_value(text_, value, at_, *row, diagnostics_))
      add(name, std::move(*json), range);
  }

  void unknown(std::string_view name, diag::SourceRange range) {
    std::vector<std::string_view> names;
    for (const AnnotationRow& row : annotation_rows()) names.push_back(row.name);
    diagnostics_.error(diag::Kind::kUnknownWord, range,
                       fmt::format("there is no annotation {}",
                                   diag::quote(text_.substr(range.begin, name.size() + 1))),
                       hint_among(name, names));
  }

  void no_value(const AnnotationRow& row, diag::SourceRange range) {
    if (row.shape == ValueShape::kText) return;  // ecc leaves such out, too
    diagnostics_.error(diag::Kind::kExpectedValue, range,
                       fmt::format("`@{}` has no value", row.name),
                       "write its value in JSON behind it");
  }

  // Up to an empty line or the next command; each line without the blanks around it.
  void take_text(std::string_view name, diag::SourceRange range) {
    std::string words;
    while (at_ < comment_.end && !at_command()) {
      if (text_[at_] == '\n') {
        while (words.ends_with(' ') || words.ends_with('\t')) words.pop_back();
        if (words.ends_with('\n')) break;
      }
      const bool indent = (text_[at_] == ' ' || text_[at_] == '\t') && words.ends_with('\n');
      if (!indent) words += text_[at_];
      ++at_;
    }
    while (!words.empty() && kBlanks.contains(words.back())) words.pop_back();
    add(name, json_text(words), range);
  }

  void add(std::string_view name, std::string json, diag::SourceRange range) {
    const bool many = annotation_row(name)->shape == ValueShape::kText;
    if (std::ranges::find(out_.annotations, name, &Annotation::name) == out_.annotations.end()) {
      out_.annotations.push_back(
          {.name = std::string(name), .json = std::move(json), .range = range});
    } else if (!many) {
      diagnostics_.error(diag::Kind::kUnknownWord, range, fmt::format("`@{}` is given twice", name),
                         "keep one of them");
    }
  }

  std::string_view text_;
  const Comment& comment_;
  diag::Diagnostics& diagnostics_;
  std::uint32_t at_;
  AnnotatedDeclaration out_;
};

}  // namespace
}  // namespace annotations

std::vector<AnnotatedDeclaration> read_annotations(std::string_view source,
                                                   diag::Diagnostics& diagnostics) {
  const SourceComments found = find_comments(source);
  std::vector<AnnotatedDeclaration> out;
  for (const Comment& comment : found.comments) {
    AnnotatedDeclaration declaration =
        annotations::CommentReader(found.text, comment, diagnostics).run();
    if (comment.kind != DeclarationKind::kOther && !declaration.annotations.empty())
      out.push_back(std::move(declaration));
  }
  return out;
}

}  // namespace weir::object
