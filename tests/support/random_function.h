// Random functions of the IR, for tests of passes and of code generation. They read few bytes at
// small offsets and compare with small numbers, so that short random packets take all ways; and
// they hold the shapes that passes look for, whole or nearly so.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <random>
#include <utility>
#include <vector>

#include "filter/ir/builder.h"
#include "filter/ir/ir.h"

namespace weir::testing {

class RandomFunction {
 public:
  using Builder = filter::ir::Builder;
  using Case = filter::ir::Case;
  using Compare = filter::ir::Compare;
  using Function = filter::ir::Function;
  using NodeId = filter::ir::NodeId;
  using Op = filter::ir::Op;
  using ParamId = filter::ir::ParamId;
  using ValueId = filter::ir::ValueId;

  // The packet's bytes that it reads lie before this offset, mostly.
  static constexpr std::uint32_t kExtent = 12;

  explicit RandomFunction(std::uint64_t seed) : random_(seed) {}

  Function next(filter::ir::Memory memory) {
    Builder builder(memory);
    b_ = &builder;
    nodes_ = {filter::ir::kRejectNode, filter::ir::kAcceptNode};
    assigned_.assign(2, 0);
    used_.clear();
    params_ = below(3) == 0 ? 1 + below(3) : 0;
    for (std::uint32_t i = 0; i < params_; ++i) {
      b_->new_param(below(2) == 0 ? filter::ir::Home::kIndex : filter::ir::Home::kAccumulator);
    }
    make_values();
    for (std::uint32_t left = 3 + below(14); left != 0; --left) add(node());
    NodeId root = nodes_.back();
    // Whatever a way reads has been assigned on it.
    for (ParamId p = 0; p < params_; ++p) {
      root =
          b_->assign(p, below(2) == 0 ? b_->constant(below(3)) : plain_[below_size(plain_)], root);
    }
    return std::move(builder).finish(root);
  }

  std::uint32_t below(std::uint32_t limit) { return static_cast<std::uint32_t>(random_() % limit); }

 private:
  template <typename T>
  std::uint32_t below_size(const std::vector<T>& v) {
    return below(static_cast<std::uint32_t>(v.size()));
  }

  // --- values ---

  ValueId absolute() {
    static constexpr std::array<std::uint8_t, 6> kSizes = {1, 1, 1, 2, 2, 4};
    return b_->load(kSizes[below(kSizes.size())], below(kExtent - 2));
  }

  ValueId indirect(ValueId base) {
    return b_->load(static_cast<std::uint8_t>(below(3) == 0 ? 2 : 1), base, below(4));
  }

  ValueId header_length() {
    const ValueId words = b_->binary_k(Op::kAnd, b_->load(1, below(4)), below(4) == 0 ? 3 : 0xf);
    return b_->binary_k(Op::kShl, words, below(4) == 0 ? 1 : 2);
  }

  ValueId leaf() {
    switch (below(12)) {
      case 0:
        return b_->length();
      case 1:
        return header_length();
      case 2:
        return indirect(header_length());
      case 3:
        return indirect(absolute());
      case 4:
        if (params_ != 0) return b_->param(below(params_));
        [[fallthrough]];
      case 5:
        if (params_ != 0) return indirect(b_->param(below(params_)));
        [[fallthrough]];
      default:
        return absolute();
    }
  }

  ValueId operation(ValueId a) {
    const auto op = static_cast<Op>(static_cast<std::uint32_t>(Op::kAdd) + below(10));
    if (below(4) == 0) return b_->binary(op, a, leaf());
    if (below(2) == 0) return b_->binary_k(Op::kAnd, a, mask());
    const bool by_x = op == Op::kDiv || op == Op::kMod || op == Op::kShl || op == Op::kShr;
    return b_->binary_k(op, a, by_x && below(8) == 0 ? 31 + below(3) : below(5));
  }

  // A few values, each asked for often.
  void make_values() {
    values_.clear();
    plain_.clear();
    for (std::uint32_t left = 3 + below(6); left != 0; --left) {
      ValueId v = leaf();
      for (std::uint32_t depth = below(8) < 5 ? 0 : 1 + below(3); depth != 0; --depth) {
        v = operation(v);
      }
      values_.push_back(v);
      if (uses(v) == 0) plain_.push_back(v);
    }
    if (plain_.empty()) plain_.push_back(absolute());
  }

  // The parameters that a value reads, a bit each.
  std::uint32_t uses(ValueId id) {
    const auto& all = b_->function().values;
    for (auto i = static_cast<ValueId>(used_.size()); i < all.size(); ++i) {
      std::uint32_t used = all[i].op == Op::kParam ? 1u << all[i].k : 0;
      if (all[i].a != filter::ir::kNone) used |= used_[all[i].a];
      if (all[i].b != filter::ir::kNone) used |= used_[all[i].b];
      used_.push_back(used);
    }
    return id == filter::ir::kNone ? 0 : used_[id];
  }

  std::uint32_t constant() {
    if (below(12) == 0) return static_cast<std::uint32_t>(random_());
    return below(4) == 0 ? below(2) << 8 | below(8) : below(8);
  }

  std::uint32_t mask() {
    static constexpr std::array<std::uint32_t, 8> kMasks = {1,    2,    6,      0xf,
                                                            0xf0, 0xff, 0x1fff, 0xff00};
    return kMasks[below(kMasks.size())];
  }

  // --- nodes ---

  // Recent ones more often; sometimes the end.
  NodeId target() {
    if (below(4) == 0) return below(2);
    const auto recent = std::min<std::uint32_t>(static_cast<std::uint32_t>(nodes_.size()), 5);
    return below(3) == 0 ? nodes_[below_size(nodes_)] : nodes_[nodes_.size() - 1 - below(recent)];
  }

  // The parameters that are assigned at a node or below it.
  std::uint32_t assigned(NodeId id) {
    const Function& f = b_->function();
    for (auto i = static_cast<NodeId>(assigned_.size()); i < f.nodes.size(); ++i) {
      std::uint32_t all =
          f.nodes[i].kind == filter::ir::NodeKind::kAssign ? 1u << f.nodes[i].index : 0;
      for_each_successor(f, f.nodes[i], [&](NodeId next) { all |= assigned_[next]; });
      assigned_.push_back(all);
    }
    return assigned_[id];
  }

  void add(NodeId id) { nodes_.push_back(id); }

  // A value that may be computed before these: no parameter is assigned once it was read.
  ValueId value_before(std::initializer_list<NodeId> targets) {
    std::uint32_t later = 0;
    for (const NodeId id : targets) later |= assigned(id);
    const ValueId v = values_[below_size(values_)];
    return (uses(v) & later) == 0 ? v : plain_[below_size(plain_)];
  }

  NodeId node() {
    switch (below(16)) {
      case 0:
      case 1:
        return a_switch();
      case 2:
        return guard();
      case 3:
        return params_ == 0 ? guard() : assign();
      case 4:
        return fields();
      case 5:
        return same_value();
      case 6:
        return interval();
      case 7:
        return twins();
      case 8:
        return odd_case();
      case 9:
        return prefix();
      case 10:
        return conjunction();
      case 11:
        return below(8) == 0 ? chain() : test();
      default:
        return test();
    }
  }

  NodeId test() {
    const NodeId t = target();
    const NodeId f = target();
    const ValueId lhs = value_before({t, f});
    const ValueId rhs = below(6) == 0 ? value_before({t, f}) : b_->constant(constant());
    return b_->test(static_cast<Compare>(below(4)), lhs, rhs, t, f);
  }

  std::vector<Case> some_cases(std::uint32_t count) {
    std::vector<Case> cases;
    std::uint32_t next = below(3);
    for (; count != 0; --count) {
      const std::uint32_t hi = next + (below(3) == 0 ? below(4) : 0);
      cases.push_back({next, hi, target()});
      next = hi + 1 + below(3);
    }
    return cases;
  }

  NodeId a_switch() {
    const std::vector<Case> cases = some_cases(1 + below(10));
    const NodeId otherwise = target();
    std::uint32_t later = assigned(otherwise);
    for (const Case& c : cases) later |= assigned(c.target);
    const ValueId v = values_[below_size(values_)];
    const bool may = (uses(v) & later) == 0;
    return b_->switch_on(may ? v : plain_[below_size(plain_)], cases, otherwise);
  }

  NodeId guard() {
    const NodeId next = target();
    return b_->guard(value_before({next}), next);
  }

  NodeId assign() {
    const NodeId next = target();
    const ValueId v = value_before({next});
    const ParamId param = below(params_);
    // Nor does a parameter depend on itself.
    const bool may = (uses(v) & 1u << param) == 0;
    return b_->assign(param, may ? v : plain_[below_size(plain_)], next);
  }

  NodeId chain() {
    const filter::ir::Chain chain{.network = below(3), .protocol = below(8), .ip6 = below(2) == 0};
    return b_->chain(chain, target(), target());
  }

  // Neighbouring fields, with one way out for all that differ.
  NodeId fields() {
    NodeId next = target();
    const NodeId fail = below(2) == 0 ? filter::ir::kRejectNode : target();
    const std::uint32_t begin = below(kExtent - 5);
    const ValueId base = below(3) == 0 ? header_length() : filter::ir::kNone;
    for (std::uint32_t left = 2 + below(2); left != 0; --left) {
      ValueId v = b_->load(static_cast<std::uint8_t>(1 + below(2)), base, begin + below(4));
      if (below(2) == 0) v = b_->binary_k(Op::kAnd, v, mask());
      const bool clear = below(4) == 0;
      const std::uint32_t k = clear ? mask() : below(8);
      next =
          clear ? b_->test(Compare::kSet, v, b_->constant(k), fail, next)
                : b_->test(Compare::kEq, v, b_->constant(k), next, below(8) == 0 ? target() : fail);
    }
    return next;
  }

  NodeId same_value() {
    NodeId next = target();
    const ValueId v = plain_[below_size(plain_)];
    for (std::uint32_t left = 2 + below(4); left != 0; --left) {
      const NodeId to = target();
      next = b_->test(below(4) == 0 ? Compare::kGe : Compare::kEq, v, b_->constant(below(8)), to,
                      next);
      if (below(5) == 0) add(next);
    }
    return next;
  }

  NodeId interval() {
    const NodeId inside = target();
    const NodeId outside = target();
    const ValueId v = value_before({inside, outside});
    const std::uint32_t lo = below(6);
    const NodeId above = b_->test(Compare::kGt, v, b_->constant(lo + below(5)), outside, inside);
    return b_->test(Compare::kGe, v, b_->constant(lo), above, outside);
  }

  NodeId prefix() {
    const NodeId inside = target();
    const NodeId outside = target();
    const bool wide = below(2) == 0;
    const ValueId field = b_->load(wide ? 2 : 1, below(kExtent - 2));
    const std::uint32_t rest = (1u << (1 + below(wide ? 15 : 7))) - 1;
    const std::uint32_t all = wide ? 0xffff : 0xff;
    const ValueId masked = b_->binary_k(Op::kAnd, field, all & ~rest);
    return b_->test(Compare::kEq, masked, b_->constant(below(8) * (rest + 1) & all), inside,
                    outside);
  }

  // Two or three bytes, each of which must be right, and one of them is asked twice.
  NodeId conjunction() {
    NodeId next = target();
    const std::uint32_t again = below(kExtent - 1);
    for (std::uint32_t left = 3 + below(2); left != 0; --left) {
      const std::uint32_t at = left % 2 == 0 ? below(kExtent - 1) : again;
      const bool part = below(3) == 0;
      next = b_->test(part ? Compare::kSet : Compare::kEq, b_->load(1, at),
                      b_->constant(1 + below(4)), next, below(8) == 0 ? target() : 0);
    }
    return next;
  }

  // The same questions at two bases, behind different fields.
  NodeId twins() {
    const std::array<NodeId, 2> ends = {target(), target()};
    const ValueId first = below(3) == 0 ? filter::ir::kNone : header_length();
    const ValueId second = below(2) == 0 ? filter::ir::kNone : header_length();
    const std::uint32_t moved = below(4);
    const std::uint64_t questions = random_();
    const NodeId left = twin(first, 0, below(4), questions, ends);
    const NodeId right = twin(second, moved, below(4), questions, ends);
    add(left);
    add(right);
    const ValueId v = plain_[below_size(plain_)];
    const NodeId other = b_->test(Compare::kEq, v, b_->constant(below(4)), right, target());
    return b_->test(Compare::kEq, v, b_->constant(below(4)), left, other);
  }

  NodeId twin(ValueId base, std::uint32_t moved, std::uint32_t field, std::uint64_t questions,
              std::array<NodeId, 2> ends) {
    std::mt19937_64 shape(questions);
    NodeId next = ends[shape() % 2];
    for (auto left = 1 + shape() % 3; left != 0; --left) {
      const auto offset = static_cast<std::uint32_t>(shape() % 4);
      ValueId v = b_->load(static_cast<std::uint8_t>(1 + shape() % 2), base, moved + offset);
      if (shape() % 2 == 0) v = b_->binary_k(Op::kAnd, v, 0xf);
      const auto k = static_cast<std::uint32_t>(shape() % 5);
      if (shape() % 4 == 0) {
        next = b_->guard(v, next);
      } else {
        next = b_->test(Compare::kEq, v, b_->constant(k), ends[shape() % 2], next);
      }
      if (below(12) == 0) add(next);
    }
    return b_->test(Compare::kEq, b_->load(1, field),
                    b_->constant(static_cast<std::uint32_t>(shape() % 5)), next, ends[0]);
  }

  // A switch of which one case asks another byte what the rest asks.
  NodeId odd_case() {
    std::vector<Case> cases = some_cases(1 + below(3));
    const NodeId otherwise = target();
    const NodeId again = b_->switch_on(absolute(), cases, otherwise);
    const std::uint32_t k = cases.back().hi + 1 + below(3);
    cases.push_back({k, k, again});
    return b_->switch_on(plain_[below_size(plain_)], cases, otherwise);
  }

  std::mt19937_64 random_;
  Builder* b_ = nullptr;
  std::vector<NodeId> nodes_;            // to choose from
  std::vector<ValueId> values_;          // to choose from
  std::vector<ValueId> plain_;           // of these, those that read no parameter
  std::vector<std::uint32_t> assigned_;  // by node
  std::vector<std::uint32_t> used_;      // by value
  std::uint32_t params_ = 0;
};

}  // namespace weir::testing
