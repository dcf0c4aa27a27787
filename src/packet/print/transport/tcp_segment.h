// What both printers of TCP segments have in common, that of every packet (tcp.cpp) and that of the
// usual ones (usual_segment.cpp): the letters of the flags, and numbers that count from the start
// of their connection.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "packet/print/flows.h"
#include "packet/print/text.h"

namespace weir::packet::tcp {

inline constexpr std::size_t kMinHeader = 20;
inline constexpr std::uint8_t kFin = 0x01, kSyn = 0x02, kReset = 0x04, kAck = 0x10, kUrgent = 0x20;

using FlagText = ShortText<8>;

constexpr FlagText make_flag_text(unsigned flags) {
  constexpr std::string_view kLetters = "FSRP.UEW";  // from the lowest bit
  if (flags == 0) return {.characters = {'n', 'o', 'n', 'e'}, .size = 4};
  FlagText out{};
  for (unsigned bit = 0; bit < kLetters.size(); ++bit) {
    if ((flags >> bit & 1) != 0) out.characters[out.size++] = kLetters[bit];
  }
  return out;
}

constexpr std::array<FlagText, 256> make_flag_texts() {
  std::array<FlagText, 256> out{};
  for (unsigned flags = 0; flags < out.size(); ++flags) out[flags] = make_flag_text(flags);
  return out;
}

inline constexpr auto kFlagTexts = make_flag_texts();

struct Ports {
  std::uint16_t source;
  std::uint16_t destination;
};

struct Numbers {
  std::uint32_t sequence;
  std::uint32_t ack;
};

// The connection of a segment. The end with the lower port, or the lower address, comes first.
struct Connection {
  FlowKey key{};
  bool reversed = false;  // the segment goes from the second end to the first
};

// `addresses` are those of the IP header: the source's `kSize` bytes, then the destination's.
template <std::size_t kSize>
Connection connection_of(const std::byte* addresses, Ports ports) {
  static_assert(kSize == 4 || kSize == 16);
  const std::byte* const from = addresses;
  const std::byte* const to = addresses + kSize;
  Connection out;
  out.reversed = ports.source > ports.destination ||
                 (ports.source == ports.destination && std::memcmp(from, to, kSize) > 0);
  auto* const at = reinterpret_cast<std::byte*>(out.key.addresses.data());
  std::memcpy(at, out.reversed ? to : from, kSize);
  std::memcpy(at + kSize, out.reversed ? from : to, kSize);
  out.key.ports = out.reversed ? std::uint32_t{ports.destination} << 16 | ports.source
                               : std::uint32_t{ports.source} << 16 | ports.destination;
  out.key.version = kSize == 4 ? 4 : 6;
  return out;
}

// Makes the numbers of a segment that acknowledges count from where its connection began, and
// returns where the other end's do. The first segment of a connection tells where, and keeps its
// numbers.
inline std::uint32_t make_relative(FlowTable& flows, const Connection& connection,
                                   std::uint8_t flags, Numbers& numbers) {
  const auto [flow, is_new] = flows.find(connection.key);
  std::uint32_t& own = connection.reversed ? flow.backward : flow.forward;
  std::uint32_t& other = connection.reversed ? flow.forward : flow.backward;
  if (is_new || (flags & kSyn) != 0) {
    own = numbers.sequence;
    other = numbers.ack - 1;
  } else {
    numbers.sequence -= own;
    numbers.ack -= other;
  }
  return other;
}

}  // namespace weir::packet::tcp
