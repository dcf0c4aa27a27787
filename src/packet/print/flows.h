// FlowTable: the first sequence numbers of TCP connections, from which relative ones are counted.
// Its size is bounded: when a set of slots is full, the flow that was seen longest ago is
// forgotten, and its next packet counts as a first one.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace weir::packet {

// Both directions of a connection have the same key: FlowTable's callers order the ends.
struct FlowKey {
  std::array<std::uint64_t, 4> addresses;  // IPv4 addresses in the first one
  std::uint32_t ports;
  std::uint32_t version;  // 4 or 6

  bool operator==(const FlowKey&) const = default;
};

struct Flow {
  std::uint32_t forward = 0;   // first sequence number of the end that comes first in the key
  std::uint32_t backward = 0;  // and of the other
};

class FlowTable {
 public:
  // Remembers at most that many flows, rounded up to a power of two.
  explicit FlowTable(std::size_t max_flows = std::size_t{1} << 19);

  struct Found {
    Flow& flow;   // valid until the next call
    bool is_new;  // the flow is not set yet
  };
  Found find(const FlowKey& key);

 private:
  static constexpr std::size_t kWays = 4;
  struct Slot {
    FlowKey key{};
    Flow flow;
  };
  // What decides among the slots lies together, so that a look touches one cache line besides that
  // of the flow itself.
  struct alignas(64) Set {
    std::array<std::uint32_t, kWays> used{};  // the clock when each was seen last; 0: empty
    std::array<std::uint32_t, kWays> tags{};  // bits of the keys' hashes
    std::array<Slot, kWays> slots{};
  };

  Set& set_of(std::uint64_t hash) { return sets_[hash & (sets_.size() - 1)]; }
  void grow();

  std::vector<Set> sets_;  // a power of two
  std::size_t max_sets_;
  std::uint32_t clock_ = 0;
};

}  // namespace weir::packet
