#include "filter/opt/frequency.h"

#include <algorithm>
#include <bit>

#include "filter/ir/likely.h"

namespace weir::filter::opt {
namespace {

using ir::Compare;
using ir::Function;
using ir::Node;
using ir::NodeId;
using ir::NodeKind;
using ir::ValueId;

float chance_of_test(const Function& f, const Node& n) {
  if (!f.is_const(n.rhs)) return 0.5F;
  const std::uint32_t k = f.values[n.rhs].k;
  switch (n.compare) {
    case Compare::kEq:
      return Frequency::chance(f, n.lhs, k, k);
    case Compare::kGt:
    case Compare::kGe:
      return 0.5F;
    case Compare::kSet:
      return 0.1F;
  }
  return 0.5F;
}

}  // namespace

float Frequency::chance(const Function& f, ValueId value, std::uint32_t lo, std::uint32_t hi) {
  const std::uint32_t bits = f.values[value].bits;
  if (lo == hi) {
    // One value of a bit or two is as likely as the next.
    if (std::popcount(bits) <= 2) return 1.0F / static_cast<float>(1 << std::popcount(bits));
    return ir::chance_of(lo);
  }
  const float all = static_cast<float>(bits) + 1.0F;
  return std::max(ir::kRare,
                  (static_cast<float>(std::min(hi, bits)) - static_cast<float>(lo)) / all);
}

Frequency::Frequency(const Function& f) : reached_(f.nodes.size(), 0.0F, f.memory) {
  reached_[f.root] = 1.0F;
  for (NodeId id = f.root; id > ir::kAcceptNode; --id) {
    const float here = reached_[id];
    if (here == 0.0F) continue;
    const Node& n = f.nodes[id];
    switch (n.kind) {
      case NodeKind::kTest: {
        const float taken = here * chance_of_test(f, n);
        reached_[n.on_true] += taken;
        reached_[n.on_false] += here - taken;
        break;
      }
      case NodeKind::kSwitch: {
        float left = here;
        for (const ir::Case& c : f.cases_of(n)) {
          const float taken = std::min(left, here * chance(f, n.lhs, c.lo, c.hi));
          reached_[c.target] += taken;
          left -= taken;
        }
        reached_[n.on_false] += left;
        break;
      }
      case NodeKind::kGuard:
      case NodeKind::kAssign:
        reached_[n.on_true] += here;
        break;
      case NodeKind::kChain:
        reached_[n.on_true] += here / 2;
        reached_[n.on_false] += here / 2;
        break;
      case NodeKind::kReject:
      case NodeKind::kAccept:
        break;
    }
  }
}

}  // namespace weir::filter::opt
