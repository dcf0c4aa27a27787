// Ways to walk over all packets of a capture, from the barest to libpcap's.
#pragma once

#include <cstdint>
#include <string>

namespace weir::bench {

// What a walk saw: compared between walks, and the reason why no compiler can drop one.
struct Walked {
  std::uint64_t packets = 0;
  std::uint64_t captured = 0;

  friend bool operator==(const Walked&, const Walked&) = default;
};

// read(2) in chunks, and nothing but the lengths of the record headers.
Walked walk_bare_pcap(const std::string& path);
Walked walk_bare_pcapng(const std::string& path);
// weir's reader: batches of packets.
Walked walk_reader(const std::string& path);
// weir's reader and writer: every packet, or every other, to /dev/null in the format it came in.
Walked walk_copy_all(const std::string& path);
Walked walk_copy_half(const std::string& path);
// pcap_next_ex().
Walked walk_libpcap(const std::string& path);
const char* libpcap_version();

}  // namespace weir::bench
