// Capture files to print: traffic as it is on a network, and two kinds that are hard on tables.
#pragma once

#include <cstdint>
#include <string>

#include <weir/result.h>

namespace weir::bench {

enum class Traffic : std::uint8_t {
  kMixed,      // TCP with options, DNS, ICMP, ARP, IPv6 between a few hosts
  kManyHosts,  // TCP between 10,000 x 10,000 hosts
  kManyFlows,  // TCP, a new flow a packet
};

// Writes `packets` Ethernet packets to a pcap file. The same arguments give the same file.
Result<> write_traffic(const std::string& path, Traffic kind, std::uint64_t packets);

}  // namespace weir::bench
