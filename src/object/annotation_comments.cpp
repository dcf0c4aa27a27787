// A scanner that knows of C only what keeps it from being misled: comments, literals, directives,
// brackets. Declarations are told apart by a few of their words.
#include "object/annotation_comments.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace weir::object {
namespace {

constexpr bool is_word(char c) {
  return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

struct Token {
  std::string_view text;
  int depth = 0;  // of brackets of any kind around it; brackets count as outside
};

bool is_documentation(std::string_view comment) {
  if (comment.starts_with("////") || comment.starts_with("/***") || comment.starts_with("/**/"))
    return false;
  return comment.starts_with("///") || comment.starts_with("//!") || comment.starts_with("/**") ||
         comment.starts_with("/*!");
}

// Words before the name's initializer, attributes and sizes: the last one outside of brackets.
std::string name_of_variable(const std::vector<Token>& tokens) {
  std::string name;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const Token& token = tokens[i];
    if (token.depth != 0) continue;
    if (token.text == "=" || token.text == "[" || token.text == ",") break;
    const bool called = i + 1 < tokens.size() && tokens[i + 1].text == "(";
    if (is_word(token.text.front()) && !called) name = token.text;
  }
  return name;
}

// The word before the parameters; of libbpf's macros (`int BPF_PROG(name, ...)`) the first in them.
std::optional<std::string> name_of_function(const std::vector<Token>& tokens) {
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
    const Token& token = tokens[i];
    if (token.depth != 0 || tokens[i + 1].text != "(" || !is_word(token.text.front())) continue;
    if (token.text == "SEC" || token.text == "__attribute__") continue;
    const bool macro = token.text.starts_with("BPF_") && i + 2 < tokens.size();
    return std::string(macro ? tokens[i + 2].text : token.text);
  }
  return std::nullopt;
}

bool is_map(const std::vector<Token>& tokens) {
  for (std::size_t i = 0; i + 2 < tokens.size(); ++i) {
    if (tokens[i].text != "SEC" || tokens[i].depth != 0) continue;
    if (tokens[i + 2].text == "\".maps\"" || tokens[i + 2].text == "\"maps\"") return true;
  }
  return false;
}

// `typedef ...`, `struct x {...} attributes` and `struct x`; REQUIRES: no function's body.
bool is_type(const std::vector<Token>& tokens) {
  const std::string_view first = tokens.front().text;
  if (first == "typedef") return true;
  if (first != "struct" && first != "union" && first != "enum") return false;
  return tokens.back().text == "}" ||
         (tokens.size() > 1 && name_of_variable(tokens) == tokens[1].text);
}

class Scanner {
 public:
  explicit Scanner(std::string_view source) : source_(source) {
    out_.text.assign(source.size(), ' ');
    for (std::size_t i = 0; i < source.size(); ++i)
      if (source[i] == '\n') out_.text[i] = '\n';
  }

  SourceComments run() {
    while (at_ < source_.size()) step();
    pending_.reset();
    return std::move(out_);
  }

 private:
  std::string_view rest() const { return source_.substr(at_); }

  void step() {
    const char c = source_[at_];
    if (c == '\n') fresh_line_ = true;
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
      ++at_;
      return;
    }
    if (rest().starts_with("//") || rest().starts_with("/*")) return comment();
    if (c == '#' && fresh_line_) return directive();
    fresh_line_ = false;
    if (c == '"' || c == '\'') return literal(c);
    if (is_word(c)) return word();
    punctuation(c);
  }

  void comment() {
    const bool line = source_[at_ + 1] == '/';
    std::size_t end = source_.find(line ? "\n" : "*/", at_ + 2);
    const std::size_t inner_end = std::min(end, source_.size());
    end = line || end == source_.npos ? inner_end : end + 2;
    const bool documents =
        is_documentation(source_.substr(at_, end - at_)) && depth_ == 0 && tokens_.empty();
    if (documents) keep(at_ + 3, inner_end, line);
    at_ = end;
  }

  // Without the `*` at the start of the lines of a block. Comments in a row are one.
  void keep(std::size_t begin, std::size_t end, bool line) {
    bool at_start = false;
    for (std::size_t i = begin; i < end; ++i) {
      const char c = source_[i];
      const bool mark = !line && at_start && c == '*';
      if (c == '\n') at_start = true;
      if (c != ' ' && c != '\t' && c != '\n') at_start = false;
      if (!mark && c != '\r') out_.text[i] = c;
    }
    if (!pending_) {
      pending_ = out_.comments.size();
      out_.comments.emplace_back().begin = static_cast<std::uint32_t>(begin);
    }
    out_.comments[*pending_].end = static_cast<std::uint32_t>(end);
  }

  // A comment before a directive stands on nothing.
  void directive() {
    while (at_ < source_.size() && source_[at_] != '\n') at_ += source_[at_] == '\\' ? 2 : 1;
    if (tokens_.empty()) pending_.reset();
  }

  void literal(char quote) {
    const std::size_t begin = at_++;
    while (at_ < source_.size() && source_[at_] != quote && source_[at_] != '\n')
      at_ += source_[at_] == '\\' ? 2 : 1;
    at_ = std::min(at_ + 1, source_.size());
    tokens_.push_back({source_.substr(begin, at_ - begin), depth_});
  }

  void word() {
    const std::size_t begin = at_;
    while (at_ < source_.size() && is_word(source_[at_])) ++at_;
    tokens_.push_back({source_.substr(begin, at_ - begin), depth_});
  }

  void punctuation(char c) {
    const bool closes = c == ')' || c == '}' || c == ']';
    if (closes && depth_ > 0) --depth_;
    const std::string_view text = source_.substr(at_++, 1);
    if (c == ';' && depth_ == 0) return declared();
    const bool is_body = c == '{' && depth_ == 0 && !tokens_.empty() && tokens_.back().text == ")";
    if (is_body) in_body_ = true;
    tokens_.push_back({text, depth_});
    if (c == '(' || c == '{' || c == '[') ++depth_;
    if (c == '}' && depth_ == 0 && in_body_) declared();
  }

  void declared() {
    if (pending_ && !tokens_.empty()) classify(out_.comments[*pending_]);
    pending_.reset();
    tokens_.clear();
    in_body_ = false;
  }

  void classify(Comment& comment) const {
    if (!in_body_ && is_type(tokens_)) return;
    if (is_map(tokens_)) {
      comment.kind = DeclarationKind::kMap;
    } else if (const auto function = name_of_function(tokens_)) {
      comment.kind = DeclarationKind::kFunction;
      comment.name = *function;
      return;
    } else {
      comment.kind = DeclarationKind::kVariable;
    }
    comment.name = name_of_variable(tokens_);
    if (comment.name == "LICENSE") comment.kind = DeclarationKind::kLicense;
    if (comment.name.empty()) comment.kind = DeclarationKind::kOther;
  }

  std::string_view source_;
  SourceComments out_;
  std::vector<Token> tokens_;           // of the declaration that is being read
  std::optional<std::size_t> pending_;  // the comment that waits for it
  std::size_t at_ = 0;
  int depth_ = 0;
  bool in_body_ = false;
  bool fresh_line_ = true;
};

}  // namespace

SourceComments find_comments(std::string_view source) { return Scanner(source).run(); }

}  // namespace weir::object
