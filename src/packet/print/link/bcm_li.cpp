// Broadcom's shim for lawful interception.
#include "packet/print/named.h"
#include "packet/print/printers.h"

namespace weir::packet::bcm_li {
namespace {

constexpr Field kFields[] = {
    {.name = "bcm_li.direction", .offset = 0, .size = 4, .mask = 0xe0000000},
    {.name = "bcm_li.packet_type", .offset = 0, .size = 4, .mask = 0x1e000000},
    {.name = "bcm_li.packet_subtype", .offset = 0, .size = 4, .mask = 0x01c00000},
    {.name = "bcm_li.id", .offset = 0, .size = 4, .mask = 0x003fffff},
};
constexpr Protocol kBcmLi{.name = "bcm_li", .fields = kFields};

constexpr std::size_t kShim = 4;
constexpr unsigned kUndecided = 4, kIp4 = 5, kIp6 = 6, kEthernet = 7;

constexpr Named kDirections[] = {{1, "unused"}, {2, "egress"}, {3, "ingress"}};
constexpr Named kTypes[] = {
    {kUndecided, "undecided"}, {kIp4, "ipv4"}, {kIp6, "ipv6"}, {kEthernet, "ethernet"}};
constexpr Named kSubtypes[] = {{1, "single VLAN tag"}, {2, "double VLAN tag"}, {3, "untagged"}};

void print_payload(Line& line, const View& payload, unsigned type) {
  if (type == kEthernet) {
    ethernet::print(line, payload);
    return;
  }
  if (type < kUndecided || type > kEthernet) return line.put_invalid();
  const unsigned version = payload.u8(0) >> 4;
  if (type == kIp4 || (type == kUndecided && version == 4)) return ip4::print(line, payload);
  if (type == kIp6 || version == 6) return ip6::print(line, payload);
  line.put("unknown payload");
}

}  // namespace

void print(Line& line, const View& view) {
  line.begin_layer(kBcmLi, view);
  if (view.length() < kShim) {
    line.print(" (length {} < {})", view.length(), kShim);
    return line.put_invalid();
  }
  const std::uint32_t shim = view.u32(0);
  const unsigned type = shim >> 25 & 0xf;
  const std::string_view indent = line.verbose() ? "\n    " : "";
  line.print("{}BCM-LI-SHIM: direction {}, pkt-type {}, pkt-subtype {}, li-id {}{}", indent,
             name_of(kDirections, shim >> 29, "unknown"), name_of(kTypes, type, "unknown"),
             name_of(kSubtypes, shim >> 22 & 7, "unknown"), shim & 0x3fffff, indent);
  const View payload = view.from(kShim);
  if (!line.verbose()) {
    payload.need(0, payload.length());
    return;
  }
  if (!line.enter()) return;
  print_payload(line, payload, type);
  line.leave();
}

}  // namespace weir::packet::bcm_li
