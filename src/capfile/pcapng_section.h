// A pcapng section: its byte order, its interfaces, and what packets mean within it.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <weir/packet.h>

#include "capfile/batch.h"
#include "capfile/pcapng_format.h"
#include "capfile/time_scale.h"

namespace weir::capfile {

// What a packet needs of its interface, apart from the interface's texts.
struct PacketFacts {
  LinkType link_type;
  std::uint32_t snaplen;
  TimeScale time;
};

struct PcapngSection {
  std::endian byte_order = std::endian::native;
  std::uint32_t first_interface = 0;  // of the section, among those of the whole file
  std::vector<PacketFacts> interfaces;
  std::uint32_t max_block = kMaxBlock;

  bool is_sane(std::uint32_t block_length) const {
    return block_length >= kMinBlock && block_length % 4 == 0 && block_length <= max_block;
  }

  // The packet in an enhanced (or old) packet block.
  // REQUIRES: `interface` is one of the section, `caplen` fits into the block.
  Packet packet_of(std::span<const std::byte> block, std::uint32_t interface,
                   std::uint32_t caplen) const;

  // Adds the sound enhanced packets that follow one another from `at` on: nearly all of a file.
  // Whatever is unusual ends the run. Gives the offset where it ended.
  std::size_t take_packets(std::span<const std::byte> bytes, std::size_t at,
                           BatchBuilder& into) const;
};

}  // namespace weir::capfile
