#include "layers.h"

#include <algorithm>

namespace weir::captures {
namespace {

constexpr std::size_t kMinFrame = 60;

void patch_u16(Bytes& bytes, std::size_t at, std::uint16_t value) {
  store(bytes.data() + at, value, std::endian::big);
}

Bytes pseudo_header(const Address& from, const Address& to, std::uint8_t protocol,
                    std::size_t length) {
  ByteWriter out;
  out.append(bytes_of(from));
  out.append(bytes_of(to));
  if (from.is_v6) {
    out.u32(static_cast<std::uint32_t>(length));
    out.u32(protocol);
  } else {
    out.u16(protocol);
    out.u16(static_cast<std::uint16_t>(length));
  }
  return out.release();
}

std::uint16_t transport_checksum(const Address& from, const Address& to, std::uint8_t protocol,
                                 const Bytes& segment) {
  return checksum(pseudo_header(from, to, protocol, segment.size()) + segment);
}

Bytes ip4(const IpFields& fields, const Bytes& payload) {
  ByteWriter out;
  out.u16(0x4500);
  out.u16(static_cast<std::uint16_t>(20 + payload.size()));
  out.u16(fields.id);
  out.u16(fields.fragment);
  out.u8(fields.ttl);
  out.u8(fields.protocol);
  out.u16(0);
  out.append(bytes_of(fields.from));
  out.append(bytes_of(fields.to));
  Bytes header = out.release();
  patch_u16(header, 10, checksum(header));
  return header + payload;
}

Bytes ip6(const IpFields& fields, const Bytes& payload) {
  ByteWriter out;
  out.u32(0x6000'0000);
  out.u16(static_cast<std::uint16_t>(payload.size()));
  out.u8(fields.protocol);
  out.u8(fields.ttl);
  out.append(bytes_of(fields.from));
  out.append(bytes_of(fields.to));
  out.append(payload);
  return out.release();
}

Bytes ip6_fragment_header(const IpFields& fields, std::size_t offset, bool more) {
  ByteWriter out;
  out.u8(fields.protocol);
  out.u8(0);
  out.u16(static_cast<std::uint16_t>(offset | (more ? 1 : 0)));
  out.u32(0x1d00'0000u | fields.id);
  return out.release();
}

}  // namespace

std::uint16_t checksum(const Bytes& bytes) {
  std::uint32_t sum = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const auto byte = std::to_integer<std::uint32_t>(bytes[i]);
    sum += i % 2 == 0 ? byte << 8 : byte;
  }
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
  return static_cast<std::uint16_t>(~sum);
}

Bytes bytes_of(const Mac& mac) {
  const auto bytes = std::as_bytes(std::span(mac.bytes));
  return {bytes.begin(), bytes.end()};
}

Bytes bytes_of(const Address& address) {
  const auto bytes = std::as_bytes(std::span(address.bytes)).first(address.is_v6 ? 16 : 4);
  return {bytes.begin(), bytes.end()};
}

Bytes bytes_of(std::string_view text) { return test::text(text); }

Bytes bytes_of(std::initializer_list<unsigned> values) {
  Bytes bytes;
  for (const unsigned value : values) bytes.push_back(std::byte(value));
  return bytes;
}

Bytes ethernet(const Mac& to, const Mac& from, std::uint16_t type, const Bytes& payload) {
  ByteWriter out;
  out.append(bytes_of(to));
  out.append(bytes_of(from));
  out.u16(type);
  out.append(payload);
  if (out.size() < kMinFrame) out.zeros(kMinFrame - out.size());
  return out.release();
}

Bytes tagged(std::uint16_t vlan, std::uint16_t type, const Bytes& payload) {
  ByteWriter out;
  out.u16(vlan);
  out.u16(type);
  out.append(payload);
  return out.release();
}

std::uint16_t ether_type(const Address& address) { return address.is_v6 ? kTypeIp6 : kTypeIp4; }

Bytes ip(const IpFields& fields, const Bytes& payload) {
  return fields.from.is_v6 ? ip6(fields, payload) : ip4(fields, payload);
}

std::vector<Bytes> ip_fragments(IpFields fields, const Bytes& payload, std::size_t piece) {
  std::vector<Bytes> packets;
  const IpFields whole = fields;
  for (std::size_t offset = 0; offset < payload.size(); offset += piece) {
    const std::size_t end = std::min(offset + piece, payload.size());
    const bool more = end < payload.size();
    const Bytes part(payload.begin() + static_cast<std::ptrdiff_t>(offset),
                     payload.begin() + static_cast<std::ptrdiff_t>(end));
    if (fields.from.is_v6) {
      fields.protocol = kFragment;
      packets.push_back(ip(fields, ip6_fragment_header(whole, offset, more) + part));
    } else {
      fields.fragment = static_cast<std::uint16_t>((more ? 0x2000 : 0) | offset / 8);
      packets.push_back(ip(fields, part));
    }
  }
  return packets;
}

Bytes tcp(const Side& from, const Side& to, const TcpFields& fields, const Bytes& payload) {
  ByteWriter out;
  out.u16(from.port);
  out.u16(to.port);
  out.u32(fields.sequence);
  out.u32(fields.acknowledged);
  out.u8(static_cast<std::uint8_t>((20 + fields.options.size()) / 4 << 4));
  out.u8(fields.flags);
  out.u16(fields.window);
  out.u32(0);  // checksum and urgent pointer
  out.append(fields.options);
  out.append(payload);
  Bytes segment = out.release();
  patch_u16(segment, 16, transport_checksum(from.address, to.address, kTcp, segment));
  return segment;
}

Bytes udp(const Side& from, const Side& to, const Bytes& payload) {
  ByteWriter out;
  out.u16(from.port);
  out.u16(to.port);
  out.u16(static_cast<std::uint16_t>(8 + payload.size()));
  out.u16(0);
  out.append(payload);
  Bytes datagram = out.release();
  const std::uint16_t sum = transport_checksum(from.address, to.address, kUdp, datagram);
  patch_u16(datagram, 6, sum == 0 ? 0xffff : sum);
  return datagram;
}

Bytes icmp(std::uint8_t type, std::uint8_t code, const Bytes& rest) {
  Bytes message = bytes_of({type, code, 0, 0}) + rest;
  patch_u16(message, 2, checksum(message));
  return message;
}

Bytes icmp6(const Address& from, const Address& to, std::uint8_t type, std::uint8_t code,
            const Bytes& rest) {
  Bytes message = bytes_of({type, code, 0, 0}) + rest;
  patch_u16(message, 2, transport_checksum(from, to, kIcmp6, message));
  return message;
}

Bytes arp(std::uint16_t operation, const Side& from, const Side& to) {
  ByteWriter out;
  out.u16(1);  // Ethernet
  out.u16(kTypeIp4);
  out.u8(6);
  out.u8(4);
  out.u16(operation);
  out.append(bytes_of(from.mac));
  out.append(bytes_of(from.address));
  out.append(operation == 1 ? Bytes(6) : bytes_of(to.mac));
  out.append(bytes_of(to.address));
  return out.release();
}

Bytes ip6_options(std::uint8_t next_header) {
  return bytes_of({next_header, 0, 1, 4, 0, 0, 0, 0});  // PadN of six bytes
}

}  // namespace weir::captures
