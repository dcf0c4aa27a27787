// What DNS records hold, by type (RFC 1035, and those that the types name).
#include <algorithm>
#include <array>

#include "packet/print/app/dns_internal.h"

namespace weir::packet::dns {
namespace {

constexpr Field kA{.name = "dns.a", .show = Show::kIp4};
constexpr Field kAaaa{.name = "dns.aaaa", .show = Show::kIp6};
constexpr Field kTarget{.name = "dns.target", .show = Show::kText};
constexpr Field kMailExchange{.name = "dns.mx.mail_exchange", .show = Show::kText};
constexpr Field kService{.name = "dns.srv.target", .show = Show::kText};
constexpr Field kText{.name = "dns.txt", .show = Show::kBytes};

bool print_nothing(Line&, const RecordData&) { return true; }

bool print_ip4(Line& line, const RecordData& data) {
  if (!data.message.has(data.at, 4)) return false;
  line.field(kA, data.message, data.at, 4);
  line.put(' ');
  line.text().ip4(data.message.u32(data.at));
  return true;
}

bool print_ip6(Line& line, const RecordData& data) {
  if (!data.message.has(data.at, 16)) return false;
  line.field(kAaaa, data.message, data.at, 16);
  line.put(' ');
  line.text().ip6(data.message.bytes(data.at, 16));
  return true;
}

bool print_target(Line& line, const RecordData& data) {
  line.put(' ');
  return print_name_field(line, data.message, data.at, kTarget) != kNoPlace;
}

// Server, mailbox, and five numbers.
bool print_authority(Line& line, const RecordData& data) {
  if (!line.verbose()) return true;
  std::size_t at = data.at;
  for (int i = 0; i < 2; ++i) {
    line.put(' ');
    at = print_name(line, data.message, at);
    if (at == kNoPlace) return false;
  }
  if (!data.message.has(at, 20)) return false;
  for (int i = 0; i < 5; ++i, at += 4) line.print(" {}", data.message.u32(at));
  return true;
}

bool print_mail_exchange(Line& line, const RecordData& data) {
  line.put(' ');
  if (!data.message.has(data.at, 2)) return false;
  if (print_name_field(line, data.message, data.at + 2, kMailExchange) == kNoPlace) return false;
  line.print(" {}", data.message.u16(data.at));
  return true;
}

bool print_texts(Line& line, const RecordData& data) {
  for (std::size_t at = data.at; at < data.end();) {
    line.put(" \"");
    if (!data.message.has(at, 1)) return false;
    const std::size_t size = data.message.u8(at);
    line.field(kText, data.message, at + 1, size);
    if (!put_characters(line, data.message, at + 1, size)) return false;
    line.put('"');
    at += 1 + size;
  }
  return true;
}

bool print_service(Line& line, const RecordData& data) {
  line.put(' ');
  if (!data.message.has(data.at, 6)) return false;
  if (print_name_field(line, data.message, data.at + 6, kService) == kNoPlace) return false;
  const View view = data.view();
  line.print(":{} {} {}", view.u16(4), view.u16(0), view.u16(2));
  return true;
}

// The end of an address, and the name that has the rest (RFC 2874).
bool print_a6(Line& line, const RecordData& data) {
  if (!data.message.has(data.at, 1)) return false;
  const unsigned prefix = data.message.u8(data.at);
  if (prefix > 128) {
    line.print(" {}(bad plen)", prefix);
    return true;
  }
  const std::size_t missing = prefix / 8;
  if (prefix < 128) {
    std::array<std::byte, 16> address{};
    const auto there = data.message.bytes(data.at + 1, address.size() - missing);
    std::ranges::copy(there, address.begin() + static_cast<std::ptrdiff_t>(missing));
    line.print(" {} ", prefix);
    line.text().ip6(address);
  }
  if (prefix == 0) return true;
  line.put(' ');
  return print_name(line, data.message, data.at + 1 + 16 - missing) != kNoPlace;
}

bool print_uri(Line& line, const RecordData& data) {
  const View view = data.view();
  if (!view.has(0, data.size)) return false;
  line.print(" {} {} ", view.u16(0), view.u16(2));
  const std::size_t size = data.size < 4 ? data.message.captured() : data.size - 4;
  return put_characters(line, view, 4, size);
}

bool print_options(Line& line, const RecordData& data) {
  constexpr std::uint16_t kDnssecOk = 0x8000;
  line.print(" UDPsize={}", data.record_class);
  if ((data.flags & kDnssecOk) != 0) line.put(" DO");
  return print_edns_options(line, data.view());
}

bool print_characters(Line& line, const RecordData& data) {
  return put_characters(line, data.message, data.at, data.size);
}

// A number of two bytes with its name before it; the next place, or kNoPlace.
std::size_t print_number(Line& line, const View& message, std::size_t at, std::string_view name) {
  if (!message.has(at, 2)) return kNoPlace;
  line.put(name);
  line.number(message.u16(at));
  return at + 2;
}

bool print_signature(Line& line, const RecordData& data) {
  constexpr std::string_view kAfterMac[] = {" origid=", " error=", " otherlen="};
  constexpr std::size_t kTime = 6;
  if (!line.verbose()) return true;
  line.put(' ');
  std::size_t at = print_name(line, data.message, data.at);
  if (at == kNoPlace) return false;
  at = print_number(line, data.message, at + kTime, " fudge=");
  if (at == kNoPlace) return false;
  const std::size_t mac = at;
  at = print_number(line, data.message, at, " maclen=");
  if (at == kNoPlace) return false;
  at += data.message.u16(mac);
  for (const std::string_view name : kAfterMac) {
    at = print_number(line, data.message, at, name);
    if (at == kNoPlace) return false;
  }
  return true;
}

struct TypeInfo {
  std::uint16_t type;
  std::string_view name;
  bool (*print)(Line&, const RecordData&) = print_nothing;
};
constexpr TypeInfo kTypes[] = {
    {1, "A", print_ip4},
    {28, "AAAA", print_ip6},
    {5, "CNAME", print_target},
    {12, "PTR", print_target},
    {2, "NS", print_target},
    {6, "SOA", print_authority},
    {15, "MX", print_mail_exchange},
    {16, "TXT", print_texts},
    {33, "SRV", print_service},
    {kTypeOpt, "OPT", print_options},
    {3, "MD"},
    {4, "MF"},
    {7, "MB"},
    {8, "MG"},
    {9, "MR"},
    {10, "NULL"},
    {11, "WKS"},
    {13, "HINFO"},
    {14, "MINFO"},
    {17, "RP"},
    {18, "AFSDB"},
    {19, "X25"},
    {20, "ISDN"},
    {21, "RT"},
    {22, "NSAP"},
    {23, "NSAP_PTR"},
    {24, "SIG"},
    {25, "KEY"},
    {26, "PX"},
    {27, "GPOS"},
    {29, "LOC"},
    {30, "NXT"},
    {31, "EID"},
    {32, "NIMLOC"},
    {34, "ATMA"},
    {35, "NAPTR"},
    {36, "KX"},
    {37, "CERT"},
    {38, "A6", print_a6},
    {39, "DNAME", print_target},
    {40, "SINK"},
    {42, "APL"},
    {43, "DS"},
    {44, "SSHFP"},
    {45, "IPSECKEY"},
    {46, "RRSIG"},
    {47, "NSEC"},
    {48, "DNSKEY"},
    {99, "SPF"},
    {100, "UINFO"},
    {101, "UID"},
    {102, "GID"},
    {103, "UNSPEC"},
    {104, "UNSPECA", print_characters},
    {249, "TKEY"},
    {250, "TSIG", print_signature},
    {251, "IXFR"},
    {252, "AXFR"},
    {253, "MAILB"},
    {254, "MAILA"},
    {255, "ANY"},
    {256, "URI", print_uri},
};

}  // namespace

std::string_view type_name(std::uint16_t type) {
  const auto found = std::ranges::find(kTypes, type, &TypeInfo::type);
  return found == std::ranges::end(kTypes) ? std::string_view() : found->name;
}

bool print_data(Line& line, const RecordData& data) {
  const auto found = std::ranges::find(kTypes, data.type, &TypeInfo::type);
  return found == std::ranges::end(kTypes) || found->print(line, data);
}

}  // namespace weir::packet::dns
