#include "filter/opt/frequency.h"

#include <algorithm>
#include <array>
#include <bit>

namespace weir::filter::opt {
namespace {

using ir::Compare;
using ir::Function;
using ir::Node;
using ir::NodeId;
using ir::NodeKind;
using ir::ValueId;

constexpr float kRare = 0.05F;

struct Known {
  std::uint32_t value;
  float chance;
};

// EtherTypes and IP protocols, as they are on most links. IPv6 is asked for when it is not IPv4.
constexpr auto kKnown = std::to_array<Known>(
    {{0x0800, 0.75F}, {0x86dd, 0.5F}, {6, 0.6F}, {17, 0.3F}, {1, kRare}, {0x0806, kRare}});

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
    const auto* const known = std::ranges::find(kKnown, lo, &Known::value);
    return known == kKnown.end() ? kRare : known->chance;
  }
  const float all = static_cast<float>(bits) + 1.0F;
  return std::max(kRare, (static_cast<float>(std::min(hi, bits)) - static_cast<float>(lo)) / all);
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
