// Builds an ir::Function bottom-up: successors first. Equal values and equal nodes are made once,
// and what is decided by constants alone never becomes a node. Nothing here loses a fault.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "filter/ir/ir.h"

namespace weir::filter::ir {

class Builder {
 public:
  explicit Builder(Memory memory);
  // Goes on with the values, chains and parameters of `from`, and with none of its nodes; there
  // will be about as many as `expected`.
  Builder(Function&& from, std::size_t expected);

  // Values.
  ValueId constant(std::uint32_t k);
  ValueId length();
  ValueId load(std::uint8_t size, ValueId base, std::uint32_t offset);
  ValueId load(std::uint8_t size, std::uint32_t offset) { return load(size, kNone, offset); }
  ValueId param(ParamId id);
  ValueId binary(Op op, ValueId a, ValueId b);
  ValueId binary_k(Op op, ValueId a, std::uint32_t k) { return binary(op, a, constant(k)); }

  ParamId new_param(Home home, std::uint32_t bits = 0xffffffff);

  // Nodes.
  NodeId test(Compare compare, ValueId lhs, ValueId rhs, NodeId on_true, NodeId on_false);
  NodeId guard(ValueId value, NodeId next);
  NodeId assign(ParamId param, ValueId value, NodeId next);
  NodeId chain(const Chain& chain, NodeId on_true, NodeId on_false);
  // `node`, a node of a function with these values, with other successors.
  NodeId with_successors(const Node& node, NodeId on_true, NodeId on_false);
  // `cases`: sorted and disjoint. A switch of one point becomes a test.
  NodeId switch_on(ValueId value, std::span<const Case> cases, NodeId otherwise);

  const Function& function() const { return f_; }
  const Value& value(ValueId id) const { return f_.values[id]; }

  Function finish(NodeId root) &&;

 private:
  ValueId intern(const Value& value);
  NodeId intern(const Node& node);
  ValueId narrowed(ValueId id, std::uint32_t mask);
  ValueId binary_with_constant(Op op, ValueId a, ValueId b);
  NodeId test_constant(Compare compare, ValueId lhs, std::uint32_t k, NodeId t, NodeId f);
  NodeId test_equal(ValueId lhs, std::uint32_t k, NodeId t, NodeId f);
  NodeId test_set(ValueId lhs, std::uint32_t k, NodeId t, NodeId f);
  NodeId make_test(Compare compare, ValueId lhs, ValueId rhs, NodeId t, NodeId f);
  void rehash_values();
  void rehash_nodes();

  Function f_;
  // Open addressing, the size is a power of two, kNone is free; so is Function::value_index.
  Vector<std::uint32_t> node_table_;
};

}  // namespace weir::filter::ir
