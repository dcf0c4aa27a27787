#include "packet/link_header.h"

#include <fmt/format.h>

#include <algorithm>

#include "packet/protocol_names.h"

namespace weir::packet {
namespace {

LinkHeader ethertype_or_length(std::uint16_t value) {
  if (value < kFirstEtherType) return {.next = Next::kLlc, .value = value, .text = {}};
  return {.next = Next::kEtherType, .value = value, .text = {}};
}

LinkHeader ethernet(ByteReader& reader) {
  reader.skip(12);
  return ethertype_or_length(reader.u16());
}

// An address family, in the byte order of the machine that wrote it: the larger of its two halves
// is always zero. The numbers of IPv6 are those of Linux, the BSDs and Darwin.
LinkHeader address_family(ByteReader& reader) {
  std::uint32_t family = reader.u32();
  if (family > 0xffff) family = swap_bytes(family);
  switch (family) {
    case 2:
    case 10:
    case 24:
    case 28:
    case 30:
      return {.next = Next::kIp, .value = 0, .text = {}};
    default:
      return {.next = Next::kNothing, .value = 0, .text = fmt::format("address family {}", family)};
  }
}

LinkHeader raw_ip(ByteReader&) { return {.next = Next::kIp, .value = 0, .text = {}}; }

// Linux cooked captures, version 1: type, address length, address, protocol (16 bytes).
LinkHeader linux_sll(ByteReader& reader) {
  reader.skip(14);
  return ethertype_or_length(reader.u16());
}

// Version 2: the protocol comes first (20 bytes).
LinkHeader linux_sll2(ByteReader& reader) {
  const std::uint16_t protocol = reader.u16();
  reader.skip(18);
  return ethertype_or_length(protocol);
}

// Address and control, which a link may leave out (RFC 1661, section 6.6).
LinkHeader ppp(ByteReader& reader) {
  const auto rest = reader.rest();
  if (rest.size() >= 2 && rest[0] == std::byte{0xff} && rest[1] == std::byte{0x03}) reader.skip(2);
  return read_ppp_protocol(reader);
}

LinkHeader cisco_hdlc(ByteReader& reader) {
  reader.skip(2);
  const std::uint16_t protocol = reader.u16();
  if (protocol == 0x8035) return {.next = Next::kNothing, .value = protocol, .text = "slarp"};
  return {.next = Next::kEtherType, .value = protocol, .text = {}};
}

// PPP in HDLC framing, or Cisco HDLC, which begins with 0x0f or 0x8f.
LinkHeader ppp_serial(ByteReader& reader) {
  const auto rest = reader.rest();
  const bool cisco = !rest.empty() && (rest[0] == std::byte{0x0f} || rest[0] == std::byte{0x8f});
  return cisco ? cisco_hdlc(reader) : ppp(reader);
}

// Version, pad, length of the header (little-endian), fields that are all inside that length.
LinkHeader radiotap(ByteReader& reader) {
  reader.skip(2);
  const std::uint16_t length = swap_bytes(reader.u16());
  reader.skip(std::max<std::size_t>(length, 4) - 4);
  return read_wlan_header(reader);
}

struct LinkReader {
  LinkType link_type;
  LinkHeader (*read)(ByteReader&);
};

constexpr LinkReader kReaders[] = {
    {LinkType::kNull, address_family},
    {LinkType::kEn10mb, ethernet},
    {LinkType::kPpp, ppp},
    {LinkType::kPppSerial, ppp_serial},
    {LinkType::kRaw, raw_ip},
    {LinkType::kCHdlc, cisco_hdlc},
    {LinkType::kIeee80211, read_wlan_header},
    {LinkType::kLoop, address_family},
    {LinkType::kLinuxSll, linux_sll},
    {LinkType::kIeee80211Radio, radiotap},
    {LinkType::kIpv4, raw_ip},
    {LinkType::kIpv6, raw_ip},
    {LinkType::kLinuxSll2, linux_sll2},
};

}  // namespace

// One byte when its lowest bit is set (RFC 1661, section 2).
LinkHeader read_ppp_protocol(ByteReader& reader) {
  std::uint16_t protocol = reader.u8();
  if ((protocol & 1) == 0) protocol = static_cast<std::uint16_t>(protocol << 8 | reader.u8());
  switch (protocol) {
    case 0x0021:
      return {.next = Next::kEtherType, .value = kEtherTypeIp4, .text = {}};
    case 0x0057:
      return {.next = Next::kEtherType, .value = kEtherTypeIp6, .text = {}};
    default:
      return {.next = Next::kNothing,
              .value = protocol,
              .text = fmt::format("ppp protocol {:#06x}", protocol)};
  }
}

LinkHeader read_link_header(LinkType link_type, ByteReader& reader) {
  const auto found = std::ranges::find(kReaders, link_type, &LinkReader::link_type);
  if (found != std::ranges::end(kReaders)) return found->read(reader);
  return {.next = Next::kNothing, .value = 0, .text = "no dissection of this link type"};
}

}  // namespace weir::packet
