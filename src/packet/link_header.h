// Link-layer headers: what stands behind each, as far as a summary needs it.
#pragma once

#include <cstdint>
#include <string>

#include <weir/link_type.h>

#include "base/reader.h"

namespace weir::packet {

enum class Next : std::uint8_t {
  kEtherType,  // what `value` says
  kLlc,        // an LLC header
  kIp,         // IPv4 or IPv6, told apart by its first four bits
  kNothing,    // `text` says all there is to say
};

struct LinkHeader {
  Next next = Next::kNothing;
  std::uint16_t value = 0;
  std::string text;
};

// Reads the header of a packet; the reader then stands behind it. A reader that has failed means
// that the packet is too short.
LinkHeader read_link_header(LinkType link_type, ByteReader& reader);

// IEEE 802.11, behind a radiotap header if there was one.
LinkHeader read_wlan_header(ByteReader& reader);
// The protocol field of PPP, behind address and control.
LinkHeader read_ppp_protocol(ByteReader& reader);

}  // namespace weir::packet
