#include "filter/opt/merge_loads.h"

#include <algorithm>
#include <bit>
#include <optional>
#include <utility>
#include <vector>

#include "filter/opt/frequency.h"
#include "filter/opt/reach.h"
#include "filter/opt/rebuild.h"

namespace weir::filter::opt {
namespace {

using ir::Case;
using ir::Compare;
using ir::Function;
using ir::kNone;
using ir::Node;
using ir::NodeId;
using ir::NodeKind;
using ir::Op;
using ir::Value;
using ir::ValueId;

// Bytes of the packet under a mask: (load & mask) == value.
struct Field {
  ValueId load = kNone;
  std::uint32_t mask = 0;
  std::uint32_t value = 0;

  friend bool operator==(const Field&, const Field&) = default;
};

// A node that goes on to `next` when the field is as it should be, and to `fail` otherwise.
struct FieldTest {
  Field field;
  NodeId next = kNone;
  NodeId fail = kNone;
  int length = 0;  // in instructions
};

// Bytes [begin, end) at one base.
struct Window {
  ValueId base = kNone;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

class Merger {
 public:
  explicit Merger(const Function& f)
      : f_(f), asked_around_(f.nodes.size(), false, f.memory), entered_(f.nodes.size(), f.memory) {
    for (NodeId id = ir::kAcceptNode + 1; id < f.nodes.size(); ++id) {
      count_ways(f.nodes[id]);
    }
  }

  struct Merged {
    Window window;
    std::uint32_t mask;
    std::uint32_t value;
    NodeId next;
    NodeId fail;
  };

  // A test and those that follow it, as one.
  std::optional<Merged> merge_test(NodeId id) const {
    for (const bool wanted_clear : {false, true}) {
      const auto first = field_test(f_.nodes[id], wanted_clear);
      if (!first || asked_around_[id]) continue;
      if (entered_[first->next] != 1) continue;
      if (auto merged = extend(id, *first)) return merged;
    }
    return std::nullopt;
  }

  struct MergedSwitch {
    Window window;
    std::uint32_t mask = 0;
    std::vector<Case> cases;  // targets are old nodes
    NodeId otherwise = kNone;
  };

  // A switch all of whose cases go on to the same test, as a switch on both fields.
  std::optional<MergedSwitch> merge_switch(NodeId id) const {
    const Node& n = f_.nodes[id];
    const Value& load = f_.values[n.lhs];
    if (load.op != Op::kLoad || ir::is_extension(load) || asked_around_[id]) return std::nullopt;
    const auto cases = f_.cases_of(n);
    if (!std::ranges::all_of(cases, [](const Case& c) { return c.lo == c.hi; }))
      return std::nullopt;
    const auto second = common_test(cases, n.on_false);
    if (!second) return std::nullopt;
    const Field first{.load = n.lhs, .mask = load.bits};
    const auto window = join(window_of(first), window_of(*second));
    if (!window || !may_read(id, n.on_false, *window)) return std::nullopt;
    const bool overlap =
        (placed(first.mask, first, *window) & placed(second->mask, *second, *window)) != 0;
    const std::uint32_t mask =
        placed(first.mask, first, *window) | placed(second->mask, *second, *window);
    const bool masked = !fills(mask, *window);
    if (overlap || !worth_it(id, cases, n.on_false, masked)) return std::nullopt;
    MergedSwitch merged{.window = *window, .mask = mask, .cases = {}, .otherwise = n.on_false};
    for (const Case& c : cases) {
      const std::uint32_t k =
          placed(c.lo, first, *window) | placed(second->value, *second, *window);
      const auto test = field_test_failing_to(f_.nodes[c.target], n.on_false);
      merged.cases.push_back({k, k, test->next});
    }
    std::ranges::sort(merged.cases, {}, &Case::lo);
    return merged;
  }

 private:
  ValueId load_of(ValueId id) const {
    const Value& v = f_.values[id];
    return v.op == Op::kAnd && f_.is_const(v.b) ? v.a : id;
  }

  void count_ways(const Node& n) {
    NodeId last = kNone;
    ir::for_each_successor(f_, n, [&](NodeId next) {
      // Ways of one node to one other are one.
      if (next != last) ++entered_[next];
      last = next;
      const ValueId asked = f_.nodes[next].lhs;
      if (n.lhs != kNone && asked != kNone && load_of(asked) == load_of(n.lhs)) {
        asked_around_[next] = true;
        asked_around_[static_cast<NodeId>(&n - f_.nodes.data())] = true;
      }
    });
  }

  // `wanted_clear`: of a test for set bits, the way on is the one where they are clear.
  std::optional<FieldTest> field_test(const Node& n, bool wanted_clear) const {
    if (n.kind != NodeKind::kTest || !f_.is_const(n.rhs)) return std::nullopt;
    const ValueId load = load_of(n.lhs);
    const Value& v = f_.values[load];
    if (v.op != Op::kLoad || ir::is_extension(v)) return std::nullopt;
    const std::uint32_t k = f_.values[n.rhs].k;
    if (n.compare == Compare::kEq && !wanted_clear) {
      return FieldTest{
          {load, f_.values[n.lhs].bits, k}, n.on_true, n.on_false, load == n.lhs ? 2 : 3};
    }
    if (n.compare != Compare::kSet || load != n.lhs) return std::nullopt;
    if (wanted_clear) return FieldTest{{load, k & v.bits, 0}, n.on_false, n.on_true, 2};
    if (!std::has_single_bit(k)) return std::nullopt;
    return FieldTest{{load, k, k}, n.on_true, n.on_false, 2};
  }

  // How likely the node goes on to `next`, where its field test does.
  float chance_to_go_on(const Node& n, NodeId next) const {
    if (n.compare == Compare::kSet) return next == n.on_false ? 0.9F : 0.5F;
    const std::uint32_t k = f_.values[n.rhs].k;
    return Frequency::chance(f_, n.lhs, k, k);
  }

  std::optional<FieldTest> field_test_failing_to(const Node& n, NodeId fail) const {
    for (const bool wanted_clear : {false, true}) {
      const auto test = field_test(n, wanted_clear);
      if (test && test->fail == fail) return test;
    }
    return std::nullopt;
  }

  std::optional<Field> common_test(std::span<const Case> cases, NodeId fail) const {
    std::optional<Field> common;
    for (const Case& c : cases) {
      const auto test = field_test_failing_to(f_.nodes[c.target], fail);
      if (!test || (common && *common != test->field)) return std::nullopt;
      if (entered_[c.target] > cases.size()) return std::nullopt;
      common = test->field;
    }
    return common;
  }

  Window window_of(const Field& field) const {
    const Value& v = f_.values[field.load];
    return {v.a, v.k, v.k + v.size};
  }

  // The smallest load that ends where the later one ends: it faults for no other packets than the
  // two.
  static std::optional<Window> join(const Window& a, const Window& b) {
    if (a.base != b.base) return std::nullopt;
    const std::uint32_t end = std::max(a.end, b.end);
    const std::uint32_t width = end - std::min(a.begin, b.begin);
    if (width < 2 || width > 4) return std::nullopt;
    const std::uint32_t size = width == 2 ? 2 : 4;
    if (end < size) return std::nullopt;
    return Window{a.base, end - size, end};
  }

  std::uint32_t placed(std::uint32_t bits, const Field& field, const Window& window) const {
    return bits << (8 * (window.end - window_of(field).end));
  }

  // Reading the whole window first must not reject what the first test alone would have let `fail`.
  bool may_read(NodeId id, NodeId fail, const Window& window) const {
    if (fail == ir::kRejectNode) return true;
    if (!reach_) reach_.emplace(f_);
    if (reach_->needed(fail) == Reach::kEverything) return true;
    return window.base == kNone && window.end <= std::max(reach_->known(id), reach_->needed(fail));
  }

  std::optional<Merged> extend(NodeId id, const FieldTest& first) const {
    ir::Vector<Field> fields({first.field}, f_.memory);
    int length = first.length;
    float run = static_cast<float>(first.length);
    float chance = chance_to_go_on(f_.nodes[id], first.next);
    Window window = window_of(first.field);
    NodeId next = first.next;
    while (entered_[next] == 1) {
      const auto more = field_test_failing_to(f_.nodes[next], first.fail);
      if (!more) break;
      const auto joined = join(window, window_of(more->field));
      if (!joined || !may_read(id, first.fail, *joined)) break;
      window = *joined;
      fields.push_back(more->field);
      length += more->length;
      run += chance * static_cast<float>(more->length);
      chance *= chance_to_go_on(f_.nodes[next], more->next);
      next = more->next;
    }
    if (fields.size() < 2) return std::nullopt;
    Merged merged{window, 0, 0, next, first.fail};
    for (const Field& field : fields) {
      const std::uint32_t mask = placed(field.mask, field, window);
      const std::uint32_t value = placed(field.value, field, window);
      if ((merged.value ^ value) & merged.mask & mask) return std::nullopt;  // never both
      merged.mask |= mask;
      merged.value |= value;
    }
    const int merged_length = fills(merged.mask, window) ? 2 : 3;
    if (!pays(id, length - merged_length, run - static_cast<float>(merged_length))) {
      return std::nullopt;
    }
    return merged;
  }

  static bool fills(std::uint32_t mask, const Window& window) {
    return std::popcount(mask) == static_cast<int>(8 * (window.end - window.begin));
  }

  // The one test that all cases go on to stands behind each of them, or behind all.
  bool worth_it(NodeId id, std::span<const Case> cases, NodeId fail, bool masked) const {
    int saved = masked ? -1 : 0;
    float saved_run = masked ? -1.0F : 0.0F;
    for (const Case& c : cases) {
      const int length = field_test_failing_to(f_.nodes[c.target], fail)->length;
      if (&c == &cases.front() || c.target != (&c - 1)->target) saved += length;
      saved_run += static_cast<float>(length) * Frequency::chance(f_, f_.nodes[id].lhs, c.lo, c.hi);
    }
    return pays(id, saved, saved_run);
  }

  // Saves so many instructions, and so many that a packet which comes to the node runs.
  bool pays(NodeId id, int saved, float saved_run) const {
    if (!frequency_) frequency_.emplace(f_);
    return static_cast<float>(saved) * kInstructionsForOne + saved_run * frequency_->of(id) > 0.0F;
  }

  const Function& f_;
  mutable std::optional<Reach> reach_;  // made when they are asked for
  mutable std::optional<Frequency> frequency_;
  // A node: the one before or behind asks for the same load, which then is in A already.
  ir::Marks asked_around_;
  ir::Vector<std::uint32_t> entered_;  // a node: nodes that lead to it
};

ValueId masked_load(ir::Builder& builder, const Window& window, std::uint32_t mask) {
  const auto size = static_cast<std::uint8_t>(window.end - window.begin);
  return builder.binary_k(Op::kAnd, builder.load(size, window.base, window.begin), mask);
}

// What to do at which node, in ascending order.
struct Plan {
  std::vector<std::pair<NodeId, Merger::Merged>> tests;
  std::vector<std::pair<NodeId, Merger::MergedSwitch>> choices;
};

// Some node asks for a field, and the next one for a field close to it.
bool may_merge(const Function& f) {
  const auto load = [&](const Node& n) -> const Value* {
    if (n.kind != NodeKind::kTest && n.kind != NodeKind::kSwitch) return nullptr;
    const Value& v = f.values[n.lhs];
    if (v.op == Op::kLoad) return &v;
    return v.op == Op::kAnd && f.values[v.a].op == Op::kLoad ? &f.values[v.a] : nullptr;
  };
  const auto close = [](const Value* a, const Value* b) {
    return b != nullptr && b != a && a->a == b->a &&
           std::max(a->k + a->size, b->k + b->size) - std::min(a->k, b->k) <= 4;
  };
  return std::ranges::any_of(f.nodes, [&](const Node& n) {
    const Value* here = load(n);
    if (here == nullptr) return false;
    bool found = false;
    ir::for_each_successor(f, n,
                           [&](NodeId next) { found = found || close(here, load(f.nodes[next])); });
    return found;
  });
}

Plan make_plan(const Function& f) {
  Plan plan;
  if (!may_merge(f)) return plan;
  const Merger merger(f);
  for (NodeId id = ir::kAcceptNode + 1; id < f.nodes.size(); ++id) {
    if (f.nodes[id].kind == NodeKind::kTest) {
      if (auto merged = merger.merge_test(id)) plan.tests.emplace_back(id, *merged);
    } else if (f.nodes[id].kind == NodeKind::kSwitch) {
      if (auto merged = merger.merge_switch(id)) plan.choices.emplace_back(id, std::move(*merged));
    }
  }
  return plan;
}

}  // namespace

bool merge_loads(Function& f) {
  Plan plan = make_plan(f);
  if (plan.tests.empty() && plan.choices.empty()) return false;
  auto test = plan.tests.begin();
  auto choice = plan.choices.begin();
  rebuild_with(f, [&](ir::Builder& builder, const OldGraph& old, NodeId id) {
    while (test != plan.tests.end() && test->first < id) ++test;
    while (choice != plan.choices.end() && choice->first < id) ++choice;
    if (test != plan.tests.end() && test->first == id) {
      const Merger::Merged& m = test->second;
      return builder.test(Compare::kEq, masked_load(builder, m.window, m.mask),
                          builder.constant(m.value), old.names[m.next], old.names[m.fail]);
    }
    if (choice != plan.choices.end() && choice->first == id) {
      Merger::MergedSwitch& m = choice->second;
      for (Case& c : m.cases) c.target = old.names[c.target];
      return builder.switch_on(masked_load(builder, m.window, m.mask), m.cases,
                               old.names[m.otherwise]);
    }
    return copy_node(builder, old, old.nodes[id]);
  });
  return true;
}

}  // namespace weir::filter::opt
