// The packets on which programs are compared.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace weir::bench {

struct MixedPacket {
  std::string_view what;
  std::vector<std::byte> frame;  // Ethernet, 60 bytes or more
};

// Of each kind that a filter tells from others one or a few, some with ports and hosts of the
// filters.
std::vector<MixedPacket> packet_mix();

}  // namespace weir::bench
