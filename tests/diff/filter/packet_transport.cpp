// What IP carries: ports, ICMP, tunnels (IP in IP, Geneve, VXLAN).
#include <array>

#include "diff/filter/packet_parts.h"
#include "diff/filter/values.h"

namespace weir::difftest {
namespace {

using namespace values;

void write_ports(Builder& b) {
  b.u16(b.choices.pick(kPorts));
  b.u16(b.choices.pick(kPorts));
}

void write_tcp(Builder& b) {
  const std::uint32_t words = b.choices.chance(25) ? b.choices.between(0, 15) : 5;
  write_ports(b);
  b.u32(b.choices.word());
  b.u32(b.choices.word());
  b.u8(words << 4);
  b.u8(b.choices.pick(
      std::to_array<std::uint32_t>({0x02, 0x12, 0x10, 0x18, 0x11, 0x04, 0x14, 0xff, 0x00})));
  b.u16(b.choices.word());
  b.u32(0);
  b.noise(words > 5 ? (words - 5) * 4 : 0);
  write_payload(b);
}

// RFC 8926: options in 4-byte words, the protocol is an EtherType (0x6558 for Ethernet).
void write_geneve(Builder& b) {
  const std::uint32_t words = b.choices.chance(40) ? b.choices.below(4) : 0;
  const bool ethernet = b.choices.chance(50);
  const std::uint32_t type = ethernet ? 0x6558 : pick_ether_type(b);
  b.u8(words | (b.choices.chance(10) ? 0x40 : 0));
  b.u8(b.choices.chance(10) ? 0x80 : 0);
  b.u16(type);
  b.u32(b.choices.pick(kVnis) << 8);
  b.noise(std::size_t{4} * words);
  ethernet ? write_ethernet(b) : write_by_ether_type(b, type);
}

void write_vxlan(Builder& b) {
  b.u32(b.choices.chance(90) ? 0x08000000 : 0);
  b.u32(b.choices.pick(kVnis) << 8);
  write_ethernet(b);
}

void write_udp(Builder& b) {
  const std::size_t start = b.size();
  const bool tunnel = b.depth > 0 && b.choices.chance(30);
  const std::uint32_t port = tunnel ? b.choices.pick(kTunnelPorts) : b.choices.pick(kPorts);
  b.u16(b.choices.pick(kPorts));
  b.u16(port);
  b.u32(0);
  if (!tunnel) {
    write_payload(b);
  } else {
    --b.depth;
    port == kTunnelPorts[0] ? write_geneve(b) : write_vxlan(b);
  }
  b.patch16(start + 4, b.size() - start);
}

void write_sctp(Builder& b) {
  write_ports(b);
  b.u32(b.choices.word());
  b.u32(b.choices.word());
  write_payload(b);
}

void write_icmp(Builder& b) {
  b.u8(b.choices.pick(std::to_array<std::uint32_t>({8, 0, 3, 11, 5, 12, 13})));
  b.u8(b.choices.below(5));
  b.noise(6);
  write_payload(b);
}

void write_icmp6(Builder& b) {
  b.u8(b.choices.chance(20) ? b.choices.between(1, 4) : b.choices.between(128, 153));
  b.u8(b.choices.below(3));
  b.noise(6);
  write_payload(b);
}

void write_byte_headed(Builder& b) {
  b.u8(b.choices.pick(kBytes));
  b.noise(7);
  write_payload(b);
}

struct Upper {
  std::uint8_t protocol;
  void (*write)(Builder&);
};
constexpr std::array kUppers = std::to_array<Upper>({
    {1, write_icmp},
    {6, write_tcp},
    {17, write_udp},
    {58, write_icmp6},
    {4, write_ip4},
    {41, write_ip6},
    {132, write_sctp},
    {2, write_byte_headed},
    {88, write_byte_headed},
    {103, write_byte_headed},
    {112, write_byte_headed},
});

}  // namespace

void write_transport(Builder& b, std::uint32_t protocol) {
  if (b.depth-- <= 0) return write_payload(b);
  for (const Upper& upper : kUppers) {
    if (upper.protocol == protocol) return upper.write(b);
  }
  write_payload(b);
}

}  // namespace weir::difftest
