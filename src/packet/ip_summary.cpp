#include "packet/ip_summary.h"

#include <fmt/format.h>

#include <algorithm>

#include "packet/address_text.h"
#include "packet/protocol_names.h"

namespace weir::packet {
namespace {

struct IpHeader {
  std::string source;
  std::string destination;
  std::uint8_t protocol = 0;
  std::uint32_t fragment_offset = 0;  // bytes
};

std::string protocol_text(std::uint8_t protocol) {
  const std::string_view name = ip_protocol_name(protocol);
  return name.empty() ? fmt::format("protocol {}", protocol) : std::string(name);
}

bool has_ports(std::uint8_t protocol) {
  return protocol == kIpTcp || protocol == kIpUdp || protocol == kIpSctp;
}

std::string type_text(std::string_view name, std::uint8_t type) {
  return name.empty() ? fmt::format(" type {}", type) : fmt::format(" {}", name);
}

// What stands behind the addresses: the protocol, and the first thing that its header says.
std::string payload_text(const IpHeader& header, ByteReader& reader) {
  std::string out = protocol_text(header.protocol);
  if (header.fragment_offset != 0)
    return out + fmt::format(" fragment at {}", header.fragment_offset);
  if (header.protocol == kIpIcmp) {
    const std::uint8_t type = reader.u8();
    out += type_text(icmp_type_name(type), type);
  } else if (header.protocol == kIpIcmp6) {
    const std::uint8_t type = reader.u8();
    out += type_text(icmp6_type_name(type), type);
  }
  return out;
}

void append_conversation(const IpHeader& header, ByteReader& reader, std::string& out) {
  if (!has_ports(header.protocol) || header.fragment_offset != 0) {
    const std::string payload = payload_text(header, reader);
    out += fmt::format("{} > {} {}", header.source, header.destination, payload);
    return;
  }
  const std::uint16_t source_port = reader.u16();
  const std::uint16_t destination_port = reader.u16();
  if (!reader.ok()) {
    out += fmt::format("{} > {} {}", header.source, header.destination,
                       protocol_text(header.protocol));
    return;
  }
  out += fmt::format("{}.{} > {}.{} {}", header.source, source_port, header.destination,
                     destination_port, protocol_text(header.protocol));
}

// Headers that stand between IPv6 and what it carries, and whose length is in units of 8 bytes
// without the first (RFC 8200, section 4).
bool is_plain_extension(std::uint8_t protocol) {
  return protocol == 0 || protocol == 43 || protocol == 60;
}
constexpr std::uint8_t kFragmentHeader = 44;
constexpr int kMaxExtensions = 16;

void skip_extensions(IpHeader& header, ByteReader& reader) {
  for (int i = 0; i < kMaxExtensions && reader.ok() && header.fragment_offset == 0; ++i) {
    if (is_plain_extension(header.protocol)) {
      header.protocol = reader.u8();
      const std::size_t units = reader.u8();
      reader.skip(6 + 8 * units);
    } else if (header.protocol == kFragmentHeader) {
      header.protocol = reader.u8();
      reader.skip(1);
      header.fragment_offset = reader.u16() & 0xfff8u;
      reader.skip(4);
    } else {
      return;
    }
  }
}

}  // namespace

void summarize_ip4(ByteReader& reader, std::string& out) {
  const std::size_t header_length = std::size_t{4} * (reader.u8() & 0x0f);
  reader.skip(5);
  IpHeader header;
  header.fragment_offset = (reader.u16() & 0x1fffu) * 8;
  reader.skip(1);
  header.protocol = reader.u8();
  reader.skip(2);
  header.source = ip4_text(reader.u32());
  header.destination = ip4_text(reader.u32());
  if (!reader.ok()) return;
  reader.skip(std::max<std::size_t>(header_length, 20) - 20);
  append_conversation(header, reader, out);
}

void summarize_ip6(ByteReader& reader, std::string& out) {
  reader.skip(6);
  IpHeader header;
  header.protocol = reader.u8();
  reader.skip(1);
  const auto source = reader.take(16);
  const auto destination = reader.take(16);
  if (!reader.ok()) return;
  header.source = ip6_text(source);
  header.destination = ip6_text(destination);
  skip_extensions(header, reader);
  append_conversation(header, reader, out);
}

void summarize_ip(ByteReader& reader, std::string& out) {
  const auto rest = reader.rest();
  if (rest.empty()) {
    reader.skip(1);
    return;
  }
  const int version = std::to_integer<int>(rest[0] >> 4);
  if (version == 4) return summarize_ip4(reader, out);
  if (version == 6) return summarize_ip6(reader, out);
  out += fmt::format("ip version {}", version);
}

// Ethernet and IPv4 only; anything else is named by its numbers (RFC 826).
void summarize_arp(ByteReader& reader, std::string& out) {
  const std::uint16_t hardware = reader.u16();
  const std::uint16_t protocol = reader.u16();
  const std::uint8_t hardware_length = reader.u8();
  const std::uint8_t protocol_length = reader.u8();
  const std::uint16_t operation = reader.u16();
  if (!reader.ok()) return;
  if (protocol != kEtherTypeIp4 || protocol_length != 4) {
    out +=
        fmt::format("arp operation {} hardware {} protocol {:#06x}", operation, hardware, protocol);
    return;
  }
  const std::string sender_hardware = mac_text(reader.take(hardware_length));
  const std::string sender = ip4_text(reader.u32());
  reader.skip(hardware_length);
  const std::string target = ip4_text(reader.u32());
  if (!reader.ok()) return;
  switch (operation) {
    case 1:
      out += fmt::format("arp who-has {} tell {}", target, sender);
      return;
    case 2:
      out += fmt::format("arp {} is-at {}", sender, sender_hardware);
      return;
    default:
      out += fmt::format("arp operation {} {} > {}", operation, sender, target);
  }
}

}  // namespace weir::packet
