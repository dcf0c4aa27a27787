// PortTable: which of a transport's payload printers a packet's ports ask for. The table's order
// decides when both ports ask for one.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace weir::packet {

enum class Side : std::uint8_t { kEither, kSource, kDestination };

template <typename Printer>
struct PortEntry {
  std::uint16_t port;
  Printer print;
  Side side = Side::kEither;
};

template <typename Printer, std::size_t kSize>
class PortTable {
 public:
  explicit constexpr PortTable(const PortEntry<Printer> (&entries)[kSize]) {
    for (std::size_t i = 0; i < kSize; ++i) {
      entries_[i] = entries[i];
      by_port_[i] = {.port = entries[i].port, .rank = static_cast<std::uint16_t>(i)};
      word_of(entries[i].port) |= bit_of(entries[i].port);
    }
    std::ranges::sort(by_port_, [](const Index& a, const Index& b) {
      return a.port != b.port ? a.port < b.port : a.rank < b.rank;
    });
  }

  // nullptr when neither port asks for one.
  constexpr Printer find(std::uint16_t source, std::uint16_t destination) const {
    if (!may_hold(source) && !may_hold(destination)) [[likely]]
      return nullptr;
    const std::size_t first =
        std::min(rank(source, Side::kSource), rank(destination, Side::kDestination));
    return first == kSize ? nullptr : entries_[first].print;
  }

 private:
  struct Index {
    std::uint16_t port;
    std::uint16_t rank;
  };

  // Most ports are in no table, which these bits, one for 256 ports each, mostly tell.
  constexpr std::uint64_t& word_of(std::uint16_t port) { return bits_[port / 64 % bits_.size()]; }
  constexpr bool may_hold(std::uint16_t port) const {
    return (bits_[port / 64 % bits_.size()] & bit_of(port)) != 0;
  }
  static constexpr std::uint64_t bit_of(std::uint16_t port) {
    return std::uint64_t{1} << port % 64;
  }

  // Of the first entry for that port on that side; kSize when there is none.
  constexpr std::size_t rank(std::uint16_t port, Side side) const {
    auto at = std::ranges::lower_bound(by_port_, port, {}, &Index::port);
    for (; at != by_port_.end() && at->port == port; ++at) {
      const Side wanted = entries_[at->rank].side;
      if (wanted == Side::kEither || wanted == side) return at->rank;
    }
    return kSize;
  }

  std::array<PortEntry<Printer>, kSize> entries_{};
  std::array<Index, kSize> by_port_{};
  std::array<std::uint64_t, 4> bits_{};
};

}  // namespace weir::packet
