// What a capture file says about itself: its format, its time stamps, its interfaces.
#pragma once

#include <bit>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <weir/link_type.h>

namespace weir::capfile {

enum class Format : std::uint8_t { kPcap, kPcapng };
enum class Compression : std::uint8_t { kNone, kGzip, kZstd };

std::string_view name(Format format);
std::string_view name(Compression compression);

// Ticks a second of a time stamp. pcapng also knows powers of two and anything up to 10^-19 s.
inline constexpr std::uint64_t kMicroseconds = 1'000'000;
inline constexpr std::uint64_t kNanoseconds = 1'000'000'000;

// An interface as pcapng describes it; a pcap file has exactly one, without a name.
struct Interface {
  LinkType link_type = LinkType::kEn10mb;
  std::uint32_t snaplen = 0;  // as it stands in the file; 0 is no limit
  std::uint64_t ticks_per_second = kMicroseconds;
  std::int64_t offset_seconds = 0;  // added to every time stamp
  std::string name = {};            // "eth0"; empty when the file does not say
  std::string description = {};

  friend bool operator==(const Interface&, const Interface&) = default;
};

// How the records of a pcap file lie; two files that agree here can exchange raw records.
struct PcapLayout {
  std::endian byte_order = std::endian::native;
  std::uint64_t ticks_per_second = kMicroseconds;
  std::uint32_t record_header = 16;  // bytes; 24 in Kuznetzov's variant
  bool lengths_in_order = true;      // false before version 2.4, where caplen may follow the length
  std::uint32_t network = 1;         // the header's link type field, FCS bits and all

  friend bool operator==(const PcapLayout&, const PcapLayout&) = default;
};

struct CaptureInfo {
  Format format = Format::kPcap;
  Compression compression = Compression::kNone;
  std::endian byte_order = std::endian::native;  // of the first section in pcapng
  std::string_view variant = "pcap";  // "pcap (nanoseconds)", "Kuznetzov's pcap", "pcapng 1.0"
  PcapLayout pcap;                    // meaningful when format is kPcap
  bool has_records = true;            // false for a ring: packets come without records of a file
  // pcapng: grows while the file is read; sections add theirs. Packet::interface_id counts in it.
  std::vector<Interface> interfaces;
};

}  // namespace weir::capfile
