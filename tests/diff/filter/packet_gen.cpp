// Variants of packets: truncation, mutation, noise.
#include "diff/filter/packet_gen.h"

#include <algorithm>
#include <utility>

#include "diff/filter/values.h"

namespace weir::difftest {
namespace {

using Bytes = std::vector<std::byte>;

SamplePacket whole(Bytes bytes) {
  const auto length = static_cast<std::uint32_t>(bytes.size());
  return {.bytes = std::move(bytes), .wire_length = length};
}

SamplePacket cut(Bytes bytes, Choices& choices) {
  SamplePacket sample = whole(std::move(bytes));
  const auto longest = std::min<std::uint32_t>(sample.wire_length, 160);
  sample.bytes.resize(choices.below(longest + 1));
  return sample;
}

SamplePacket mutated(Bytes bytes, Choices& choices) {
  const auto headers = std::min<std::uint32_t>(static_cast<std::uint32_t>(bytes.size()), 96);
  for (std::uint32_t count = choices.between(1, 4); count != 0 && headers != 0; --count) {
    const std::uint32_t value =
        choices.chance(50) ? choices.pick(values::kBytes) : choices.below(256);
    bytes[choices.below(headers)] = static_cast<std::byte>(value);
  }
  return whole(std::move(bytes));
}

SamplePacket with_wire_length(Bytes bytes, Choices& choices) {
  SamplePacket sample = whole(std::move(bytes));
  sample.wire_length = std::max(sample.wire_length, choices.pick(values::kLengths));
  return sample;
}

SamplePacket noise(Bytes bytes, Choices& choices) {
  for (std::byte& byte : bytes) byte = static_cast<std::byte>(choices.below(256));
  return whole(std::move(bytes));
}

}  // namespace

SamplePacket vary_packet(Bytes packet, Choices& choices) {
  const std::uint32_t dice = choices.below(100);
  if (dice < 55) return whole(std::move(packet));
  if (dice < 70) return with_wire_length(std::move(packet), choices);
  if (dice < 85) return cut(std::move(packet), choices);
  if (dice < 97) return mutated(std::move(packet), choices);
  return noise(std::move(packet), choices);
}

std::vector<SamplePacket> generate_packets(LinkType link_type, std::size_t count,
                                           Choices& choices) {
  std::vector<SamplePacket> packets;
  packets.reserve(count);
  while (packets.size() < count) {
    packets.push_back(vary_packet(generate_packet(link_type, choices), choices));
  }
  return packets;
}

std::vector<SamplePacket> truncations(const SamplePacket& packet, std::size_t longest) {
  std::vector<SamplePacket> cuts;
  for (std::size_t length = 0; length <= std::min(longest, packet.bytes.size()); ++length) {
    cuts.push_back({.bytes = Bytes(packet.bytes.begin(),
                                   packet.bytes.begin() + static_cast<std::ptrdiff_t>(length)),
                    .wire_length = packet.wire_length});
  }
  return cuts;
}

}  // namespace weir::difftest
