// The filter compiler's intermediate form: a decision graph over hash-consed values.
//
// A *value* is a pure 32-bit expression over the packet: a constant, a load, an operation on
// values. A *node* is a step of the decision: it tests a value and goes one of several ways, or it
// ends the program. Two facts carry the whole optimiser:
//
//   - Computing a value may *fault*: a load past the captured bytes or a division by zero rejects
//   the
//     packet, whatever the expression says elsewhere. A node computes its values before it decides.
//     So the order of two computations on one path does not matter, but whether a path to `accept`
//     makes a computation does. A kGuard node computes a value for its faults alone.
//   - A node's id is larger than those of all its successors: walking the ids downwards is a
//     topological order, and no path is longer than the number of nodes.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/arena.h"

namespace weir::filter::ir {

using ValueId = std::uint32_t;
using NodeId = std::uint32_t;
using ParamId = std::uint32_t;

// A compilation makes many small vectors, and drops them all at its end: they live in one arena.
using Memory = Arena*;
template <typename T>
using Vector = ArenaVector<T>;
// A mark for each node or value; bytes, because the bits of a vector<bool> cost more to reach.
using Marks = Vector<std::uint8_t>;

inline constexpr std::uint32_t kNone = 0xffffffff;

enum class Op : std::uint8_t {
  kConst,   // k
  kLength,  // the packet's length on the wire
  kLoad,    // `size` bytes, big-endian, at offset value(a) + k, or at k when a is kNone
  kParam,   // what the last kAssign on this path gave parameter k, 0 without one
  kAdd,     // this and the rest: value(a) op value(b), modulo 2^32
  kSub,
  kMul,
  kDiv,  // by zero: the packet is rejected
  kMod,
  kAnd,
  kOr,
  kXor,
  kShl,  // by 32 or more: 0
  kShr,
};

// Offsets from here on do not lie in the packet: they ask the Linux kernel for what it knows about
// it (SKF_AD_OFF of linux/filter.h). Such loads do not fault.
inline constexpr std::uint32_t kExtensionBase = 0xfffff000;

struct Value {
  Op op = Op::kConst;
  std::uint8_t size = 0;   // kLoad: 1, 2 or 4
  bool faults = false;     // computing it may reject the packet
  bool traps = false;      // computing it always rejects the packet
  std::uint32_t bits = 0;  // a bit that is clear here is clear in every result
  ValueId a = kNone;
  ValueId b = kNone;
  std::uint32_t k = 0;
};

enum class Compare : std::uint8_t {
  kEq,
  kGt,   // unsigned
  kGe,   // unsigned
  kSet,  // lhs & rhs != 0
};

enum class NodeKind : std::uint8_t {
  kReject,  // node 0
  kAccept,  // node 1
  kTest,    // lhs `compare` rhs ? on_true : on_false
  kSwitch,  // the case that lhs lies in, on_false when there is none
  kGuard,   // compute lhs for its faults, then on_true
  kAssign,  // parameter `index` = lhs, then on_true
  kChain,   // walk a chain of IP headers: chains[index] met ? on_true : on_false
};

inline constexpr NodeId kRejectNode = 0;
inline constexpr NodeId kAcceptNode = 1;

struct Node {
  NodeKind kind = NodeKind::kReject;
  Compare compare = Compare::kEq;
  ValueId lhs = kNone;
  ValueId rhs = kNone;
  NodeId on_true = kNone;
  NodeId on_false = kNone;
  std::uint32_t index = 0;  // kSwitch: first case; kAssign: parameter; kChain: index in chains
  std::uint32_t count = 0;  // kSwitch: number of cases

  friend bool operator==(const Node&, const Node&) = default;
};

// Cases of one switch are sorted, disjoint, and no two neighbours share a target.
struct Case {
  std::uint32_t lo = 0;
  std::uint32_t hi = 0;  // inclusive
  NodeId target = kNone;

  friend bool operator==(const Case&, const Case&) = default;
};

// `protochain`: does `protocol` occur in the chain of headers that starts at `network`?
struct Chain {
  std::uint32_t network = 0;  // absolute offset of the IP header
  std::uint32_t protocol = 0;
  bool ip6 = false;

  friend bool operator==(const Chain&, const Chain&) = default;
};

// Where code generation keeps a parameter between its assignment and its first use.
enum class Home : std::uint8_t { kAccumulator, kIndex };

struct Param {
  Home home = Home::kIndex;
  std::uint32_t bits = 0xffffffff;
};

struct Function {
  explicit Function(Memory arena) : memory(arena) {}

  Memory memory;  // what passes make for themselves comes from here, too
  Vector<Value> values{memory};
  Vector<Node> nodes{memory};
  Vector<Case> cases{memory};
  Vector<Chain> chains{memory};
  Vector<Param> params{memory};
  Vector<std::uint32_t> value_index{memory};  // the Builder's: finds equal values
  NodeId root = kRejectNode;

  const Value& value(ValueId id) const { return values[id]; }
  const Node& node(NodeId id) const { return nodes[id]; }
  std::span<const Case> cases_of(const Node& node) const {
    return std::span(cases).subspan(node.index, node.count);
  }
  bool is_const(ValueId id) const { return id != kNone && values[id].op == Op::kConst; }
};

inline bool is_terminal(const Node& node) {
  return node.kind == NodeKind::kReject || node.kind == NodeKind::kAccept;
}

inline bool is_binary(Op op) { return op >= Op::kAdd; }

inline bool is_extension(const Value& v) {
  return v.op == Op::kLoad && v.a == kNone && v.k >= kExtensionBase;
}

// A load at a constant offset inside the packet.
inline bool is_absolute_load(const Value& v) {
  return v.op == Op::kLoad && v.a == kNone && v.k < kExtensionBase;
}

// Calls visit(successor) for each way out of `node`; a switch visits its cases, then the default.
template <typename Visit>
void for_each_successor(const Function& f, const Node& node, Visit visit) {
  switch (node.kind) {
    case NodeKind::kReject:
    case NodeKind::kAccept:
      return;
    case NodeKind::kGuard:
    case NodeKind::kAssign:
      visit(node.on_true);
      return;
    case NodeKind::kTest:
    case NodeKind::kChain:
      visit(node.on_true);
      visit(node.on_false);
      return;
    case NodeKind::kSwitch:
      for (const Case& c : f.cases_of(node)) visit(c.target);
      visit(node.on_false);
      return;
  }
}

// The same for the values that `node` computes itself.
template <typename Visit>
void for_each_operand(const Node& node, Visit visit) {
  if (node.lhs != kNone) visit(node.lhs);
  if (node.rhs != kNone) visit(node.rhs);
}

// The result of `op` on two constants; REQUIRES: b != 0 for kDiv and kMod.
std::uint32_t fold(Op op, std::uint32_t a, std::uint32_t b);

// Does computing `whole` compute `part`? Looks at no more than a few values, and then says no.
bool computes(const Function& f, ValueId whole, ValueId part);

bool holds(Compare compare, std::uint32_t a, std::uint32_t b);

}  // namespace weir::filter::ir
