// Where a file has to be cut so that it ends with a whole record, once writing has failed midway.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

namespace weir::capfile {

// How many of `bytes`, which were written by an encoder of this room and begin with a record or a
// block, belong to whole ones. With `position` 0 a file header comes first in pcap.
std::size_t whole_pcap_records(std::span<const std::byte> bytes, std::uint64_t position,
                               std::endian order);
std::size_t whole_pcapng_blocks(std::span<const std::byte> bytes);

}  // namespace weir::capfile
