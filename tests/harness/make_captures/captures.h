// The captures that ship with weir, byte for byte the same on every machine.
#pragma once

#include <string_view>

#include "layers.h"

namespace weir::captures {

// A small office network: web, DNS, VLANs, IPv6, and what else a network talks about (EN10MB,
// pcap).
Bytes web();
// Encapsulations of every kind, with comments, on an Ethernet and a cooked interface (pcapng).
Bytes tunnels();
// A wireless network with an access point and a station (IEEE802_11_RADIO, pcap).
Bytes wlan();

struct NamedCapture {
  std::string_view file;
  Bytes (*make)();
};
inline constexpr NamedCapture kCaptures[] = {
    {"web.pcap", web},
    {"tunnels.pcapng", tunnels},
    {"wlan.pcap", wlan},
};

}  // namespace weir::captures
