#include "filter/ir/builder.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace weir::filter::ir {
namespace {

constexpr std::size_t kFirstTable = 128;

// Sums of products hash; no product waits for another one.
constexpr std::uint64_t kFactors[] = {0x9e3779b97f4a7c15u, 0xc2b2ae3d27d4eb4fu,
                                      0x165667b19e3779f9u};

constexpr std::uint64_t joined(std::uint32_t high, std::uint32_t low) {
  return std::uint64_t{high} << 32 | low;
}

std::uint32_t mix(std::uint64_t sum) { return static_cast<std::uint32_t>(sum >> 32); }

std::uint32_t hash_of(const Value& v) {
  const auto kind = static_cast<std::uint32_t>(v.op) << 8 | v.size;
  return mix(joined(v.a, v.b) * kFactors[0] + joined(kind, v.k) * kFactors[1]);
}

bool same(const Value& x, const Value& y) {
  return x.op == y.op && x.size == y.size && x.a == y.a && x.b == y.b && x.k == y.k;
}

std::uint32_t hash_of(const Node& n, std::span<const Case> cases) {
  const bool has_cases = n.kind == NodeKind::kSwitch;
  const auto kind = static_cast<std::uint32_t>(n.kind) << 8 | static_cast<std::uint32_t>(n.compare);
  std::uint64_t sum = joined(n.lhs, n.rhs) * kFactors[0] +
                      joined(n.on_true, n.on_false) * kFactors[1] +
                      joined(kind, has_cases ? n.count : n.index) * kFactors[2];
  for (const Case& c : cases) {
    sum = (sum ^ sum >> 32) * kFactors[0] + joined(c.lo, c.hi) * kFactors[1] + c.target;
  }
  return mix(sum);
}

std::span<const Case> switch_cases(const Function& f, const Node& node) {
  return node.kind == NodeKind::kSwitch ? f.cases_of(node) : std::span<const Case>{};
}

bool same_switch(const Function& f, const Node& x, const Node& y) {
  return x.kind == y.kind && x.lhs == y.lhs && x.on_false == y.on_false &&
         std::ranges::equal(f.cases_of(x), f.cases_of(y));
}

// All bits up to the highest one of `x`.
std::uint32_t fill_below(std::uint32_t x) {
  return x == 0 ? 0 : 0xffffffffu >> std::countl_zero(x);
}

// The bits that the sum of values within `a` and `b` can have.
std::uint32_t sum_bits(std::uint32_t a, std::uint32_t b) {
  const std::uint64_t most = std::uint64_t{a} + b;
  if (most > 0xffffffffu) return 0xffffffffu;
  return fill_below(static_cast<std::uint32_t>(most));
}

std::uint32_t product_bits(std::uint32_t a, std::uint32_t b) {
  const std::uint64_t most = std::uint64_t{a} * b;
  if (most > 0xffffffffu) return 0xffffffffu;
  return fill_below(static_cast<std::uint32_t>(most));
}

std::uint32_t result_bits(Op op, const Value& a, const Value& b) {
  const bool by_constant = b.op == Op::kConst;
  switch (op) {
    case Op::kAdd:
      return sum_bits(a.bits, b.bits);
    case Op::kMul:
      return product_bits(a.bits, b.bits);
    case Op::kDiv:
      return fill_below(a.bits);
    case Op::kMod:
      return fill_below(a.bits) & fill_below(b.bits);
    case Op::kAnd:
      return a.bits & b.bits;
    case Op::kOr:
    case Op::kXor:
      return a.bits | b.bits;
    case Op::kShl:
      return by_constant ? fold(op, a.bits, b.k) : 0xffffffffu;
    case Op::kShr:
      return by_constant ? fold(op, a.bits, b.k) : fill_below(a.bits);
    default:
      return 0xffffffffu;
  }
}

bool commutes(Op op) {
  return op == Op::kAdd || op == Op::kMul || op == Op::kAnd || op == Op::kOr || op == Op::kXor;
}

// x op k == x.
bool is_neutral(Op op, const Value& x, std::uint32_t k) {
  switch (op) {
    case Op::kAdd:
    case Op::kSub:
    case Op::kOr:
    case Op::kXor:
    case Op::kShl:
    case Op::kShr:
      return k == 0;
    case Op::kMul:
    case Op::kDiv:
      return k == 1;
    case Op::kAnd:
      return (x.bits & ~k) == 0;
    default:
      return false;
  }
}

std::uint32_t load_bits(std::uint8_t size) {
  return size == 4 ? 0xffffffffu : (1u << (8 * size)) - 1;
}

}  // namespace

Builder::Builder(Memory memory) : f_(memory), node_table_(kFirstTable, kNone, memory) {
  f_.value_index.assign(kFirstTable, kNone);
  f_.values.reserve(64);
  f_.nodes.reserve(64);
  f_.nodes.push_back({.kind = NodeKind::kReject});
  f_.nodes.push_back({.kind = NodeKind::kAccept});
}

Builder::Builder(Function&& from, std::size_t expected)
    : f_(std::move(from)), node_table_(kFirstTable, kNone, f_.memory) {
  f_.nodes.clear();
  f_.cases.clear();
  f_.nodes.reserve(expected + 2);
  f_.nodes.push_back({.kind = NodeKind::kReject});
  f_.nodes.push_back({.kind = NodeKind::kAccept});
}

Function Builder::finish(NodeId root) && {
  f_.root = root;
  return std::move(f_);
}

void Builder::rehash_values() {
  const std::size_t size = f_.value_index.size() * 2;
  f_.value_index.assign(size, kNone);
  for (ValueId id = 0; id < f_.values.size(); ++id) {
    std::size_t at = hash_of(f_.values[id]) & (size - 1);
    while (f_.value_index[at] != kNone) at = (at + 1) & (size - 1);
    f_.value_index[at] = id;
  }
}

void Builder::rehash_nodes() {
  const std::size_t size = node_table_.size() * 2;
  node_table_.assign(size, kNone);
  for (NodeId id = kAcceptNode + 1; id < f_.nodes.size(); ++id) {
    std::size_t at = hash_of(f_.nodes[id], switch_cases(f_, f_.nodes[id])) & (size - 1);
    while (node_table_[at] != kNone) at = (at + 1) & (size - 1);
    node_table_[at] = id;
  }
}

ValueId Builder::intern(const Value& value) {
  const std::size_t mask = f_.value_index.size() - 1;
  std::size_t at = hash_of(value) & mask;
  for (; f_.value_index[at] != kNone; at = (at + 1) & mask) {
    if (same(f_.values[f_.value_index[at]], value)) return f_.value_index[at];
  }
  const auto id = static_cast<ValueId>(f_.values.size());
  f_.values.push_back(value);
  f_.value_index[at] = id;
  if (f_.values.size() * 2 > f_.value_index.size()) rehash_values();
  return id;
}

// REQUIRES: the cases of a switch are the last ones in f_.cases.
NodeId Builder::intern(const Node& node) {
  const std::size_t mask = node_table_.size() - 1;
  const auto cases = switch_cases(f_, node);
  std::size_t at = hash_of(node, cases) & mask;
  for (; node_table_[at] != kNone; at = (at + 1) & mask) {
    const Node& other = f_.nodes[node_table_[at]];
    if (node.kind != NodeKind::kSwitch) {
      if (other == node) return node_table_[at];
      continue;
    }
    if (!same_switch(f_, other, node)) continue;
    f_.cases.resize(node.index);
    return node_table_[at];
  }
  const auto id = static_cast<NodeId>(f_.nodes.size());
  f_.nodes.push_back(node);
  node_table_[at] = id;
  if (f_.nodes.size() * 2 > node_table_.size()) rehash_nodes();
  return id;
}

ValueId Builder::constant(std::uint32_t k) {
  return intern(Value{.op = Op::kConst, .bits = k, .k = k});
}

ValueId Builder::length() { return intern(Value{.op = Op::kLength, .bits = 0xffffffff}); }

ValueId Builder::load(std::uint8_t size, ValueId base, std::uint32_t offset) {
  if (f_.is_const(base)) {
    // An offset that wraps lies in no packet; the largest ordinary one does not either.
    const std::uint64_t sum = std::uint64_t{f_.values[base].k} + offset;
    offset = static_cast<std::uint32_t>(std::min<std::uint64_t>(sum, kExtensionBase - 1));
    base = kNone;
  }
  if (base != kNone) {
    // [(x + c) + offset] is [x + (c + offset)] when x + c cannot wrap.
    const Value& sum = f_.values[base];
    if (sum.op == Op::kAdd && f_.is_const(sum.b)) {
      const std::uint64_t c = f_.values[sum.b].k;
      const bool wraps = c + f_.values[sum.a].bits > 0xffffffffu;
      if (!wraps && c + offset < kExtensionBase) {
        return load(size, sum.a, offset + static_cast<std::uint32_t>(c));
      }
    }
  }
  const bool extension = base == kNone && offset >= kExtensionBase;
  return intern(Value{.op = Op::kLoad,
                      .size = size,
                      .faults = !extension,
                      .traps = base == kNone ? offset == kExtensionBase - 1 : f_.values[base].traps,
                      .bits = extension ? 0xffffffff : load_bits(size),
                      .a = base,
                      .k = offset});
}

ValueId Builder::param(ParamId id) {
  return intern(Value{.op = Op::kParam, .bits = f_.params[id].bits, .k = id});
}

ParamId Builder::new_param(Home home, std::uint32_t bits) {
  f_.params.push_back({.home = home, .bits = bits});
  return static_cast<ParamId>(f_.params.size() - 1);
}

// A load of which only the last bytes are wanted, as a load of those: it ends where the whole ends,
// so it faults for the same packets.
ValueId Builder::narrowed(ValueId id, std::uint32_t mask) {
  const Value v = f_.values[id];
  if (v.op != Op::kLoad || is_extension(v) || v.traps || mask == 0) return id;
  const std::uint8_t wanted = mask <= 0xff ? 1 : mask <= 0xffff ? 2 : 4;
  if (wanted >= v.size) return id;
  return load(wanted, v.a, v.k + v.size - wanted);
}

ValueId Builder::binary_with_constant(Op op, ValueId a, ValueId b) {
  const std::uint32_t k = f_.values[b].k;
  if (op == Op::kAnd) a = narrowed(a, k);
  if (is_neutral(op, f_.values[a], k)) return a;
  if (op == Op::kSub) return binary(Op::kAdd, a, constant(0 - k));
  if (op == Op::kMul && std::has_single_bit(k)) {
    return binary(Op::kShl, a, constant(static_cast<std::uint32_t>(std::countr_zero(k))));
  }
  const Value x = f_.values[a];
  // (x op k1) op k2 -> x op (k1 op k2), where the operation allows it.
  if (x.op == op && commutes(op) && f_.is_const(x.b)) {
    return binary(op, x.a, constant(fold(op, f_.values[x.b].k, k)));
  }
  return intern(Value{.op = op,
                      .faults = x.faults,
                      .traps = x.traps,
                      .bits = result_bits(op, x, f_.values[b]),
                      .a = a,
                      .b = b});
}

ValueId Builder::binary(Op op, ValueId a, ValueId b) {
  if (commutes(op) && f_.is_const(a)) std::swap(a, b);
  const bool divides = op == Op::kDiv || op == Op::kMod;
  if (f_.is_const(b) && !(divides && f_.values[b].k == 0)) {
    if (f_.is_const(a)) return constant(fold(op, f_.values[a].k, f_.values[b].k));
    return binary_with_constant(op, a, b);
  }
  const Value& x = f_.values[a];
  const Value& y = f_.values[b];
  return intern(Value{.op = op,
                      .faults = x.faults || y.faults || divides,
                      .traps = x.traps || y.traps || (divides && f_.is_const(b)),
                      .bits = result_bits(op, x, y),
                      .a = a,
                      .b = b});
}

NodeId Builder::make_test(Compare compare, ValueId lhs, ValueId rhs, NodeId t, NodeId f) {
  if (t == f) return guard(lhs, guard(rhs, t));
  if (f_.values[lhs].traps || f_.values[rhs].traps) return kRejectNode;
  return intern(Node{.kind = NodeKind::kTest,
                     .compare = compare,
                     .lhs = lhs,
                     .rhs = rhs,
                     .on_true = t,
                     .on_false = f});
}

NodeId Builder::test_equal(ValueId lhs, std::uint32_t k, NodeId t, NodeId f) {
  // Undo what can be undone on the constant's side.
  for (;;) {
    const Value& v = f_.values[lhs];
    if (!is_binary(v.op) || !f_.is_const(v.b)) break;
    if (v.op == Op::kAdd) {
      k -= f_.values[v.b].k;
    } else if (v.op == Op::kXor) {
      k ^= f_.values[v.b].k;
    } else {
      break;
    }
    lhs = v.a;
  }
  const Value& v = f_.values[lhs];
  if ((k & ~v.bits) != 0) return guard(lhs, f);
  if (v.op == Op::kSub && k == 0) return make_test(Compare::kEq, v.a, v.b, t, f);
  if (v.op == Op::kAnd && f_.is_const(v.b)) {
    const std::uint32_t mask = f_.values[v.b].k;
    if (k == 0) return test_set(v.a, mask, f, t);
    if (k == mask && std::has_single_bit(mask)) return test_set(v.a, mask, t, f);
  }
  return make_test(Compare::kEq, lhs, constant(k), t, f);
}

NodeId Builder::test_set(ValueId lhs, std::uint32_t k, NodeId t, NodeId f) {
  if (const Value& v = f_.values[lhs]; v.op == Op::kAnd && f_.is_const(v.b)) {
    k &= f_.values[v.b].k;
    lhs = v.a;
  }
  if ((f_.values[lhs].bits & k) == 0) return guard(lhs, f);
  return make_test(Compare::kSet, lhs, constant(k), t, f);
}

NodeId Builder::test_constant(Compare compare, ValueId lhs, std::uint32_t k, NodeId t, NodeId f) {
  const std::uint32_t bits = f_.values[lhs].bits;
  switch (compare) {
    case Compare::kEq:
      return test_equal(lhs, k, t, f);
    case Compare::kSet:
      return test_set(lhs, k, t, f);
    case Compare::kGt:
      if (k >= bits) return guard(lhs, f);
      if (k == 0) return test_equal(lhs, 0, f, t);
      break;
    case Compare::kGe:
      if (k == 0) return guard(lhs, t);
      if (k > bits) return guard(lhs, f);
      if (k == 1) return test_equal(lhs, 0, f, t);
      break;
  }
  return make_test(compare, lhs, constant(k), t, f);
}

NodeId Builder::test(Compare compare, ValueId lhs, ValueId rhs, NodeId t, NodeId f) {
  if (f_.is_const(lhs)) {
    if (f_.is_const(rhs)) return holds(compare, f_.values[lhs].k, f_.values[rhs].k) ? t : f;
    if (compare == Compare::kGt) return test(Compare::kGe, rhs, lhs, f, t);
    if (compare == Compare::kGe) return test(Compare::kGt, rhs, lhs, f, t);
    std::swap(lhs, rhs);
  }
  if (f_.is_const(rhs)) return test_constant(compare, lhs, f_.values[rhs].k, t, f);
  if (lhs == rhs && compare != Compare::kSet) return guard(lhs, compare == Compare::kGt ? f : t);
  return make_test(compare, lhs, rhs, t, f);
}

NodeId Builder::with_successors(const Node& node, NodeId t, NodeId f) {
  if (t == f) return make_test(node.compare, node.lhs, node.rhs, t, f);
  Node renamed = node;
  renamed.on_true = t;
  renamed.on_false = f;
  return intern(renamed);
}

// A guard of each load and division in the value: what is computed from them does not fault.
NodeId Builder::guard(ValueId value, NodeId next) {
  if (next == kRejectNode || !f_.values[value].faults) return next;
  if (f_.values[value].traps) return kRejectNode;
  Vector<ValueId> pending({value}, f_.memory);
  while (!pending.empty()) {
    const ValueId id = pending.back();
    const Value& v = f_.values[id];
    pending.pop_back();
    const bool divides = (v.op == Op::kDiv || v.op == Op::kMod) && !f_.is_const(v.b);
    if (v.op == Op::kLoad || divides) {
      next = intern(Node{.kind = NodeKind::kGuard, .lhs = id, .on_true = next});
      continue;
    }
    for (const ValueId operand : {v.a, v.b}) {
      if (operand != kNone && f_.values[operand].faults) pending.push_back(operand);
    }
  }
  return next;
}

NodeId Builder::assign(ParamId param, ValueId value, NodeId next) {
  if (is_terminal(f_.nodes[next])) return guard(value, next);
  if (f_.values[value].traps) return kRejectNode;
  return intern(Node{.kind = NodeKind::kAssign, .lhs = value, .on_true = next, .index = param});
}

NodeId Builder::chain(const Chain& chain, NodeId t, NodeId f) {
  const auto known = std::ranges::find(f_.chains, chain);
  const auto index = static_cast<std::uint32_t>(known - f_.chains.begin());
  if (known == f_.chains.end()) f_.chains.push_back(chain);
  return intern(Node{.kind = NodeKind::kChain, .on_true = t, .on_false = f, .index = index});
}

NodeId Builder::switch_on(ValueId value, std::span<const Case> cases, NodeId otherwise) {
  const auto first = static_cast<std::uint32_t>(f_.cases.size());
  for (const Case& c : cases) {
    if (c.target == otherwise) continue;
    const bool joins = f_.cases.size() > first && f_.cases.back().target == c.target &&
                       f_.cases.back().hi + 1 == c.lo;
    if (joins) {
      f_.cases.back().hi = c.hi;
    } else {
      f_.cases.push_back(c);
    }
  }
  const auto count = static_cast<std::uint32_t>(f_.cases.size()) - first;
  const Case only = count == 1 ? f_.cases[first] : Case{};
  const bool plain = count == 1 && (only.lo == only.hi || only.lo == 0 || only.hi == 0xffffffff);
  if (count == 0 || plain) {
    f_.cases.resize(first);
    if (count == 0) return guard(value, otherwise);
    if (only.lo == only.hi) {
      return test(Compare::kEq, value, constant(only.lo), only.target, otherwise);
    }
    if (only.lo == 0) return test(Compare::kGt, value, constant(only.hi), otherwise, only.target);
    return test(Compare::kGe, value, constant(only.lo), only.target, otherwise);
  }
  return intern(Node{.kind = NodeKind::kSwitch,
                     .lhs = value,
                     .on_false = otherwise,
                     .index = first,
                     .count = count});
}

}  // namespace weir::filter::ir
