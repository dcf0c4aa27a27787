#include "capture/link_types.h"

#include <algorithm>

namespace weir::capture {
namespace {

constexpr OfferedLinkType whole(std::uint16_t link_type) { return {.type = LinkType{link_type}}; }

constexpr OfferedLinkType kSll2 = {.type = LinkType::kLinuxSll2, .header = CookedHeader::kSll2};
constexpr OfferedLinkType kSll = {.type = LinkType::kLinuxSll, .header = CookedHeader::kSll};
constexpr std::uint16_t kEthernet = 1;
constexpr std::uint16_t kDocsis = 143;

// ARPHRD_* of linux/if_arp.h, and what libpcap makes of them.
constexpr struct {
  std::uint16_t hardware_type;
  OfferedLinkType offered;
} kHardwareTypes[] = {
    {kEthernet, whole(1)},
    {2, whole(2)},      // Experimental Ethernet
    {3, whole(202)},    // AX.25 with a KISS header
    {4, whole(4)},      // ProNET
    {5, whole(5)},      // Chaosnet
    {6, whole(6)},      // Token Ring
    {800, whole(6)},    // the same, IEEE 802.5
    {7, whole(129)},    // ARCnet
    {15, whole(101)},   // Frame Relay DLCI
    {23, whole(1)},     // Metricom Strip
    {256, whole(101)},  // SLIP and its variants
    {257, whole(101)},
    {258, whole(101)},
    {259, whole(101)},
    {264, whole(101)},
    {kCanHardware, whole(227)},
    {513, whole(104)},  // Cisco HDLC
    {518, whole(101)},  // HDLC without a header that is known
    {768, whole(101)},  // IP in IP
    {770, whole(107)},  // Frame Relay
    {772, whole(1)},    // loopback
    {773, whole(114)},  // LocalTalk
    {774, whole(10)},   // FDDI
    {776, whole(101)},  // IPv6 in IPv4
    {784, whole(224)},  // Fibre Channel
    {785, whole(224)},
    {786, whole(224)},
    {787, whole(224)},
    {801, whole(105)},                                             // IEEE 802.11
    {802, whole(119)},                                             // with a Prism header
    {803, whole(127)},                                             // with a radiotap header
    {804, whole(230)},                                             // IEEE 802.15.4
    {824, {.type = LinkType{253}, .header = CookedHeader::kSll}},  // netlink, as nlmon shows it
    {826, whole(271)},                                             // vsockmon
    {0xfffe, whole(101)},                                          // tun, WireGuard
};

}  // namespace

std::vector<OfferedLinkType> offered_link_types(const os::Link& link) {
  const auto found = std::ranges::find(kHardwareTypes, link.hardware_type,
                                       [](const auto& entry) { return entry.hardware_type; });
  // PPP among them: what its driver shows begins in different places in the two directions.
  if (found == std::ranges::end(kHardwareTypes)) return {kSll, kSll2};
  if (link.hardware_type == kEthernet) return {found->offered, whole(kDocsis)};
  return {found->offered};
}

std::vector<OfferedLinkType> offered_for_any() { return {kSll2, kSll}; }

}  // namespace weir::capture
