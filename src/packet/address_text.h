// Addresses as text: dotted IPv4, IPv6 as RFC 5952 writes it, colon-separated Ethernet.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace weir::packet {

std::string ip4_text(std::uint32_t address);  // host order
// REQUIRES: 16 bytes, in network order.
std::string ip6_text(std::span<const std::byte> address);
// Any number of bytes; 6 is an Ethernet address.
std::string mac_text(std::span<const std::byte> address);

}  // namespace weir::packet
