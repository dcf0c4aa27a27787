#include "packet/print/flows.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace weir::packet {
namespace {

constexpr std::size_t kFirstSlots = 1024;

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

}  // namespace

FlowTable::FlowTable(std::size_t max_flows)
    : slots_(std::min(kFirstSlots, std::bit_ceil(std::max(max_flows, kWays)))),
      max_slots_(std::bit_ceil(std::max(max_flows, kWays))) {}

std::size_t FlowTable::set_of(const FlowKey& key) const {
  return (hash_of(key) & (slots_.size() - 1)) / kWays * kWays;
}

FlowTable::Found FlowTable::find(const FlowKey& key) {
  if (++clock_ == 0) {  // it has gone round: all flows are as old as each other
    for (Slot& slot : slots_) slot.used = std::min(slot.used, 1u);
    clock_ = 2;
  }
  const auto set = slots_.begin() + static_cast<std::ptrdiff_t>(set_of(key));
  const auto end = set + kWays;
  const auto found =
      std::find_if(set, end, [&](const Slot& slot) { return slot.used != 0 && slot.key == key; });
  if (found != end) {
    found->used = clock_;
    return {.flow = found->flow, .is_new = false};
  }
  const auto oldest = std::ranges::min_element(set, end, {}, &Slot::used);
  if (oldest->used != 0 && slots_.size() < max_slots_) {
    grow();
    return find(key);
  }
  *oldest = {.key = key, .flow = {}, .used = clock_};
  return {.flow = oldest->flow, .is_new = true};
}

// Twice as many sets: those of a set divide into two, none of which can overflow.
void FlowTable::grow() {
  std::vector<Slot> old(slots_.size() * 2);
  std::swap(old, slots_);
  for (const Slot& slot : old) {
    if (slot.used == 0) continue;
    const auto set = slots_.begin() + static_cast<std::ptrdiff_t>(set_of(slot.key));
    *std::find_if(set, set + kWays, [](const Slot& other) { return other.used == 0; }) = slot;
  }
}

}  // namespace weir::packet
