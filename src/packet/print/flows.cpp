#include "packet/print/flows.h"

#include <algorithm>
#include <utility>

namespace weir::packet {
namespace {

constexpr std::size_t kFirstEntries = 1024;
// Among how many the one to forget is chosen.
constexpr std::size_t kCandidates = 4;

std::uint64_t mixed(std::uint64_t hash, std::uint64_t value) {
  hash = (hash ^ value) * 0x9e3779b97f4a7c15;  // 2^64 / golden ratio
  return hash ^ hash >> 32;
}

std::uint32_t hash_of(const FlowKey& key) {
  std::uint64_t hash = mixed(key.version, key.addresses[0]);
  if (key.version == 6) {
    for (std::size_t i = 1; i < key.addresses.size(); ++i) hash = mixed(hash, key.addresses[i]);
  }
  return static_cast<std::uint32_t>(mixed(hash, key.ports) >> 32);
}

}  // namespace

FlowTable::FlowTable(std::size_t max_flows)
    : max_flows_(std::max(max_flows, kCandidates)), entries_(kFirstEntries) {}

FlowTable::Found FlowTable::find(const FlowKey& key) {
  ++clock_;
  const std::uint32_t hash = hash_of(key);
  for (std::size_t at = hash & mask();; at = (at + 1) & mask()) {
    const Entry entry = entries_[at];
    if (entry.slot == kNoSlot) return insert(key, hash);
    if (entry.hash != hash || slots_[entry.slot].key != key) continue;
    Slot& slot = slots_[entry.slot];
    slot.used = clock_;
    return {.flow = slot.flow, .is_new = false};
  }
}

FlowTable::Found FlowTable::insert(const FlowKey& key, std::uint32_t hash) {
  const std::uint32_t slot = free_slot();
  slots_[slot] = {.key = key, .flow = {}, .used = clock_};
  place({.hash = hash, .slot = slot});
  return {.flow = slots_[slot].flow, .is_new = true};
}

std::uint32_t FlowTable::free_slot() {
  if (slots_.size() < max_flows_) {
    if (2 * (slots_.size() + 1) > entries_.size()) grow();
    slots_.emplace_back();
    return static_cast<std::uint32_t>(slots_.size() - 1);
  }
  std::size_t oldest = hand_;
  for (std::size_t i = 0; i < kCandidates; ++i) {
    if (slots_[hand_].used < slots_[oldest].used) oldest = hand_;
    hand_ = (hand_ + 1) % slots_.size();
  }
  const auto slot = static_cast<std::uint32_t>(oldest);
  remove(slots_[slot].key, slot);
  return slot;
}

void FlowTable::place(Entry entry) {
  std::size_t at = entry.hash & mask();
  while (entries_[at].slot != kNoSlot) at = (at + 1) & mask();
  entries_[at] = entry;
}

// Closes the gap: an entry behind it moves up unless its own place lies behind the gap.
void FlowTable::remove(const FlowKey& key, std::uint32_t slot) {
  std::size_t gap = hash_of(key) & mask();
  while (entries_[gap].slot != slot) gap = (gap + 1) & mask();
  for (std::size_t at = (gap + 1) & mask(); entries_[at].slot != kNoSlot; at = (at + 1) & mask()) {
    const std::size_t own = entries_[at].hash & mask();
    if (((at - own) & mask()) < ((at - gap) & mask())) continue;
    entries_[gap] = entries_[at];
    gap = at;
  }
  entries_[gap] = {};
}

void FlowTable::grow() {
  std::vector<Entry> old(entries_.size() * 2);
  std::swap(old, entries_);
  for (const Entry& entry : old) {
    if (entry.slot != kNoSlot) place(entry);
  }
}

}  // namespace weir::packet
