#include "filter/ir/verify.h"

#include <fmt/format.h>

namespace weir::filter::ir {
namespace {

std::string check_value(const Function& f, ValueId id) {
  const Value& v = f.values[id];
  for (const ValueId operand : {v.a, v.b}) {
    if (operand != kNone && operand >= id) return fmt::format("value {} uses a later one", id);
  }
  if (v.op == Op::kParam && v.k >= f.params.size())
    return fmt::format("value {}: no such parameter", id);
  if (v.op == Op::kLoad && v.size != 1 && v.size != 2 && v.size != 4) {
    return fmt::format("value {} loads {} bytes", id, v.size);
  }
  if (is_binary(v.op) && (v.a == kNone || v.b == kNone)) {
    return fmt::format("value {} lacks an operand", id);
  }
  return {};
}

std::string check_cases(const Function& f, NodeId id) {
  const auto cases = f.cases_of(f.nodes[id]);
  for (std::size_t i = 0; i < cases.size(); ++i) {
    if (cases[i].lo > cases[i].hi) return fmt::format("node {}: an empty case", id);
    if (i != 0 && cases[i].lo <= cases[i - 1].hi) return fmt::format("node {}: cases overlap", id);
  }
  return {};
}

std::string check_node(const Function& f, NodeId id) {
  const Node& n = f.nodes[id];
  const bool terminal = is_terminal(n);
  if (terminal != (id <= kAcceptNode)) return fmt::format("node {}: a terminal out of place", id);
  if (n.kind == NodeKind::kSwitch) {
    if (n.index + n.count > f.cases.size()) return fmt::format("node {}: no such cases", id);
    if (auto wrong = check_cases(f, id); !wrong.empty()) return wrong;
  }
  bool ordered = true;
  for_each_successor(f, n, [&](NodeId next) { ordered = ordered && next < id; });
  if (!ordered) return fmt::format("node {} leads to a later one", id);
  bool known = true;
  for_each_operand(n, [&](ValueId v) { known = known && v < f.values.size(); });
  if (!known) return fmt::format("node {}: no such value", id);
  if (n.kind == NodeKind::kTest && (n.lhs == kNone || n.rhs == kNone)) {
    return fmt::format("node {} lacks an operand", id);
  }
  return {};
}

}  // namespace

std::string verify(const Function& f) {
  if (f.root >= f.nodes.size()) return "no root";
  for (ValueId id = 0; id < f.values.size(); ++id) {
    if (auto wrong = check_value(f, id); !wrong.empty()) return wrong;
  }
  for (NodeId id = 0; id < f.nodes.size(); ++id) {
    if (auto wrong = check_node(f, id); !wrong.empty()) return wrong;
  }
  return {};
}

}  // namespace weir::filter::ir
