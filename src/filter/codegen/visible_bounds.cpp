#include "filter/codegen/visible_bounds.h"

#include <algorithm>
#include <bit>
#include <limits>

namespace weir::filter::codegen {
namespace {

using ir::Op;
using ir::Value;

constexpr std::uint32_t kAny = std::numeric_limits<std::uint32_t>::max();

constexpr std::uint32_t saturated(std::uint64_t value) {
  return static_cast<std::uint32_t>(std::min<std::uint64_t>(value, kAny));
}

// All bits up to the highest one.
constexpr std::uint32_t filled(std::uint32_t value) {
  return value == 0 ? 0 : kAny >> std::countl_zero(value);
}

using Bounds = ir::Vector<std::uint32_t>;

std::uint32_t bound_of(const ir::Function& f, const Value& v, const Bounds& bounds,
                       const Bounds& params) {
  const bool by_constant = f.is_const(v.b) && f.values[v.b].k < 32;
  switch (v.op) {
    case Op::kConst:
      return v.k;
    case Op::kParam:
      return params[v.k];
    case Op::kLoad:
      return ir::is_extension(v) ? kAny : kAny >> (32 - 8 * v.size);
    case Op::kAnd:
      return std::min(bounds[v.a], bounds[v.b]);
    case Op::kOr:
    case Op::kXor:
      return filled(bounds[v.a] | bounds[v.b]);
    case Op::kAdd:
      return saturated(std::uint64_t{bounds[v.a]} + bounds[v.b]);
    case Op::kShl:
      return by_constant ? saturated(std::uint64_t{bounds[v.a]} << f.values[v.b].k) : kAny;
    case Op::kShr:
      return by_constant ? bounds[v.a] >> f.values[v.b].k : kAny;
    default:
      return kAny;
  }
}

Bounds bounds_with(const ir::Function& f, const Bounds& params) {
  Bounds out(f.values.size(), kAny, f.memory);
  for (ir::ValueId id = 0; id < f.values.size(); ++id)
    out[id] = bound_of(f, f.values[id], out, params);
  return out;
}

}  // namespace

// Twice, for parameters are values of which nothing is known at first. A sum that may overflow is
// unbounded either way.
ir::Vector<std::uint32_t> visible_bounds(const ir::Function& f) {
  const Bounds first = bounds_with(f, Bounds(f.params.size(), kAny, f.memory));
  Bounds params(f.params.size(), 0, f.memory);
  for (const ir::Node& node : f.nodes) {
    if (node.kind == ir::NodeKind::kAssign)
      params[node.index] = std::max(params[node.index], first[node.lhs]);
  }
  return bounds_with(f, params);
}

}  // namespace weir::filter::codegen
