#include "packet/summary.h"

#include <fmt/format.h>

#include <chrono>
#include <iterator>

#include "base/reader.h"
#include "packet/ip_summary.h"
#include "packet/link_header.h"
#include "packet/protocol_names.h"

namespace weir::packet {
namespace {

bool is_vlan(std::uint16_t type) {
  return type == kEtherTypeVlan || type == kEtherTypeQinq || type == kEtherTypeQinqOld;
}

bool is_mpls(std::uint16_t type) {
  return type == kEtherTypeMpls || type == kEtherTypeMplsMulticast;
}

void append_llc(ByteReader& reader, std::string& out) {
  const std::uint8_t dsap = reader.u8();
  reader.skip(1);
  const std::string_view name = llc_sap_name(dsap);
  out += name.empty() ? fmt::format("llc sap {:#04x}", dsap) : fmt::format("llc {}", name);
}

// SNAP: AA AA 03, three bytes of organisation, an EtherType when that is zero (RFC 1042).
bool skip_snap(ByteReader& reader) {
  const auto rest = reader.rest();
  constexpr std::byte kSnap[] = {std::byte{0xaa}, std::byte{0xaa}, std::byte{0x03},
                                 std::byte{0x00}, std::byte{0x00}, std::byte{0x00}};
  if (rest.size() < 8 || !std::equal(std::begin(kSnap), std::end(kSnap), rest.begin()))
    return false;
  reader.skip(sizeof kSnap);
  return true;
}

// Labels until the one that ends the stack; what follows has no type field.
void append_mpls(ByteReader& reader, std::string& out) {
  bool last = false;
  while (reader.ok() && !last) {
    const std::uint32_t entry = reader.u32();
    if (!reader.ok()) return;
    out += fmt::format("mpls {} ", entry >> 12);
    last = (entry >> 8 & 1) != 0;
  }
  summarize_ip(reader, out);
}

void append_ethertype(std::uint16_t type, ByteReader& reader, std::string& out);

// The protocol inside may be MPLS, but not PPPoE again: this goes no deeper.
void append_pppoe(ByteReader& reader, std::string& out) {
  reader.skip(2);
  out += fmt::format("pppoe {} ", reader.u16());
  reader.skip(2);
  const LinkHeader inner = read_ppp_protocol(reader);
  if (!reader.ok()) return;
  if (inner.next == Next::kEtherType) return append_ethertype(inner.value, reader, out);
  out += inner.text;
}

void append_named_type(std::uint16_t type, std::string& out) {
  const std::string_view name = ethertype_name(type);
  out += name.empty() ? fmt::format("ethertype {:#06x}", type) : std::string(name);
}

void append_ethertype(std::uint16_t type, ByteReader& reader, std::string& out) {
  while (is_vlan(type) && reader.ok()) {
    out += fmt::format("vlan {} ", reader.u16() & 0x0fff);
    type = reader.u16();
  }
  if (!reader.ok()) return;
  if (type == kEtherTypeIp4) return summarize_ip4(reader, out);
  if (type == kEtherTypeIp6) return summarize_ip6(reader, out);
  if (type == kEtherTypeArp) return summarize_arp(reader, out);
  if (type == kEtherTypePppoeSession) return append_pppoe(reader, out);
  if (is_mpls(type)) return append_mpls(reader, out);
  if (type < kFirstEtherType) return append_llc(reader, out);
  append_named_type(type, out);
}

void append_behind_link(const LinkHeader& link, ByteReader& reader, std::string& out) {
  switch (link.next) {
    case Next::kEtherType:
      return append_ethertype(link.value, reader, out);
    case Next::kLlc:
      return skip_snap(reader) ? append_ethertype(reader.u16(), reader, out)
                               : append_llc(reader, out);
    case Next::kIp:
      return summarize_ip(reader, out);
    case Next::kNothing:
      out += link.text;
  }
}

}  // namespace

void append_summary(const Packet& packet, std::string& out) {
  ByteReader reader(packet.bytes);
  const std::size_t begin = out.size();
  const LinkHeader link = read_link_header(packet.link_type, reader);
  if (reader.ok()) append_behind_link(link, reader, out);
  if (reader.ok()) return;
  while (out.size() > begin && out.back() == ' ') out.pop_back();
  out += out.size() == begin ? "cut short" : ", cut short";
}

void append_time(std::int64_t time_ns, std::string& out) {
  using std::chrono::floor;
  const std::chrono::sys_time<std::chrono::nanoseconds> time{std::chrono::nanoseconds(time_ns)};
  const auto day = floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(time - day);
  fmt::format_to(std::back_inserter(out), "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.",
                 static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                 static_cast<unsigned>(date.day()), clock.hours().count(), clock.minutes().count(),
                 clock.seconds().count());
  const std::int64_t nanoseconds = clock.subseconds().count();
  if (nanoseconds % 1000 == 0) {
    fmt::format_to(std::back_inserter(out), "{:06}Z", nanoseconds / 1000);
  } else {
    fmt::format_to(std::back_inserter(out), "{:09}Z", nanoseconds);
  }
}

}  // namespace weir::packet
