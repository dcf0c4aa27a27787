// One capture through weir's reader and through libpcap's.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <limits>
#include <string>
#include <vector>

#include "libpcap_reader.h"
#include "unit/capfile/read_all.h"

namespace weir::test {

// Every file below ../shared/captures; empty when that folder is absent.
inline std::vector<std::filesystem::path> shared_captures() {
  std::vector<std::filesystem::path> paths;
  const std::filesystem::path folder =
      std::filesystem::path(WEIR_SOURCE_DIR) / ".." / "shared" / "captures";
  if (!std::filesystem::exists(folder)) return paths;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension().string().starts_with(".pcap")) paths.push_back(entry.path());
  }
  std::ranges::sort(paths);
  return paths;
}

inline Bytes contents(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  const std::string text((std::istreambuf_iterator<char>(stream)), {});
  const auto bytes = std::as_bytes(std::span(text));
  return {bytes.begin(), bytes.end()};
}

// pcap's time stamps are 32-bit integers, unsigned to weir and to today's libpcap; this one takes
// those of its own byte order as signed.
inline bool same_time(const OwnedPacket& ours, const ReferencePacket& theirs) {
  constexpr std::int64_t kSecond = 1'000'000'000;
  constexpr std::int64_t kWrap = std::int64_t{1} << 32;
  constexpr std::int64_t kLastSecond = std::numeric_limits<std::int64_t>::max() / kSecond;
  if (theirs.seconds >= kLastSecond || theirs.seconds < -kLastSecond) return true;
  for (const std::int64_t seconds : {theirs.seconds, theirs.seconds + kWrap}) {
    for (const std::int64_t tick : {0, 1, 1000}) {
      if (ours.time_ns == seconds * kSecond + theirs.nanoseconds + tick * kWrap) return true;
    }
  }
  return false;
}

// The first packet that differs, or an empty string.
inline std::string difference(const std::vector<OwnedPacket>& ours,
                              const ReferenceCapture& theirs) {
  const std::size_t both = std::min(ours.size(), theirs.packets.size());
  for (std::size_t i = 0; i < both; ++i) {
    const ReferencePacket& reference = theirs.packets[i];
    const std::string number = std::to_string(i + 1);
    if (ours[i].bytes.size() != reference.bytes.size()) return "caplen of packet " + number;
    if (ours[i].wire_length != reference.wire_length) return "length of packet " + number;
    if (!same_time(ours[i], reference)) return "time of packet " + number;
    if (!theirs.bytes_changed && ours[i].bytes != reference.bytes)
      return "bytes of packet " + number;
  }
  return ours.size() == theirs.packets.size()
             ? ""
             : std::to_string(ours.size()) + " packets, libpcap has " +
                   std::to_string(theirs.packets.size());
}

}  // namespace weir::test
