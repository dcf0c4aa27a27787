// The parts of generated packets. A Builder appends; each function writes one header and then what
// may follow it, until the depth is used up.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "diff/filter/choices.h"

namespace weir::difftest {

struct Builder {
  Choices& choices;
  std::vector<std::byte> bytes;
  int depth = 6;  // how many more headers may be nested

  void u8(std::uint32_t value);
  void u16(std::uint32_t value);
  void u32(std::uint32_t value);
  void le16(std::uint32_t value);
  void le32(std::uint32_t value);
  void mac(std::uint64_t value);
  void address6(std::string_view text);
  void noise(std::size_t count);
  void zeros(std::size_t count);
  void patch16(std::size_t at, std::size_t value);
  std::size_t size() const { return bytes.size(); }
};

// Network layer (packet_network.cpp).
void write_ip4(Builder& b);
void write_ip6(Builder& b);
void write_arp(Builder& b);
void write_payload(Builder& b);

// What follows an IP header with this protocol (packet_transport.cpp).
void write_transport(Builder& b, std::uint32_t protocol);

// Link layer (packet_link.cpp).
void write_ethernet(Builder& b);
void write_by_ether_type(Builder& b, std::uint32_t ether_type);
std::uint32_t pick_ether_type(Builder& b);
void write_llc(Builder& b);
void write_mpls(Builder& b);
void write_ppp_payload(Builder& b);

// 802.11 (packet_wlan.cpp).
void write_wlan(Builder& b);
void write_radiotap(Builder& b);

}  // namespace weir::difftest
