#include "filter/codegen/param_homes.h"

#include <algorithm>
#include <array>

namespace weir::filter::codegen {
namespace {

// Most functions have one, for the length of an IP header, or two.
constexpr auto kHomes = std::to_array<isa::Register>({isa::kR7, isa::kR8});

}  // namespace

ParamHomes::ParamHomes(const ir::Function& f)
    : homes_(f.params.size(), f.memory), reads_(f.values.size(), 0, f.memory) {
  find_reads(f);
  find_unset(f);
  for (const ir::Node& node : f.nodes) {
    if (node.kind != ir::NodeKind::kAssign) continue;
    if (!homes_[node.index] && used_ < kHomes.size()) homes_[node.index] = kHomes[used_++];
  }
}

bool ParamHomes::is_home(isa::Register r) const {
  return std::ranges::find(kHomes.begin(), kHomes.begin() + used_, r) != kHomes.begin() + used_;
}

void ParamHomes::find_reads(const ir::Function& f) {
  for (ir::ValueId id = 0; id < f.values.size(); ++id) {
    const ir::Value& v = f.values[id];
    if (v.op == ir::Op::kParam) reads_[id] = Set{1} << v.k;
    for (const ir::ValueId operand : {v.a, v.b}) {
      if (operand != ir::kNone) reads_[id] |= reads_[operand];
    }
  }
}

// Forward over the nodes, with what every way to a node has set.
void ParamHomes::find_unset(const ir::Function& f) {
  ir::Vector<Set> set(f.nodes.size(), ~Set{0}, f.memory);
  set[f.root] = 0;
  for (ir::NodeId id = f.root; id > ir::kAcceptNode; --id) {
    const ir::Node& node = f.nodes[id];
    Set after = set[id];
    ir::for_each_operand(node, [&](ir::ValueId v) { unset_ |= reads_[v] & ~after; });
    if (node.kind == ir::NodeKind::kAssign) after |= Set{1} << node.index;
    ir::for_each_successor(f, node, [&](ir::NodeId next) { set[next] &= after; });
  }
}

}  // namespace weir::filter::codegen
