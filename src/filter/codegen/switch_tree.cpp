#include "filter/codegen/switch_tree.h"

#include <algorithm>
#include <array>
#include <functional>
#include <span>
#include <utility>

#include "filter/ir/likely.h"
#include "isa/classic.h"

namespace weir::filter::codegen {
namespace {

// Up to here asking one by one is as short as halving.
constexpr std::size_t kMaxLinear = 6;

}  // namespace

void SwitchTree::begin(Label label) {
  current_ = Block{};
  current_.label = label;
  current_.first = static_cast<std::uint32_t>(list_.code.size());
}

void SwitchTree::compare(std::uint16_t op, std::uint32_t k, Label on_true, Label on_false) {
  current_.exit = Block::Exit::kBranch;
  current_.branch = {op, 0, 0, k};
  current_.on_true = on_true;
  current_.on_false = on_false;
  list_.blocks.push_back(current_);
}

bool SwitchTree::asks_for_order(std::span<const ir::Case> cases) {
  return cases.size() > kMaxLinear ||
         std::ranges::any_of(cases, [](const ir::Case& c) { return c.lo != c.hi; });
}

void SwitchTree::emit(std::span<const ir::Case> cases, Label otherwise, Block entry,
                      std::uint32_t bottom, std::uint32_t top) {
  cases_ = cases;
  otherwise_ = otherwise;
  pending_.assign(1, {0, cases.size(), bottom, top, entry.label});
  current_ = entry;
  bool at_entry = true;
  while (!pending_.empty()) {
    const Part next = pending_.back();
    pending_.pop_back();
    if (!at_entry) begin(next.label);
    at_entry = false;
    part(next);
  }
}

void SwitchTree::part(Part p) {
  if (p.last - p.first <= kMaxLinear) {
    linear(p);
    return;
  }
  const std::size_t middle = p.first + (p.last - p.first) / 2;
  const std::uint32_t split = cases_[middle].lo;
  const Part left{p.first, middle, p.lo, split - 1, fresh()};
  const Part right{middle, p.last, split, p.hi, fresh()};
  compare(isa::kJgeK, split, right.label, left.label);
  pending_.push_back(right);
  pending_.push_back(left);
}

void SwitchTree::linear(const Part& p) {
  std::array<std::size_t, kMaxLinear> order{};
  const std::size_t count = p.last - p.first;
  for (std::size_t i = 0; i < count; ++i) order[i] = p.first + i;
  std::ranges::sort(std::span(order).first(count), std::greater<>(),
                    [this](std::size_t i) { return std::pair(ir::chance_of(cases_[i].lo), ~i); });
  for (std::size_t i = 0; i < count; ++i) {
    const ir::Case& c = cases_[order[i]];
    const Label next = i + 1 == count ? otherwise_ : fresh();
    interval(c, p, next);
    if (i + 1 != count) begin(next);
  }
}

// Asks first on the side where more values are, of those that lie outside.
void SwitchTree::interval(const ir::Case& c, const Part& p, Label next) {
  if (c.lo == c.hi) {
    compare(isa::kJeqK, c.lo, c.target, next);
  } else if (c.lo == p.lo) {
    compare(isa::kJgtK, c.hi, next, c.target);
  } else if (c.hi >= p.hi) {
    compare(isa::kJgeK, c.lo, c.target, next);
  } else if (const Label inner = fresh(); p.hi - c.hi > c.lo - p.lo) {
    compare(isa::kJgtK, c.hi, next, inner);
    begin(inner);
    compare(isa::kJgeK, c.lo, c.target, next);
  } else {
    compare(isa::kJgeK, c.lo, inner, next);
    begin(inner);
    compare(isa::kJgtK, c.hi, next, c.target);
  }
}

}  // namespace weir::filter::codegen
