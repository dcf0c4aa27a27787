// Ethernet and what its types lead to: VLAN tags, label stacks, PPPoE, LLC; the other link headers.
#include <algorithm>
#include <array>
#include <utility>

#include "base/check.h"
#include "diff/filter/packet_gen.h"
#include "diff/filter/packet_parts.h"
#include "diff/filter/values.h"

namespace weir::difftest {
namespace {

using namespace values;

void write_vlan(Builder& b) {
  const std::uint32_t type = pick_ether_type(b);
  b.u16(b.choices.below(16) << 12 | b.choices.pick(kVlanIds));
  b.u16(type);
  write_by_ether_type(b, type);
}

void write_pppoe_session(Builder& b) {
  b.u16(0x1100);
  b.u16(b.choices.pick(kSessions));
  b.u16(b.choices.between(0, 1500));
  write_ppp_payload(b);
}

void write_pppoe_discovery(Builder& b) {
  b.u16(0x1109);
  b.u16(0);
  b.u16(4);
  b.u32(0x01010000);
}

void write_noise(Builder& b) { b.noise(b.choices.between(0, 60)); }

struct EtherPayload {
  std::uint16_t type;
  void (*write)(Builder&);
};
constexpr std::array kEtherPayloads = std::to_array<EtherPayload>({
    {0x0800, write_ip4},
    {0x86dd, write_ip6},
    {0x0806, write_arp},
    {0x8035, write_arp},
    {0x8100, write_vlan},
    {0x88a8, write_vlan},
    {0x9100, write_vlan},
    {0x8847, write_mpls},
    {0x8848, write_mpls},
    {0x8863, write_pppoe_discovery},
    {0x8864, write_pppoe_session},
});

struct PppPayload {
  std::uint16_t protocol;
  void (*write)(Builder&);
};
constexpr std::array kPppPayloads = std::to_array<PppPayload>({
    {0x0021, write_ip4},
    {0x0057, write_ip6},
    {0x0281, write_mpls},
    {0xc021, write_noise},
    {0x8021, write_noise},
    {0x0023, write_llc},
    {0x0031, write_noise},
    {0x002b, write_noise},
    {0x0283, write_mpls},
});

// IS-IS: the byte after the LLC header tells the protocol, byte 4 of its header the PDU type.
void write_osi(Builder& b) {
  b.u8(b.choices.pick(std::to_array<std::uint32_t>({0x83, 0x82, 0x81, 0x80})));
  b.noise(3);
  b.u8(b.choices.pick(std::to_array<std::uint32_t>({15, 16, 17, 18, 20, 24, 25, 26, 27, 0})));
  write_payload(b);
}

void write_snap(Builder& b) {
  const std::uint32_t type = pick_ether_type(b);
  b.u8(3);
  b.u8(b.choices.chance(25) ? 8 : 0);
  b.u16(b.bytes.back() == std::byte{8} ? 7 : 0);
  b.u16(type);
  write_by_ether_type(b, type);
}

void write_ethernet_length(Builder& b) {
  const std::size_t at = b.size();
  b.u16(0);
  write_llc(b);
  b.patch16(at, std::min<std::size_t>(b.size() - at - 2, 1500));
}

// The address family, in the byte order of this machine or of another, or big-endian (LOOP).
void write_family(Builder& b, bool swap) {
  const auto family = b.choices.pick(std::to_array<std::uint32_t>({2, 10, 24, 28, 30, 7, 23}));
  swap ? b.le32(family) : b.u32(family);
  if (family == 2) return write_ip4(b);
  family == 7 ? write_llc(b) : write_ip6(b);
}

void write_null(Builder& b) { write_family(b, !b.choices.chance(20)); }
void write_loop(Builder& b) { write_family(b, b.choices.chance(20)); }
void write_raw(Builder& b) { b.choices.chance(50) ? write_ip4(b) : write_ip6(b); }

void write_sll(Builder& b) {
  const std::uint32_t type = b.choices.chance(15) ? 4 : pick_ether_type(b);
  b.u16(b.choices.below(5));
  b.u16(1);
  b.u16(6);
  b.mac(b.choices.pick(kMacs));
  b.u16(0);
  b.u16(type);
  type == 4 ? write_llc(b) : write_by_ether_type(b, type);
}

void write_sll2(Builder& b) {
  const std::uint32_t type = b.choices.chance(15) ? 4 : pick_ether_type(b);
  b.u16(type);
  b.u16(0);
  b.u32(b.choices.below(4));
  b.u16(1);
  b.u8(b.choices.below(5));
  b.u8(6);
  b.mac(b.choices.pick(kMacs));
  b.u16(0);
  type == 4 ? write_llc(b) : write_by_ether_type(b, type);
}

void write_ppp(Builder& b) {
  if (b.choices.chance(20)) b.u16(0xff03);
  write_ppp_payload(b);
}

void write_ppp_serial(Builder& b) {
  b.u16(b.choices.chance(90) ? 0xff03 : 0x0f00);
  write_ppp_payload(b);
}

void write_chdlc(Builder& b) {
  const std::uint32_t type =
      b.choices.chance(25) ? b.choices.pick(std::to_array<std::uint32_t>({0xfefe, 0x8035, 0x2000}))
                           : pick_ether_type(b);
  b.u8(b.choices.chance(50) ? 0x0f : 0x8f);
  b.u8(0);
  b.u16(type);
  if (type != 0xfefe) return write_by_ether_type(b, type);
  b.u8(3);
  write_osi(b);
}

struct LinkWriter {
  LinkType type;
  void (*write)(Builder&);
};
constexpr std::array kLinkWriters = std::to_array<LinkWriter>({
    {LinkType::kEn10mb, write_ethernet},
    {LinkType::kNull, write_null},
    {LinkType::kLoop, write_loop},
    {LinkType::kRaw, write_raw},
    {LinkType::kIpv4, write_ip4},
    {LinkType::kIpv6, write_ip6},
    {LinkType::kLinuxSll, write_sll},
    {LinkType::kLinuxSll2, write_sll2},
    {LinkType::kPpp, write_ppp},
    {LinkType::kPppSerial, write_ppp_serial},
    {LinkType::kCHdlc, write_chdlc},
    {LinkType::kIeee80211, write_wlan},
    {LinkType::kIeee80211Radio, write_radiotap},
});

}  // namespace

std::uint32_t pick_ether_type(Builder& b) {
  if (b.choices.chance(55)) return b.choices.pick(std::to_array<std::uint32_t>({0x0800, 0x86dd}));
  return b.choices.pick(kEtherTypes);
}

void write_by_ether_type(Builder& b, std::uint32_t ether_type) {
  if (b.depth-- <= 0) return write_payload(b);
  for (const EtherPayload& payload : kEtherPayloads) {
    if (payload.type == ether_type) return payload.write(b);
  }
  write_payload(b);
}

void write_ethernet(Builder& b) {
  if (b.depth-- <= 0) return write_payload(b);
  b.mac(b.choices.pick(kMacs));
  b.mac(b.choices.pick(kMacs));
  if (b.choices.chance(15)) return write_ethernet_length(b);
  const std::uint32_t type = pick_ether_type(b);
  b.u16(type);
  write_by_ether_type(b, type);
}

void write_llc(Builder& b) {
  const auto sap =
      b.choices.pick(std::to_array<std::uint32_t>({0xaa, 0x42, 0xfe, 0xe0, 0xf0, 0xff}));
  b.u8(sap);
  b.u8(sap | (b.choices.chance(15) ? 1 : 0));
  if (sap == 0xaa) return write_snap(b);
  const bool numbered = b.choices.chance(40);
  b.u8(numbered
           ? b.choices.below(256)
           : b.choices.pick(std::to_array<std::uint32_t>({0x03, 0xe3, 0x7f, 0xaf, 0x01, 0x05})));
  sap == 0xfe ? write_osi(b) : write_payload(b);
}

void write_mpls(Builder& b) {
  for (std::uint32_t labels = b.choices.between(1, 3); labels != 0; --labels) {
    b.u32(b.choices.pick(kLabels) << 12 | (labels == 1 ? 0x100 : 0) | b.choices.below(256));
  }
  b.choices.chance(60) ? write_ip4(b) : write_ip6(b);
}

void write_ppp_payload(Builder& b) {
  const PppPayload& payload =
      b.choices.chance(60) ? kPppPayloads[b.choices.below(2)] : b.choices.pick(kPppPayloads);
  b.u16(payload.protocol);
  if (b.depth-- <= 0) return write_payload(b);
  payload.write(b);
}

std::vector<std::byte> generate_packet(LinkType link_type, Choices& choices) {
  Builder builder{.choices = choices, .bytes = {}};
  for (const LinkWriter& link : kLinkWriters) {
    if (link.type == link_type) link.write(builder);
  }
  return std::move(builder.bytes);
}

}  // namespace weir::difftest
