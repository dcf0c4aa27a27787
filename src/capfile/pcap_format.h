// The pcap format (draft-ietf-opsawg-pcap) and its variants, described once for reading and
// writing.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "capfile/info.h"

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

}  // namespace weir::capfile
