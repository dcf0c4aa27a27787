#include "filter/opt/prefixes.h"

#include <algorithm>
#include <optional>

#include "filter/opt/rebuild.h"

namespace weir::filter::opt {
namespace {

using ir::Case;
using ir::Function;
using ir::Node;
using ir::NodeId;
using ir::NodeKind;
using ir::Value;
using ir::ValueId;

struct Prefix {
  ValueId value = ir::kNone;
  Case interval;
};

// What the test asks for, when that is all values with some first bits.
std::optional<Prefix> prefix_of(const Function& f, const Node& n) {
  if (n.kind != NodeKind::kTest || n.compare != ir::Compare::kEq || !f.is_const(n.rhs)) {
    return std::nullopt;
  }
  const Value& masked = f.values[n.lhs];
  if (masked.op != ir::Op::kAnd || !f.is_const(masked.b)) return std::nullopt;
  const std::uint32_t rest = f.values[masked.a].bits & ~f.values[masked.b].k;
  if ((rest & (rest + 1)) != 0) return std::nullopt;
  const std::uint32_t k = f.values[n.rhs].k;
  return Prefix{masked.a, {k, k | rest, n.on_true}};
}

}  // namespace

bool prefixes(Function& f) {
  const auto asks_for_prefix = [&](const Node& n) { return prefix_of(f, n).has_value(); };
  if (std::ranges::none_of(f.nodes, asks_for_prefix)) return false;
  // A masked value that several nodes ask for is computed once for all of them.
  ir::Vector<std::uint8_t> asked(f.values.size(), 0, f.memory);
  for (const Node& n : f.nodes) {
    if (n.lhs != ir::kNone && asked[n.lhs] < 2) ++asked[n.lhs];
  }
  bool changed = false;
  for (Node& n : f.nodes) {
    const auto prefix = prefix_of(f, n);
    if (!prefix || asked[n.lhs] > 1) continue;
    n.kind = NodeKind::kSwitch;
    n.lhs = prefix->value;
    n.rhs = n.on_true = ir::kNone;
    n.index = static_cast<std::uint32_t>(f.cases.size());
    n.count = 1;
    f.cases.push_back(prefix->interval);
    changed = true;
  }
  if (changed) rebuild(f);
  return changed;
}

}  // namespace weir::filter::opt
