// The network interfaces of this process's network namespace, as rtnetlink tells them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include <weir/result.h>

#include "os/netlink.h"

namespace weir::os {

struct LinkAddress {
  std::vector<std::byte> bytes;  // 4 of IPv4 or 16 of IPv6
  std::uint8_t prefix = 0;       // bits
};

struct Link {
  std::uint32_t index = 0;
  std::string name;
  std::uint16_t hardware_type = 0;  // ARPHRD_* of linux/if_arp.h
  std::uint32_t flags = 0;          // IFF_* of linux/if.h
  std::uint32_t mtu = 0;
  std::uint32_t largest_packet = 0;  // what offloading may make of several: IFLA_GSO_MAX_SIZE
  std::string kind;                  // "veth", "vlan"; empty for what is none of these
  bool has_device = false;           // a device of a bus stands behind it
  std::string qdisc;
  std::vector<std::byte> hardware_address;
  std::vector<LinkAddress> addresses;

  bool is_up() const;
  bool is_loopback() const;
};

// "up", "down", or "no carrier".
std::string state_text(const Link& link);

// In the order of their indices.
Result<std::vector<Link>> list_links(Netlink& netlink);
Result<std::vector<Link>> list_links();

}  // namespace weir::os
