#include "app/live_filter.h"

#include <algorithm>
#include <utility>

#include "app/cooked_code.h"
#include "capture/link_types.h"
#include "isa/classic.h"
#include "isa/classic_extension.h"

namespace weir::app {
namespace {

using isa::branch;
using isa::stmt;

constexpr std::uint32_t kOutgoing = 4;  // what the kernel answers for PACKET_OUTGOING

constexpr ClassicInsn load(isa::Extension extension) {
  return stmt(isa::kLdbAbs, isa::extension_k(extension));
}

// Rejects packets before the expression sees them; falls through otherwise.
ClassicProgram direction_code(const LiveFilterRequest& request) {
  using enum isa::Extension;
  ClassicProgram out;
  const ClassicInsn reject = stmt(isa::kRetK, 0);
  if (request.directions == Directions::kIn || request.only_loopback) {
    out = {load(kPacketType), branch(isa::kJeqK, kOutgoing, 0, 1), reject};
  } else if (request.loopback_index != 0) {
    out = {load(kPacketType), branch(isa::kJeqK, kOutgoing, 0, 3), load(kInterfaceIndex),
           branch(isa::kJeqK, request.loopback_index, 0, 1), reject};
  }
  // CAN interfaces hand back what they send, too.
  if (request.loopback_index != 0 && request.directions == Directions::kBoth) {
    out.insert(out.end(),
               {load(kPacketType), branch(isa::kJeqK, kOutgoing, 0, 3), load(kHardwareType),
                branch(isa::kJeqK, capture::kCanHardware, 0, 1), reject});
  }
  if (request.directions == Directions::kOut) {
    out.insert(out.end(), {load(kPacketType), branch(isa::kJeqK, kOutgoing, 1, 0), reject});
  }
  return out;
}

ClassicProgram joined(ClassicProgram first, const ClassicProgram& second) {
  // The expression's code may count on a cleared A, as every program starts with.
  if (!first.empty()) first.push_back(stmt(isa::kLdImm, 0));
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

bool is_too_long(const Failure& failure) {
  const auto& all = failure.remarks.diagnostics.all();
  return std::ranges::any_of(all, [](const diag::Diagnostic& diagnostic) {
    return diagnostic.kind == diag::Kind::kCodeSize;
  });
}

Outcome<CompiledExpression> compile_for_kernel(const Expression& expression,
                                               const LiveFilterRequest& request) {
  if (!request.cooked) return expression.compile_live(request.link_type);
  return expression.compile(request.link_type);
}

}  // namespace

Outcome<LiveFilter> make_live_filter(const Expression& expression,
                                     const LiveFilterRequest& request) {
  const ClassicProgram directions = direction_code(request);
  const ClassicProgram all = {stmt(isa::kRetK, expression.options().snaplen)};
  LiveFilter out;
  out.kernel_fallback = out.kernel = joined(directions, all);
  if (expression.is_empty()) return out;
  Outcome<CompiledExpression> compiled = compile_for_kernel(expression, request);
  if (!compiled && is_too_long(compiled.error())) {
    out.kernel_cannot = "its code is longer than the kernel's limit";
    return out;
  }
  if (!compiled) return std::unexpected(std::move(compiled.error()));
  out.remarks = std::move(compiled->remarks);
  std::optional<ClassicProgram> code =
      request.cooked ? code_for_cooked_socket(compiled->program, request.link_type)
                     : std::move(compiled->program);
  if (!code) {
    out.kernel_cannot = "it reads a header that packets get only in user space";
    return out;
  }
  out.kernel = joined(directions, *code);
  if (out.kernel.size() > isa::kKernelMaxInstructions)
    out.kernel_cannot = "its code is longer than the kernel's limit";
  return out;
}

}  // namespace weir::app
