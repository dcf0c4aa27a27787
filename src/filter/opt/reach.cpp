#include "filter/opt/reach.h"

#include <algorithm>

namespace weir::filter::opt {

using ir::Function;
using ir::kNone;
using ir::Node;
using ir::NodeId;
using ir::NodeKind;
using ir::Value;
using ir::ValueId;

Reach::Reach(const Function& f)
    : extents_(f.values.size(), f.memory),
      known_(f.nodes.size(), kEverything, f.memory),
      needed_(f.nodes.size(), kEverything, f.memory) {
  find_extents(f);
  needed_[ir::kAcceptNode] = 0;
  for (NodeId id = ir::kAcceptNode + 1; id < f.nodes.size(); ++id) {
    std::uint32_t least = kEverything;
    ir::for_each_successor(f, f.nodes[id],
                           [&](NodeId next) { least = std::min(least, needed_[next]); });
    needed_[id] = std::max(least, own_end(f, f.nodes[id]));
  }
  known_[f.root] = 0;
  for (NodeId id = f.root; id > ir::kAcceptNode; --id) {
    if (known_[id] == kEverything) continue;  // unreachable
    const std::uint32_t after = std::max(known_[id], own_end(f, f.nodes[id]));
    ir::for_each_successor(f, f.nodes[id],
                           [&](NodeId next) { known_[next] = std::min(known_[next], after); });
  }
}

void Reach::find_extents(const Function& f) {
  for (ValueId id = 0; id < f.values.size(); ++id) {
    const Value& v = f.values[id];
    Extent& extent = extents_[id];
    for (const ValueId operand : {v.a, v.b}) {
      if (operand == kNone) continue;
      extent.end = std::max(extent.end, extents_[operand].end);
      extent.only_absolute = extent.only_absolute && extents_[operand].only_absolute;
    }
    if (ir::is_absolute_load(v)) {
      extent.end = v.k + v.size;
    } else if (v.op == ir::Op::kLoad) {
      extent.only_absolute = extent.only_absolute && ir::is_extension(v);
    } else if ((v.op == ir::Op::kDiv || v.op == ir::Op::kMod) && !f.is_const(v.b)) {
      extent.only_absolute = false;
    }
  }
}

std::uint32_t Reach::own_end(const Function& f, const Node& node) const {
  std::uint32_t end = 0;
  ir::for_each_operand(node, [&](ValueId v) { end = std::max(end, extents_[v].end); });
  if (node.kind == NodeKind::kChain) end = f.chains[node.index].network + 1;
  return end;
}

}  // namespace weir::filter::opt
