// As what the packets of an interface can be had: link types by hardware type, the default first.
#pragma once

#include <vector>

#include <weir/link_type.h>

#include "os/links.h"
#include "os/packet_socket.h"

namespace weir::capture {

// ARPHRD_CAN of linux/if_arp.h: such interfaces hand back what they send.
inline constexpr std::uint16_t kCanHardware = 280;

// A header that stands in front of each packet in place of its own.
enum class CookedHeader : std::uint8_t { kNone, kSll, kSll2 };

struct OfferedLinkType {
  LinkType type = LinkType::kEn10mb;
  CookedHeader header = CookedHeader::kNone;

  os::Framing framing() const {
    return header == CookedHeader::kNone ? os::Framing::kWhole : os::Framing::kCooked;
  }
  friend bool operator==(const OfferedLinkType&, const OfferedLinkType&) = default;
};

// Never empty: what has no link type of its own is cooked.
std::vector<OfferedLinkType> offered_link_types(const os::Link& link);
// For packets of all interfaces together.
std::vector<OfferedLinkType> offered_for_any();

}  // namespace weir::capture
