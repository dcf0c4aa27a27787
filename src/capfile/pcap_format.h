// The pcap format (draft-ietf-opsawg-pcap) and its variants, described once for reading and
// writing.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "capfile/info.h"
#include "capfile/limits.h"

namespace weir::capfile {

inline constexpr std::size_t kPcapFileHeader = 24;
inline constexpr std::size_t kPcapRecordHeader = 16;
inline constexpr std::size_t kPcapCaplenOffset = 8;  // in a record header, after the time stamp

struct PcapVariant {
  std::uint32_t magic;
  std::uint64_t ticks_per_second;
  std::uint32_t file_header;
  std::uint32_t record_header;
  std::string_view name;
};

inline constexpr PcapVariant kPcapVariants[] = {
    {0xa1b2c3d4, kMicroseconds, 24, 16, "pcap"},
    {0xa1b23c4d, kNanoseconds, 24, 16, "pcap (nanoseconds)"},
    // Red Hat 6.x: interface index, protocol and packet type follow the record's lengths.
    {0xa1b2cd34, kMicroseconds, 24, 24, "Kuznetzov's pcap"},
    // lcap: the size of all records follows the file header.
    {0x1c0001ac, kNanoseconds, 28, 16, "IXIA lcap (hardware)"},
    {0x1c0001ab, kMicroseconds, 28, 16, "IXIA lcap (software)"},
};

inline constexpr std::uint16_t kPcapMajor = 2;
inline constexpr std::uint16_t kPcapMinor = 4;

struct PcapMagic {
  const PcapVariant* variant = nullptr;  // null: this is no pcap file
  std::endian byte_order = std::endian::native;
};
PcapMagic read_pcap_magic(std::span<const std::byte> start);

// What pcap's link type field carries beside the link type: bits 26 to 31 tell the FCS length.
constexpr std::uint32_t link_type_of(std::uint32_t network) { return network & 0x03ff'ffff; }

// What a packet may have in a file with this snaplen and these record headers. Kuznetzov's records
// of cooked captures got an Ethernet header that the snaplen does not count.
constexpr std::uint32_t longest_packet(LinkType link_type, std::uint32_t snaplen,
                                       std::uint32_t record_header) {
  constexpr std::uint32_t kFakedEthernetHeader = 14;
  const std::uint32_t longest = effective_snaplen(link_type, snaplen);
  const bool cooked = record_header != kPcapRecordHeader && link_type == LinkType::kEn10mb;
  if (!cooked) return longest;
  return std::max(longest, std::min(longest + kFakedEthernetHeader, max_caplen(link_type)));
}

}  // namespace weir::capfile
