#include "capfile/pcapng_section.h"

#include "base/endian.h"
#include "capfile/pcapng_interface.h"

namespace weir::capfile {
namespace {

template <std::endian kOrder>
std::uint32_t field(std::span<const std::byte> block, std::size_t offset) {
  return load<std::uint32_t>(block.data() + offset, kOrder);
}

template <std::endian kOrder>
Packet make_packet(const PcapngSection& section, std::span<const std::byte> block,
                   std::uint32_t interface, std::uint32_t caplen) {
  const PacketFacts& facts = section.interfaces[interface];
  const std::uint64_t ticks = std::uint64_t{field<kOrder>(block, 12)} << 32 |  // upper half first
                              field<kOrder>(block, 16);
  const std::size_t options = kPacketData + padded(caplen);
  const std::size_t options_length = block.size() - kBlockTrailer - options;
  return {.bytes = block.subspan(kPacketData, caplen),
          .wire_length = field<kOrder>(block, kPacketCaplenOffset + 4),
          .time_ns = facts.time.nanoseconds(ticks),
          .link_type = facts.link_type,
          .interface_id = section.first_interface + interface,
          .direction = options_length != 0
                           ? read_direction(block.subspan(options, options_length), kOrder)
                           : Direction::kUnknown};
}

// This loop is pcapng's hottest: made once for each byte order, and without any error in it.
template <std::endian kOrder>
std::size_t take_in(const PcapngSection& section, std::span<const std::byte> bytes, std::size_t at,
                    BatchBuilder& into) {
  constexpr std::size_t kAround = kPacketData + kBlockTrailer;
  for (std::size_t room = into.room(); room != 0; --room) {
    const auto left = bytes.subspan(at);
    if (left.size() < kAround) break;
    const auto length = field<kOrder>(left, 4);
    const auto interface = field<kOrder>(left, 8);
    const auto caplen = field<kOrder>(left, kPacketCaplenOffset);
    const bool sound = BlockType{field<kOrder>(left, 0)} == BlockType::kEnhancedPacket &&
                       section.is_sane(length) && length >= kAround && length <= left.size() &&
                       field<kOrder>(left, length - kBlockTrailer) == length &&
                       caplen <= length - kAround && interface < section.interfaces.size();
    if (!sound) break;
    into.add(make_packet<kOrder>(section, left.first(length), interface, caplen),
             {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + length)});
    at += length;
  }
  return at;
}

}  // namespace

Packet PcapngSection::packet_of(std::span<const std::byte> block, std::uint32_t interface,
                                std::uint32_t caplen) const {
  return byte_order == std::endian::little
             ? make_packet<std::endian::little>(*this, block, interface, caplen)
             : make_packet<std::endian::big>(*this, block, interface, caplen);
}

std::size_t PcapngSection::take_packets(std::span<const std::byte> bytes, std::size_t at,
                                        BatchBuilder& into) const {
  return byte_order == std::endian::little ? take_in<std::endian::little>(*this, bytes, at, into)
                                           : take_in<std::endian::big>(*this, bytes, at, into);
}

}  // namespace weir::capfile
