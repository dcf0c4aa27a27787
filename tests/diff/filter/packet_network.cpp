// IPv4 with options and fragments, IPv6 with extension headers, ARP.
#include <algorithm>

#include "diff/filter/packet_parts.h"
#include "diff/filter/values.h"

namespace weir::difftest {
namespace {

using namespace values;

constexpr std::uint32_t kHopByHop = 0;
constexpr std::uint32_t kRouting = 43;
constexpr std::uint32_t kFragment = 44;
constexpr std::uint32_t kAuthentication = 51;
constexpr std::uint32_t kDestinationOptions = 60;

std::uint32_t pick_protocol(Builder& b) {
  if (b.choices.chance(70)) return b.choices.pick(std::to_array<std::uint32_t>({6, 17, 1, 132}));
  return b.choices.pick(kIpProtocols);
}

// Flags and offset: mostly none, else first, middle and last fragments.
std::uint32_t pick_fragment(Builder& b) {
  if (!b.choices.chance(25)) return b.choices.chance(30) ? 0x4000 : 0;
  return b.choices.pick(
      std::to_array<std::uint32_t>({0x2000, 0x2001, 0x00b9, 0x20b9, 0x1fff, 0x8000}));
}

bool is_extension(std::uint32_t header) {
  return header == kHopByHop || header == kRouting || header == kFragment ||
         header == kDestinationOptions || header == kAuthentication;
}

std::uint32_t pick_next_header(Builder& b) {
  if (b.choices.chance(35)) {
    return b.choices.pick(
        std::to_array({kHopByHop, kRouting, kFragment, kAuthentication, kDestinationOptions}));
  }
  return b.choices.chance(25) ? 58 : pick_protocol(b);
}

// RFC 8200: lengths in 8 bytes beyond the first 8; the authentication header counts 4-byte words
// - 2.
void write_extension(Builder& b, std::uint32_t header, std::uint32_t next) {
  const std::uint32_t extra = b.choices.below(3);
  b.u8(next);
  if (header == kFragment) {
    b.u8(0);
    b.u16(b.choices.chance(50) ? 0x0001 : 0x00b8);
    b.u32(b.choices.word());
  } else if (header == kAuthentication) {
    b.u8(extra + 1);
    b.noise(extra * 4 + 10);
  } else {
    b.u8(extra);
    b.noise(extra * 8 + 6);
  }
}

void write_extensions(Builder& b, std::uint32_t header) {
  for (int left = 4; is_extension(header) && left != 0; --left) {
    const std::uint32_t next = pick_next_header(b);
    write_extension(b, header, next);
    header = next;
  }
  if (!is_extension(header)) write_transport(b, header);
}

// IPv4 knows the authentication header too; what it protects follows it.
void write_ip4_payload(Builder& b, std::uint32_t protocol) {
  if (protocol != kAuthentication) return write_transport(b, protocol);
  const std::uint32_t next = pick_protocol(b);
  write_extension(b, kAuthentication, next);
  if (next != kAuthentication) write_transport(b, next);
}

}  // namespace

void write_payload(Builder& b) {
  b.noise(b.choices.chance(80) ? b.choices.below(24) : b.choices.below(600));
}

void write_ip4(Builder& b) {
  const std::size_t start = b.size();
  const std::uint32_t words = b.choices.chance(25) ? b.choices.between(0, 15) : 5;
  const std::uint32_t protocol = pick_protocol(b);
  b.u8(0x40 | words);
  b.u8(b.choices.pick(kBytes));
  b.u16(0);
  b.u16(b.choices.word());
  b.u16(pick_fragment(b));
  b.u8(b.choices.pick(kBytes));
  b.u8(protocol);
  b.u16(b.choices.word());
  b.u32(b.choices.pick(kHosts4));
  b.u32(b.choices.pick(kHosts4));
  b.noise(words > 5 ? (words - 5) * 4 : 0);
  write_ip4_payload(b, protocol);
  b.patch16(start + 2, b.size() - start);
}

void write_ip6(Builder& b) {
  const std::size_t start = b.size();
  const std::uint32_t next = pick_next_header(b);
  b.u32(0x60000000 | (b.choices.word() & 0x0fffffff));
  b.u16(0);
  b.u8(next);
  b.u8(b.choices.pick(kBytes));
  b.address6(b.choices.pick(kHosts6));
  b.address6(b.choices.pick(kHosts6));
  write_extensions(b, next);
  b.patch16(start + 4, b.size() - start - 40);
}

void write_arp(Builder& b) {
  b.u16(1);
  b.u16(0x0800);
  b.u16(0x0604);
  b.u16(b.choices.between(1, 4));
  b.mac(b.choices.pick(kMacs));
  b.u32(b.choices.pick(kHosts4));
  b.mac(b.choices.pick(kMacs));
  b.u32(b.choices.pick(kHosts4));
  b.zeros(b.choices.below(19));
}

}  // namespace weir::difftest
