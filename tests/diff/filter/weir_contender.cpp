// One compile() for each mode; the first error stands for all.
#include "diff/filter/weir_contender.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "diag/diagnostic.h"
#include "diff/libpcap_oracle.h"
#include "filter/compile.h"
#include "os/names.h"
#include "vm/classic_interpreter.h"

namespace weir::difftest {
namespace {

const diag::Diagnostic* first_error(const diag::Diagnostics& diagnostics) {
  const auto error =
      std::ranges::find(diagnostics.all(), diag::Severity::kError, &diag::Diagnostic::severity);
  return error == diagnostics.all().end() ? nullptr : &*error;
}

constexpr std::uint64_t kBudget = 1u << 16;

std::uint32_t run_in_vm(std::span<const ClassicInsn> code, std::span<const std::byte> packet,
                        std::uint32_t wire_length) {
  const vm::ClassicInput input{.bytes = packet, .wire_length = wire_length};
  return vm::run_classic(code, input, {.budget = kBudget, .trace = {}}).verdict;
}

// weir's interpreter comes first: it ends where libpcap's would run for ever.
std::vector<Interpreter> interpreters() {
  return {{.name = "weir's interpreter", .run = run_in_vm},
          {.name = "bpf_filter", .run = libpcap_run}};
}

Contender contender(std::string name, WeirMode mode) {
  return {.name = std::move(name),
          .compile = [mode](const Query& query) { return weir_compile(query, mode); },
          .interpreters = interpreters()};
}

filter::Options options_for(const Query& query) {
  static const std::unique_ptr<Names> kNames = os::system_names();
  filter::Options options;
  options.names = kNames.get();
  options.link_type = query.link_type;
  options.snaplen = query.snaplen;
  options.netmask = query.netmask;
  options.strict = true;
  return options;
}

Compiled refusal(const diag::Diagnostics& diagnostics) {
  const diag::Diagnostic* error = first_error(diagnostics);
  if (error == nullptr) return {.code = std::nullopt, .error = "no code and no error"};
  if (error->kind != diag::Kind::kNeverMatches)
    return {.code = std::nullopt, .error = error->message};
  return {.code = kRejectAll, .error = error->message, .never_matches = true};
}

Compiled compile(const Query& query, const filter::Options& options) {
  diag::Diagnostics diagnostics;
  auto code = filter::compile(query.expression, options, diagnostics);
  return code ? Compiled{.code = std::move(code), .error = {}} : refusal(diagnostics);
}

}  // namespace

Compiled weir_compile(const Query& query, WeirMode mode, Language language) {
  filter::Options options = options_for(query);
  options.optimize = mode == WeirMode::kOptimised;
  options.strict = language == Language::kStrict;
  return compile(query, options);
}

Compiled weir_compile_live(const Query& query) {
  filter::Options options = options_for(query);
  options.live = true;
  return compile(query, options);
}

CompiledExtended weir_compile_extended(const Query& query, filter::PacketContext context) {
  const auto returning = [](std::int32_t verdict) {
    return isa::ExtendedProgram{isa::alu64(isa::AluOp::kMov, isa::kR0, verdict),
                                isa::exit_program()};
  };
  diag::Diagnostics diagnostics;
  auto code = filter::compile_extended(
      query.expression, options_for(query),
      {.context = context, .on_match = returning(1), .on_rest = returning(0)}, diagnostics);
  return {.code = std::move(code), .error = refusal(diagnostics).error};
}

std::vector<Contender> weir_contenders() {
  return {contender("weir unoptimised", WeirMode::kUnoptimised),
          contender("weir optimised", WeirMode::kOptimised)};
}

}  // namespace weir::difftest
