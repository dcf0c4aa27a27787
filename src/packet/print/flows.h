// FlowTable: the first sequence numbers of TCP connections, from which relative ones are counted.
// Its size is bounded: when it is full, of four flows the one that was seen longest ago is
// forgotten, and its next packet counts as a first one.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace weir::packet {

// Both directions of a connection have the same key: FlowTable's callers order the ends.
struct FlowKey {
  std::array<std::uint64_t, 4> addresses;  // IPv4 addresses in the first one
  std::uint32_t ports;
  std::uint32_t version;  // 4 or 6

  // Without branches and calls: the hash has told nearly all others apart.
  bool operator==(const FlowKey& other) const {
    std::uint64_t different = (ports ^ other.ports) | (version ^ other.version);
    for (std::size_t i = 0; i < addresses.size(); ++i)
      different |= addresses[i] ^ other.addresses[i];
    return different == 0;
  }
};

struct Flow {
  std::uint32_t forward = 0;   // first sequence number of the end that comes first in the key
  std::uint32_t backward = 0;  // and of the other
};

class FlowTable {
 public:
  // Remembers at most that many flows, of which there are at least four.
  explicit FlowTable(std::size_t max_flows = std::size_t{1} << 19);

  struct Found {
    Flow& flow;   // valid until the next call
    bool is_new;  // the flow is not set yet
  };
  Found find(const FlowKey& key);

 private:
  // Of one cache line.
  struct alignas(64) Slot {
    FlowKey key{};
    Flow flow;
    std::uint64_t used = 0;  // the clock when it was seen last
  };
  // A hash table with open addressing leads to the slots, which lie in the order of their first
  // packets: flows that are alive together lie together.
  struct Entry {
    std::uint32_t hash = 0;  // of the key; its lower bits are the entry's own place
    std::uint32_t slot = kNoSlot;
  };
  static constexpr std::uint32_t kNoSlot = std::numeric_limits<std::uint32_t>::max();

  Found insert(const FlowKey& key, std::uint32_t hash);
  std::uint32_t free_slot();
  void place(Entry entry);
  void remove(const FlowKey& key, std::uint32_t slot);
  void grow();
  std::size_t mask() const { return entries_.size() - 1; }

  std::size_t max_flows_;
  std::vector<Slot> slots_;
  std::vector<Entry> entries_;  // a power of two, at least twice as many as slots in use
  std::size_t hand_ = 0;        // where the next flow to forget is looked for
  std::uint64_t clock_ = 0;
};

}  // namespace weir::packet
