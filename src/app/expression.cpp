#include "app/expression.h"

#include <fmt/format.h>

#include <utility>

#include "base/suggest.h"
#include "os/names.h"
#include "os/text_file.h"

namespace weir::app {
namespace {

// Room for an expression at filter::Limits::max_text; the compiler names that limit itself.
constexpr std::size_t kMaxExpressionFile = std::size_t{8} << 20;
constexpr std::size_t kMaxListFile = std::size_t{256} << 20;

std::optional<std::string> load_list(const std::string& path, std::string& error) {
  Result<std::string> text = os::read_text(path, kMaxListFile);
  if (text) return std::move(*text);
  error = text.error().message;
  return std::nullopt;
}

}  // namespace

Result<std::string> read_expression(const std::string& path) {
  return os::read_text(path, kMaxExpressionFile);
}

Expression::Expression(ExpressionOptions options)
    : options_(std::move(options)), names_(options_.names ? os::system_names() : nullptr) {}

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
  out.load_list = load_list;
  out.disabled_passes = options_.disabled_passes;
  return out;
}

Outcome<CompiledExpression> Expression::compile(LinkType link_type, std::endian capture_order,
                                                filter::PassObserver observer) const {
  filter::Options options = compiler_options(link_type, capture_order);
  options.observer = std::move(observer);
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
