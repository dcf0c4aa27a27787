#include "app/compile.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "isa/classic_check.h"
#include "isa/classic_print.h"
#include "isa/classic_read.h"
#include "os/text_file.h"

namespace weir::app {
namespace {

bool wants(const PassTrace& trace, std::string_view pass) {
  return std::ranges::any_of(
      trace.print_after, [&](const std::string& name) { return name == "all" || name == pass; });
}

std::string (*printer(CodeStyle style))(std::span<const ClassicInsn>) {
  switch (style) {
    case CodeStyle::kListing:
      return isa::format_listing;
    case CodeStyle::kC:
      return isa::format_c;
    case CodeStyle::kDecimal:
      return isa::format_decimal;
    case CodeStyle::kJson:
      return isa::format_json;
  }
  return isa::format_listing;
}

}  // namespace

filter::PassObserver observer_for(const PassTrace& trace, TextSink& sink) {
  if (trace.print_after.empty() && !trace.time_passes) return {};
  return [&trace, &sink](std::string_view pass, std::int64_t nanoseconds,
                         const std::function<std::string()>& print) {
    if (trace.time_passes) {
      sink.write(
          fmt::format("{:>10.3f} us  {}\n", static_cast<double>(nanoseconds) / 1000.0, pass));
    }
    if (wants(trace, pass)) sink.write(fmt::format("after {}:\n{}\n", pass, print()));
  };
}

Result<> check_pass_names(const ExpressionOptions& options, const PassTrace& trace) {
  for (const std::string& name : options.disabled_passes) {
    if (Result<> known = check_pass_name(name); !known) return known;
  }
  for (const std::string& name : trace.print_after) {
    if (name == "all") continue;
    if (Result<> known = check_pass_name(name); !known) return known;
  }
  return {};
}

Outcome<CompiledExpression> compile_expression(ExpressionOptions options, const PassTrace& trace,
                                               TextSink& sink) {
  if (Result<> known = check_pass_names(options, trace); !known) return failure(known.error());
  const LinkType link_type = options.link_type;
  const Expression expression(std::move(options));
  return expression.compile(link_type, std::endian::native, observer_for(trace, sink));
}

Result<std::string> read_code_file(const std::string& path) {
  return os::read_text(path, isa::kMaxCodeText);
}

Outcome<ReadCode> read_code(std::string text, const std::string& path) {
  Remarks remarks{.source_name = std::string(name_of_file(path)),
                  .source_text = std::move(text),
                  .diagnostics = {}};
  std::optional<isa::ClassicText> code =
      isa::read_classic(remarks.source_text, remarks.diagnostics);
  if (!code) return failure(std::move(remarks));
  isa::report(isa::check_classic(code->program, isa::ClassicRules::kKernel), code->ranges,
              remarks.diagnostics);
  return ReadCode{.program = std::move(code->program), .faults = std::move(remarks)};
}

std::string render_code(const ClassicProgram& program, CodeStyle style) {
  return printer(style)(program);
}

std::string render_code_json(const ClassicProgram& program, const ExpressionOptions& options) {
  nlohmann::ordered_json out;
  out["expression"] = options.text;
  out["link_type"] = link_type_text(options.link_type);
  out["snaplen"] = options.snaplen;
  out["instructions"] = nlohmann::ordered_json::parse(isa::format_json(program));
  return out.dump(2) + "\n";
}

std::string render_passes() {
  std::string out;
  for (const filter::PassInfo& pass : filter::passes())
    out += fmt::format("{:<20} {}\n", pass.name, pass.description);
  return out;
}

std::vector<std::string_view> pass_names() {
  std::vector<std::string_view> out;
  for (const filter::PassInfo& pass : filter::passes()) out.push_back(pass.name);
  return out;
}

std::vector<Error> kernel_faults(const ClassicProgram& program) {
  std::vector<Error> out;
  for (const isa::ClassicFault& fault : isa::check_classic(program, isa::ClassicRules::kKernel)) {
    out.push_back({.message = "the kernel refuses the code: " + isa::describe(fault),
                   .hint = isa::hint(fault),
                   .offset = {}});
  }
  return out;
}

}  // namespace weir::app
