#include "filter/opt/assigns.h"

#include <cstdint>
#include <utility>
#include <vector>

#include "filter/opt/rebuild.h"

namespace weir::filter::opt {
namespace {

using ir::Function;
using ir::kNone;
using ir::Node;
using ir::NodeId;
using ir::NodeKind;
using ir::ParamId;
using ir::Value;
using ir::ValueId;

// A set of parameters; those past the 64th are always in it.
using ParamSet = std::uint64_t;
constexpr ParamId kTracked = 64;

ParamSet only(ParamId id) { return id < kTracked ? ParamSet{1} << id : 0; }

ir::Vector<ParamSet> params_of_values(const Function& f) {
  ir::Vector<ParamSet> uses(f.values.size(), 0, f.memory);
  for (ValueId id = 0; id < f.values.size(); ++id) {
    const Value& v = f.values[id];
    if (v.op == ir::Op::kParam) uses[id] = only(v.k);
    if (v.a != kNone) uses[id] |= uses[v.a];
    if (v.b != kNone) uses[id] |= uses[v.b];
  }
  return uses;
}

// Turns an assignment that nobody reads into a guard of its value.
bool drop_dead_assignments(Function& f) {
  bool changed = false;
  const ir::Vector<ParamSet> uses = params_of_values(f);
  ir::Vector<ParamSet> live(f.nodes.size(), 0, f.memory);
  for (NodeId id = ir::kAcceptNode + 1; id < f.nodes.size(); ++id) {
    Node& n = f.nodes[id];
    ir::for_each_successor(f, n, [&](NodeId next) { live[id] |= live[next]; });
    if (n.kind == NodeKind::kAssign && n.index < kTracked) {
      const ParamSet self = only(n.index);
      if ((live[id] & self) == 0) {
        n.kind = NodeKind::kGuard;
        changed = true;
      }
      live[id] &= ~self;
    }
    ir::for_each_operand(n, [&](ValueId v) { live[id] |= uses[v]; });
  }
  return changed;
}

}  // namespace

bool assigns(Function& f) {
  if (f.params.empty() || !drop_dead_assignments(f)) return false;
  rebuild(f);
  return true;
}

}  // namespace weir::filter::opt
