#include "app/compile_program.h"

#include <utility>

#include "isa/convert.h"
#include "isa/extended_print.h"

namespace weir::app {
namespace {

constexpr std::int32_t kTcUnspec = -1, kTcShot = 2;
constexpr std::int32_t kXdpDrop = 1, kXdpPass = 2;

isa::ExtendedProgram returning(std::int32_t verdict) {
  return {isa::alu64(isa::AluOp::kMov, isa::kR0, verdict), isa::exit_program()};
}

filter::ExtendedOptions extended_options(const ProgramOptions& options) {
  const bool is_tc = options.hook == ProgramHook::kTc;
  filter::ExtendedOptions out{
      .context = is_tc ? filter::PacketContext::kTc : filter::PacketContext::kXdp,
      .on_match = returning(is_tc ? kTcUnspec : kXdpPass),
      .on_rest = returning(is_tc ? kTcShot : kXdpDrop)};
  if (options.on_match == MatchVerdict::kDrop) std::swap(out.on_match, out.on_rest);
  return out;
}

Outcome<CompiledProgram> convert(CompiledExpression compiled) {
  auto converted = isa::convert_classic(compiled.program);
  if (!converted) return failure(converted.error());
  return CompiledProgram{.program = std::move(converted->program),
                         .remarks = std::move(compiled.remarks)};
}

}  // namespace

Outcome<CompiledProgram> compile_program(ExpressionOptions options, const ProgramOptions& hook,
                                         const PassTrace& trace, TextSink& sink) {
  // XDP comes before the kernel takes VLAN tags off.
  options.live = hook.hook != ProgramHook::kXdp;
  if (hook.hook == ProgramHook::kSocket) {
    auto compiled = compile_expression(std::move(options), trace, sink);
    if (!compiled) return std::unexpected(std::move(compiled.error()));
    return convert(*std::move(compiled));
  }
  if (Result<> known = check_pass_names(options, trace); !known) return failure(known.error());
  const LinkType link_type = options.link_type;
  const Expression expression(std::move(options));
  filter::Options compiler_options = expression.compiler_options(link_type);
  compiler_options.observer = observer_for(trace, sink);
  diag::Diagnostics diagnostics;
  auto program = filter::compile_extended(expression.options().text, compiler_options,
                                          extended_options(hook), diagnostics);
  if (!program) return failure(expression.remarks(std::move(diagnostics)));
  return CompiledProgram{.program = *std::move(program),
                         .remarks = expression.remarks(std::move(diagnostics))};
}

std::string render_program(const isa::ExtendedProgram& program, isa::ExtendedStyle style) {
  return isa::format_extended_listing(program, style);
}

}  // namespace weir::app
