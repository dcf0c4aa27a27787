#include "filter/compile.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <utility>
#include <vector>

#include "base/arena.h"
#include "base/check.h"
#include "diag/diagnostic.h"
#include "filter/ast.h"
#include "filter/codegen/classic.h"
#include "filter/codegen/extended.h"
#include "filter/contradiction.h"
#include "filter/ir/text.h"
#include "filter/ir/verify.h"
#include "filter/lists.h"
#include "filter/lower/lower.h"
#include "filter/opt/pass.h"
#include "filter/resolved.h"
#include "filter/token.h"
#include "isa/classic.h"
#include "isa/classic_print.h"
#include "isa/extended_print.h"

namespace weir::filter {
namespace {

using diag::Diagnostics;
using diag::SourceRange;

constexpr std::size_t kArenaBytes = 64 << 10;

// Tells the observer of each stage, when there is one.
class Watch {
 public:
  explicit Watch(const PassObserver& observer) : observer_(observer) { restart(); }

  template <typename Print>
  void stage(std::string_view name, Print print) {
    if (!observer_) return;
    const auto elapsed = std::chrono::steady_clock::now() - start_;
    observer_(name, std::chrono::duration_cast<std::chrono::nanoseconds>(elapsed).count(), print);
    restart();
  }

 private:
  void restart() {
    if (observer_) start_ = std::chrono::steady_clock::now();
  }

  const PassObserver& observer_;
  std::chrono::steady_clock::time_point start_;
};

bool is_enabled(const Options& options, std::string_view pass) {
  return std::ranges::find(options.disabled_passes, pass) == options.disabled_passes.end();
}

void verify(const ir::Function& f, const Options& options) {
  if (options.verify_passes) WEIR_CHECK(ir::verify(f).empty());
}

enum class Target : std::uint8_t { kClassic, kExtended };

void optimize(ir::Function& f, const Options& options, Target target, Watch& watch) {
  bool changed = false;
  for (const opt::Pass& pass : opt::passes()) {
    if (!is_enabled(options, pass.name)) continue;
    if (pass.for_classic && target != Target::kClassic) continue;
    if (!pass.only_after_change || changed) changed |= pass.run(f);
    verify(f, options);
    watch.stage(pass.name, [&f] { return ir::print(f); });
  }
}

SourceRange whole(std::string_view text) { return {0, static_cast<std::uint32_t>(text.size())}; }

bool fits(const ClassicProgram& program, const Options& options, std::string_view text,
          Diagnostics& diagnostics) {
  if (program.size() > options.limits.max_code) {
    diagnostics.error(diag::Kind::kCodeSize, whole(text),
                      fmt::format("the code would be {} instructions long; the limit is {}",
                                  program.size(), options.limits.max_code),
                      "split the expression, or put long lists into fewer, wider networks");
    return false;
  }
  if (options.live && program.size() > isa::kKernelMaxInstructions) {
    diagnostics.error(
        diag::Kind::kCodeSize, whole(text),
        fmt::format("the code is {} instructions long; the kernel takes at most {}", program.size(),
                    isa::kKernelMaxInstructions),
        "filter less in the kernel: capture with a wider expression and filter the file again");
    return false;
  }
  return true;
}

std::string print_code(const ClassicProgram& program) { return isa::format_listing(program); }

// Enough for common filters; longer ones take more from the heap.
struct CompilerMemory {
  alignas(Arena::kAlignment) std::array<std::byte, kArenaBytes> first_block;
  Arena arena{first_block};
};

// All that comes before code.
std::optional<ir::Function> make_function(std::string_view text, const Options& options,
                                          Target target, CompilerMemory& memory, Watch& watch,
                                          Diagnostics& diagnostics) {
  const TokenList tokens = lex(text, options, diagnostics);
  watch.stage("tokens", [&] { return print_tokens(tokens, text); });
  const Ast ast = parse(tokens, text, options, diagnostics);
  watch.stage("ast", [&] { return print_ast(ast, text); });
  Resolved resolved = resolve(ast, text, options, diagnostics);
  if (diagnostics.has_errors()) return std::nullopt;
  watch.stage("resolve", [&] { return print_resolved(resolved); });
  if (options.optimize && is_enabled(options, "lists")) {
    resolved = merge_lists(std::move(resolved));
    watch.stage("lists", [&] { return print_resolved(resolved); });
  }
  auto f = lower::lower(resolved, options, &memory.arena, diagnostics);
  if (!f) return std::nullopt;
  verify(*f, options);
  watch.stage("lower", [&] { return ir::print(*f); });
  if (!options.optimize) return f;
  optimize(*f, options, target, watch);
  if (f->root == ir::kRejectNode && !resolved.empty()) {
    explain_contradiction(resolved, text, options, diagnostics);
    return std::nullopt;
  }
  return f;
}

void refuse(codegen::ExtendedRefusal refusal, std::string_view text, Diagnostics& diagnostics) {
  switch (refusal) {
    case codegen::ExtendedRefusal::kLoop:
      diagnostics.error(diag::Kind::kTooComplex, whole(text),
                        "`protochain` walks headers in a loop without a bound, which the kernel "
                        "takes in no program",
                        "name the headers that may stand between, or filter in user space");
      return;
    case codegen::ExtendedRefusal::kTooComplex:
      diagnostics.error(diag::Kind::kTooComplex, whole(text),
                        "the expression keeps more values alive at once than there are registers",
                        "nest less arithmetic, or fewer encapsulations");
      return;
    case codegen::ExtendedRefusal::kTooLong:
      diagnostics.error(diag::Kind::kCodeSize, whole(text),
                        "the code would have jumps of more than 32,767 instructions",
                        "split the expression, or put long lists into fewer, wider networks");
      return;
  }
}

}  // namespace

std::optional<ClassicProgram> compile(std::string_view text, const Options& options,
                                      Diagnostics& diagnostics) {
  Watch watch(options.observer);
  CompilerMemory memory;
  const auto f = make_function(text, options, Target::kClassic, memory, watch, diagnostics);
  if (!f) return std::nullopt;
  auto program =
      codegen::generate_classic(*f, {.snaplen = options.snaplen, .optimize = options.optimize});
  if (!program) {
    diagnostics.error(diag::Kind::kTooComplex, whole(text),
                      "the expression keeps more than 16 values alive at once",
                      "nest less arithmetic, or fewer encapsulations");
    return std::nullopt;
  }
  watch.stage("classic", [&] { return print_code(*program); });
  if (!fits(*program, options, text, diagnostics)) return std::nullopt;
  return program;
}

std::optional<isa::ExtendedProgram> compile_extended(std::string_view text, const Options& options,
                                                     const ExtendedOptions& extended,
                                                     Diagnostics& diagnostics) {
  Watch watch(options.observer);
  CompilerMemory memory;
  const auto f = make_function(text, options, Target::kExtended, memory, watch, diagnostics);
  if (!f) return std::nullopt;
  auto program = codegen::generate_extended(*f, extended);
  if (!program) {
    refuse(program.error(), text, diagnostics);
    return std::nullopt;
  }
  watch.stage("extended", [&] { return isa::format_extended_listing(*program); });
  return *std::move(program);
}

std::span<const PassInfo> passes() {
  static const std::vector<PassInfo> kAll = [] {
    std::vector<PassInfo> list{
        {"tokens", "the words of the expression"},
        {"ast", "what was written, as a tree"},
        {"resolve", "the tree with every name a number"},
        {"lists", "merge runs of alternatives into lists"},
        {"lower", "the decision graph for the link type"},
    };
    for (const opt::Pass& pass : opt::passes()) list.push_back({pass.name, pass.description});
    list.push_back({"classic", "classic BPF"});
    list.push_back({"extended", "extended BPF, where that is asked for"});
    return list;
  }();
  return kAll;
}

}  // namespace weir::filter
