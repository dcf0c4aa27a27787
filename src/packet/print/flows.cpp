#include "packet/print/flows.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace weir::packet {
namespace {

constexpr std::size_t kFirstSets = 256;

std::uint64_t mixed(std::uint64_t hash, std::uint64_t value) {
  hash = (hash ^ value) * 0x9e3779b97f4a7c15;  // 2^64 / golden ratio
  return hash ^ hash >> 32;
}

std::uint64_t hash_of(const FlowKey& key) {
  std::uint64_t hash = mixed(key.version, key.addresses[0]);
  if (key.version == 6) {
    for (std::size_t i = 1; i < key.addresses.size(); ++i) hash = mixed(hash, key.addresses[i]);
  }
  return mixed(hash, key.ports);
}

// The lower bits choose the set.
std::uint32_t tag_of(std::uint64_t hash) { return static_cast<std::uint32_t>(hash >> 32); }

}  // namespace

FlowTable::FlowTable(std::size_t max_flows)
    : max_sets_(std::bit_ceil(std::max(max_flows, kWays)) / kWays) {
  sets_.resize(std::min(kFirstSets, max_sets_));
}

FlowTable::Found FlowTable::find(const FlowKey& key) {
  if (++clock_ == 0) {  // it has gone round: all flows are as old as each other
    for (Set& set : sets_) {
      for (std::uint32_t& used : set.used) used = std::min(used, 1u);
    }
    clock_ = 2;
  }
  const std::uint64_t hash = hash_of(key);
  const std::uint32_t tag = tag_of(hash);
  Set& set = set_of(hash);
  for (std::size_t way = 0; way < kWays; ++way) {
    if (set.tags[way] != tag || set.used[way] == 0 || set.slots[way].key != key) continue;
    set.used[way] = clock_;
    return {.flow = set.slots[way].flow, .is_new = false};
  }
  const auto oldest =
      static_cast<std::size_t>(std::ranges::min_element(set.used) - set.used.begin());
  if (set.used[oldest] != 0 && sets_.size() < max_sets_) {
    grow();
    return find(key);
  }
  set.used[oldest] = clock_;
  set.tags[oldest] = tag;
  set.slots[oldest] = {.key = key, .flow = {}};
  return {.flow = set.slots[oldest].flow, .is_new = true};
}

// Twice as many sets: those of a set divide into two, none of which can overflow.
void FlowTable::grow() {
  std::vector<Set> old(sets_.size() * 2);
  std::swap(old, sets_);
  for (const Set& from : old) {
    for (std::size_t way = 0; way < kWays; ++way) {
      if (from.used[way] == 0) continue;
      Set& to = set_of(hash_of(from.slots[way].key));
      const auto free = static_cast<std::size_t>(std::ranges::find(to.used, 0u) - to.used.begin());
      to.used[free] = from.used[way];
      to.tags[free] = from.tags[way];
      to.slots[free] = from.slots[way];
    }
  }
}

}  // namespace weir::packet
