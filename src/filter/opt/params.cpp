#include "filter/opt/params.h"

#include <algorithm>
#include <optional>
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

// The only value that each parameter is ever given, kNone when there are several.
std::vector<ValueId> only_values(const Function& f) {
  std::vector<ValueId> given(f.params.size(), kNone);
  std::vector<bool> several(f.params.size(), false);
  for (NodeId id = ir::kAcceptNode + 1; id < f.nodes.size(); ++id) {
    const Node& n = f.nodes[id];
    if (n.kind != NodeKind::kAssign) continue;
    if (given[n.index] != kNone && given[n.index] != n.lhs) several[n.index] = true;
    given[n.index] = n.lhs;
  }
  for (ParamId p = 0; p < given.size(); ++p) {
    if (several[p]) given[p] = kNone;
  }
  return given;
}

// Puts the only value of a parameter where the parameter stands.
class Substitution {
 public:
  Substitution(ir::Builder& builder, const std::vector<ValueId>& given)
      : builder_(builder), given_(given) {
    // A value may stand for one that was made before it: go on until nothing changes.
    const std::size_t count = builder.function().values.size();
    names_.resize(count);
    for (ValueId id = 0; id < count; ++id) names_[id] = renamed(id);
    for (std::size_t round = 0; round < given.size(); ++round) {
      bool changed = false;
      for (ValueId id = 0; id < count; ++id) {
        const ValueId now = renamed(id);
        changed = changed || now != names_[id];
        names_[id] = now;
      }
      if (!changed) break;
    }
  }

  ValueId of(ValueId id) const { return id == kNone ? kNone : names_[id]; }

 private:
  ValueId renamed(ValueId id) {
    const Value v = builder_.value(id);
    if (v.op == ir::Op::kParam) return given_[v.k] == kNone ? id : latest(given_[v.k]);
    if (v.op == ir::Op::kLoad && v.a != kNone) return builder_.load(v.size, latest(v.a), v.k);
    if (ir::is_binary(v.op)) return builder_.binary(v.op, latest(v.a), latest(v.b));
    return id;
  }

  ValueId latest(ValueId id) const { return id < names_.size() ? names_[id] : id; }

  ir::Builder& builder_;
  const std::vector<ValueId>& given_;
  std::vector<ValueId> names_;
};

void substitute(Function& f, const std::vector<ValueId>& given) {
  std::optional<Substitution> values;
  rebuild_with(f, [&](ir::Builder& builder, const OldGraph& old, NodeId id) {
    if (!values) values.emplace(builder, given);
    Node node = old.nodes[id];
    if (node.kind == NodeKind::kAssign && given[node.index] != kNone) {
      // Whoever reads the parameter computes the value; nobody may.
      return builder.guard(values->of(node.lhs), old.names[node.on_true]);
    }
    node.lhs = values->of(node.lhs);
    node.rhs = values->of(node.rhs);
    if (node.kind == NodeKind::kTest) {
      return builder.test(node.compare, node.lhs, node.rhs, old.names[node.on_true],
                          old.names[node.on_false]);
    }
    return copy_node(builder, old, node);
  });
}

}  // namespace

bool params(Function& f) {
  if (f.params.empty()) return false;
  const std::vector<ValueId> given = only_values(f);
  if (std::ranges::all_of(given, [](ValueId v) { return v == kNone; })) return false;
  substitute(f, given);
  return true;
}

}  // namespace weir::filter::opt
