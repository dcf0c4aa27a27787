// Protocol layers, each a function from fields and payload to bytes, with lengths and checksums
// right.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "unit/capfile/make_bytes.h"

namespace weir::captures {

using test::Bytes;
using test::operator+;

struct Mac {
  std::array<std::uint8_t, 6> bytes;
};
// Locally administered: 02:00:00:00:00:NN.
constexpr Mac station(std::uint8_t number) { return {{2, 0, 0, 0, 0, number}}; }
inline constexpr Mac kBroadcast = {{0xff, 0xff, 0xff, 0xff, 0xff, 0xff}};

// IPv4 in the first four bytes, or IPv6.
struct Address {
  std::array<std::uint8_t, 16> bytes = {};
  bool is_v6 = false;
};
constexpr Address v4(std::uint8_t a, std::uint8_t b, std::uint8_t c, std::uint8_t d) {
  return {{a, b, c, d}, false};
}
// 2001:db8:SUBNET::HOST
constexpr Address v6(std::uint8_t subnet, std::uint8_t host) {
  return {{0x20, 0x01, 0x0d, 0xb8, 0, subnet, 0, 0, 0, 0, 0, 0, 0, 0, 0, host}, true};
}
// PREFIX00::LAST, link-local (fe80) and multicast (ff02).
constexpr Address v6_local(std::uint16_t prefix, std::uint8_t last) {
  return {{static_cast<std::uint8_t>(prefix >> 8), static_cast<std::uint8_t>(prefix), 0, 0, 0, 0, 0,
           0, 0, 0, 0, 0, 0, 0, 0, last},
          true};
}

// One end of a conversation.
struct Side {
  Mac mac;
  Address address;
  std::uint16_t port = 0;
};

enum : std::uint16_t {
  kTypeIp4 = 0x0800,
  kTypeArp = 0x0806,
  kTypeVlan = 0x8100,
  kTypeIp6 = 0x86dd,
  kTypeMpls = 0x8847,
  kTypePppoeDiscovery = 0x8863,
  kTypePppoeSession = 0x8864,
  kTypeQinq = 0x88a8,
  kTypeLldp = 0x88cc,
};

enum : std::uint8_t {
  kHopByHop = 0,
  kIcmp = 1,
  kIgmp = 2,
  kIpInIp = 4,
  kTcp = 6,
  kUdp = 17,
  kIp6InIp = 41,
  kFragment = 44,
  kGre = 47,
  kIcmp6 = 58,
  kDestinationOptions = 60,
};

Bytes bytes_of(const Mac& mac);
Bytes bytes_of(const Address& address);
Bytes bytes_of(std::string_view text);
Bytes bytes_of(std::initializer_list<unsigned> values);

// Padded to the 60 bytes that a frame has without its FCS.
Bytes ethernet(const Mac& to, const Mac& from, std::uint16_t type, const Bytes& payload);
// What follows a tag's own type: priority and VLAN, then the type of the payload.
Bytes tagged(std::uint16_t vlan, std::uint16_t type, const Bytes& payload);

struct IpFields {
  Address from;
  Address to;
  std::uint8_t protocol = 0;
  std::uint8_t ttl = 64;
  std::uint16_t id = 0;
  std::uint16_t fragment = 0x4000;  // flags and offset; don't fragment
};
Bytes ip(const IpFields& fields, const Bytes& payload);
// The packet in pieces of at most `piece` bytes of payload (a multiple of 8).
std::vector<Bytes> ip_fragments(IpFields fields, const Bytes& payload, std::size_t piece);
std::uint16_t ether_type(const Address& address);

struct TcpFields {
  std::uint32_t sequence = 0;
  std::uint32_t acknowledged = 0;
  std::uint8_t flags = 0;
  std::uint16_t window = 64240;
  Bytes options = {};  // a multiple of 4
};
enum : std::uint8_t { kFin = 1, kSyn = 2, kRst = 4, kPush = 8, kAck = 16 };

Bytes tcp(const Side& from, const Side& to, const TcpFields& fields, const Bytes& payload);
Bytes udp(const Side& from, const Side& to, const Bytes& payload);
Bytes icmp(std::uint8_t type, std::uint8_t code, const Bytes& rest);
Bytes icmp6(const Address& from, const Address& to, std::uint8_t type, std::uint8_t code,
            const Bytes& rest);
Bytes arp(std::uint16_t operation, const Side& from, const Side& to);
// A hop-by-hop or destination options header of 8 bytes, all of it padding.
Bytes ip6_options(std::uint8_t next_header);

// RFC 1071.
std::uint16_t checksum(const Bytes& bytes);

}  // namespace weir::captures
