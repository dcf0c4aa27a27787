#include "app/expression.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/suggest.h"
#include "os/names.h"
#include "os/text_file.h"

namespace weir::app {
namespace {

// Room for an expression at filter::Limits::max_text; the compiler names that limit itself.
constexpr std::size_t kMaxExpressionFile = std::size_t{8} << 20;
constexpr std::size_t kMaxListFile = std::size_t{256} << 20;

// Some editors begin a file with a byte order mark, which is no part of its text.
Result<std::string> read_without_mark(const std::string& path, std::size_t max_bytes) {
  constexpr std::string_view kMark = "\xef\xbb\xbf";
  Result<std::string> text = os::read_text(path, max_bytes);
  if (text && text->starts_with(kMark)) text->erase(0, kMark.size());
  return text;
}

constexpr std::array<std::string_view, 4> kStandardInput = {"-", "/dev/stdin", "/dev/fd/0",
                                                            "/proc/self/fd/0"};

}  // namespace

bool is_standard_input(std::string_view path) {
  return std::ranges::find(kStandardInput, path) != kStandardInput.end();
}

Result<std::string> ListFiles::load(const std::string& path) {
  if (is_standard_input(path) && !stdin_reader_.empty()) {
    return fail(fmt::format("standard input is read by `{}` already", stdin_reader_),
                "put the list into a file");
  }
  const auto known = texts_.find(path);
  if (known != texts_.end()) return known->second;
  Result<std::string> text = read_without_mark(path, kMaxListFile);
  if (text) texts_.emplace(path, *text);
  return text;
}

std::vector<std::string> ListFiles::paths() const {
  std::vector<std::string> paths;
  for (const auto& [path, text] : texts_) paths.push_back(path);
  return paths;
}

Result<std::string> read_expression(const std::string& path) {
  return read_without_mark(path, kMaxExpressionFile);
}

Expression::Expression(ExpressionOptions options)
    : options_(std::move(options)),
      names_(options_.names ? os::system_names() : nullptr),
      lists_(std::make_unique<ListFiles>(options_.stdin_reader)) {}

bool Expression::is_empty() const {
  return options_.text.find_first_not_of(" \t\r\n") == std::string::npos;
}

std::vector<std::string> Expression::files() const {
  std::vector<std::string> files = lists_->paths();
  if (options_.comments) files.push_back(options_.source);  // only a file has comments
  return files;
}

filter::Options Expression::compiler_options(LinkType link_type, std::endian capture_order) const {
  filter::Options out;
  out.link_type = link_type;
  out.snaplen = options_.snaplen;
  out.optimize = options_.optimize;
  out.strict = options_.strict;
  out.comments = options_.comments;
  out.live = options_.live;
  out.capture_order = capture_order;
  out.netmask = options_.netmask;
  out.names = names_.get();
  out.load_list = [lists = lists_.get()](const std::string& path) { return lists->load(path); };
  out.disabled_passes = options_.disabled_passes;
  return out;
}

Outcome<CompiledExpression> Expression::compile(LinkType link_type, std::endian capture_order,
                                                filter::PassObserver observer) const {
  filter::Options options = compiler_options(link_type, capture_order);
  options.observer = std::move(observer);
  return compile_with(options);
}

Outcome<CompiledExpression> Expression::compile_live(LinkType link_type) const {
  filter::Options options = compiler_options(link_type);
  options.live = true;
  return compile_with(options);
}

Outcome<CompiledExpression> Expression::compile_with(const filter::Options& options) const {
  diag::Diagnostics diagnostics;
  std::optional<ClassicProgram> program = filter::compile(options_.text, options, diagnostics);
  if (!program) return failure(remarks(std::move(diagnostics)));
  return CompiledExpression{.program = std::move(*program),
                            .remarks = remarks(std::move(diagnostics))};
}

Remarks Expression::remarks(diag::Diagnostics diagnostics) const {
  diagnostics.sort();
  return {.source_name = options_.source,
          .source_text = options_.text,
          .diagnostics = std::move(diagnostics)};
}

Result<> check_pass_name(const std::string& name) {
  std::vector<std::string_view> known;
  for (const filter::PassInfo& pass : filter::passes()) {
    if (pass.name == name) return {};
    known.push_back(pass.name);
  }
  const std::string_view meant = closest_word(name, known);
  return fail(fmt::format("no pass is called `{}`", name),
              meant.empty() ? "`weir compile --passes` lists them"
                            : fmt::format("did you mean `{}`?", meant),
              ErrorKind::kUsage);
}

}  // namespace weir::app
