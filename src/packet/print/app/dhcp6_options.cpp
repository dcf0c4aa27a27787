// The options of DHCPv6, in parentheses; some hold others, and one a whole message.
#include <algorithm>

#include "packet/print/app/dhcp6_internal.h"
#include "packet/print/app/dns_internal.h"
#include "packet/print/named.h"
#include "packet/print/printers.h"

namespace weir::packet::dhcp6 {
namespace {

constexpr Field kOptionCode{.name = "dhcpv6.option.type"};
constexpr Field kOptionLength{.name = "dhcpv6.option.length"};
constexpr Field kOptionValue{.name = "dhcpv6.option.value", .show = Show::kBytes};
constexpr Field kAssignedAddress{.name = "dhcpv6.iaaddr.ip", .show = Show::kIp6};

// What came of an option: it was printed, its length is wrong, or nothing can follow.
enum class Read { kGood, kOdd, kBroken };

// Prints the data of an option, which is all there.
using OptionPrinter = Read (*)(Line&, const View& data);

void print_inner(Line& line, const View& data, std::size_t at) {
  if (data.length() <= at || !line.enter()) return;
  print_options(line, data.from(at));
  line.leave();
}

void put_hex(Line& line, const View& data, std::size_t from, std::size_t to) {
  if (from < to) line.text().hex(data.bytes(from, to - from));
}

Read print_nothing(Line&, const View&) { return Read::kGood; }

Read print_identifier(Line& line, const View& data) {
  const std::size_t size = data.length();
  if (size < 2) return Read::kOdd;
  const unsigned type = data.u16(0);
  if (type == 1) {
    if (size < 8) return Read::kOdd;
    line.print(" hwaddr/time type {} time {} ", data.u16(2), data.u32(4));
    put_hex(line, data, 8, size);
  } else if (type == 2) {
    if (size < 10) return Read::kOdd;
    line.put(" vid ");
    put_hex(line, data, 2, 10);
  } else if (type == 3) {
    if (size < 4) return Read::kOdd;
    line.print(" hwaddr type {} ", data.u16(2));
    put_hex(line, data, 4, size);
  } else {
    line.print(" type {}", type);
  }
  return Read::kGood;
}

Read print_assigned_address(Line& line, const View& data) {
  constexpr std::size_t kFixed = 24;
  if (data.length() < kFixed) return Read::kOdd;
  line.field(kAssignedAddress, data, 0, 16);
  line.print(" {} pltime:{} vltime:{}", line.host6_text(data.bytes(0, 16)), data.u32(16),
             data.u32(20));
  print_inner(line, data, kFixed);
  return Read::kGood;
}

Read print_prefix(Line& line, const View& data) {
  constexpr std::size_t kFixed = 25;
  if (data.length() < kFixed) return Read::kOdd;
  line.print(" {}/{} pltime:{} vltime:{}", line.host6_text(data.bytes(9, 16)), data.u8(8),
             data.u32(0), data.u32(4));
  print_inner(line, data, kFixed);
  return Read::kGood;
}

Read print_association(Line& line, const View& data) {
  constexpr std::size_t kFixed = 12;
  if (data.length() < kFixed) return Read::kOdd;
  line.print(" IAID:{} T1:{} T2:{}", data.u32(0), data.u32(4), data.u32(8));
  print_inner(line, data, kFixed);
  return Read::kGood;
}

Read print_temporary(Line& line, const View& data) {
  constexpr std::size_t kFixed = 4;
  if (data.length() < kFixed) return Read::kOdd;
  line.print(" IAID:{}", data.u32(0));
  print_inner(line, data, kFixed);
  return Read::kGood;
}

Read print_requested(Line& line, const View& data);

Read print_u8(Line& line, const View& data) {
  if (data.length() != 1) return Read::kOdd;
  line.print(" {}", data.u8(0));
  return Read::kGood;
}
Read print_u16(Line& line, const View& data) {
  if (data.length() != 2) return Read::kOdd;
  line.print(" {}", data.u16(0));
  return Read::kGood;
}
Read print_u32(Line& line, const View& data) {
  if (data.length() != 4) return Read::kOdd;
  line.print(" {}", data.u32(0));
  return Read::kGood;
}

Read print_relayed_message(Line& line, const View& data) {
  line.put(" (");
  if (line.enter()) {
    dhcp6::print(line, data.first(data.length()));
    line.leave();
  }
  return Read::kGood;
}

void print_delayed(Line& line, const View& data) {
  constexpr std::size_t kKeyAndDigest = 20;
  if (data.length() == 0) return;
  if (data.length() < kKeyAndDigest) return line.put(" ??");
  const std::size_t realm = data.length() - kKeyAndDigest;
  if (realm > 0) line.put(", realm: ");
  put_hex(line, data, 0, realm);
  line.print(", key ID: {:08x}, HMAC-MD5:", data.u32(realm));
  for (std::size_t i = 0; i < 4; ++i) line.print(" {:08x}", data.u32(realm + 4 + 4 * i));
}

void print_reconfigure_key(Line& line, const View& data) {
  constexpr Named kTypes[] = {{1, " reconfig-key"}, {2, " type: HMAC-MD5"}};
  if (data.length() != 17) return line.put(" ??");
  line.put(name_of(kTypes, data.u8(0), " type: ??"));
  line.put(" value:");
  for (std::size_t i = 0; i < 4; ++i) line.print(" {:08x}", data.u32(1 + 4 * i));
}

Read print_authentication(Line& line, const View& data) {
  constexpr std::size_t kFixed = 11;
  constexpr unsigned kDelayed = 2, kReconfigure = 3;
  constexpr Named kProtocols[] = {{kDelayed, "delayed"}, {kReconfigure, "reconfigure"}};
  constexpr Named kAlgorithms[] = {{1, "HMAC-MD5"}};
  constexpr Named kReplay[] = {{0, "mono"}};
  if (data.length() < kFixed) return Read::kOdd;
  const unsigned protocol = data.u8(0);
  line.print(" proto: {}, alg: {}, RDM: {}, RD:", named(kProtocols, protocol, "{}"),
             named(kAlgorithms, data.u8(1), "{}"), named(kReplay, data.u8(2), "{}"));
  for (std::size_t i = 0; i < 4; ++i) line.print(" {:04x}", data.u16(3 + 2 * i));
  const View rest = data.from(kFixed);
  if (protocol == kDelayed) {
    print_delayed(line, rest);
  } else if (protocol == kReconfigure) {
    print_reconfigure_key(line, rest);
  } else {
    line.put(" ??");
  }
  return Read::kGood;
}

constexpr std::size_t kShownBytes = 10;

Read print_opaque(Line& line, const View& data) {
  line.put(' ');
  put_hex(line, data, 0, std::min(data.length(), kShownBytes));
  line.put("...");
  return Read::kGood;
}

Read print_remote_id(Line& line, const View& data) {
  if (data.length() < 4) return Read::kOdd;
  line.print(" {}", data.u32(0));
  return print_opaque(line, data.from(4));
}

Read print_relay_data(Line& line, const View& data) {
  if (data.length() < 16) return Read::kOdd;
  line.print(" {}", line.host6_text(data.bytes(0, 16)));
  return print_opaque(line, data.from(16));
}

Read print_reconfigure(Line& line, const View& data) {
  constexpr Named kMessages6[] = {{5, "renew"}, {11, "inf-req"}};
  if (data.length() != 1) return Read::kOdd;
  line.print(" for {}", named(kMessages6, data.u8(0),
                              "??"
                              "?({:02x})"));
  return Read::kGood;
}

Read print_addresses(Line& line, const View& data) {
  if (data.length() % 16 != 0) return Read::kOdd;
  for (std::size_t at = 0; at < data.length(); at += 16)
    line.print(" {}", line.host6_text(data.bytes(at, 16)));
  return Read::kGood;
}

Read print_domains(Line& line, const View& data) {
  for (std::size_t at = 0; at < data.length();) {
    line.put(' ');
    at = dns::print_name(line, data, at);
    if (at == dns::kNoPlace) return Read::kBroken;
  }
  return Read::kGood;
}

Read print_status(Line& line, const View& data) {
  constexpr Named kCodes[] = {
      {0, "Success"},        {1, "UnspecFail"},    {2, "NoAddrsAvail"},  {3, "NoBinding"},
      {4, "NotOnLink"},      {5, "UseMulticast"},  {6, "NoPrefixAvail"}, {7, "UnknownQueryType"},
      {8, "MalformedQuery"}, {9, "NotConfigured"}, {10, "NotAllowed"},
  };
  if (data.length() < 2) return Read::kOdd;
  const unsigned code = data.u16(0);
  line.print(" {}", code > 255 ? "INVALID code" : named(kCodes, code, "code{}"));
  return Read::kGood;
}

Read print_lease_query(Line& line, const View& data) {
  constexpr std::size_t kFixed = 17;
  constexpr Named kTypes[] = {{1, "by-address"}, {2, "by-clientID"}};
  if (data.length() < kFixed) return Read::kOdd;
  line.print(" {} {}", named(kTypes, data.u8(0), "type_{}"), line.host6_text(data.bytes(1, 16)));
  print_inner(line, data, kFixed);
  return Read::kGood;
}

Read print_client_data(Line& line, const View& data) {
  print_inner(line, data, 0);
  return Read::kGood;
}

Read print_time_server(Line& line, const View& data) {
  constexpr std::size_t kHeader = 4;
  constexpr unsigned kName = 3;
  if (data.length() < kHeader) return Read::kOdd;
  for (std::size_t at = 0; at + kHeader < data.length();) {
    const unsigned code = data.u16(at);
    const std::size_t size = data.u16(at + 2);
    at += kHeader;
    if (size > data.length() - at) return Read::kBroken;
    line.print(" subopt:{} ", code);
    if (code == kName) {
      if (dns::print_name(line, data, at) == dns::kNoPlace) return Read::kBroken;
    } else if (code != 0 && code < kName && size == 16) {
      line.host6(data.bytes(at, 16));
    } else {
      line.put('?');
    }
    at += size;
  }
  return Read::kGood;
}

// A domain name; labels end at zero bytes, too.
Read print_tunnel_end(Line& line, const View& data) {
  if (data.length() < 3) return Read::kOdd;
  line.put(' ');
  for (std::size_t at = 0; at < data.length() && data.u8(at) != 0;) {
    const std::size_t size = data.u8(at);
    if (size + 1 >= data.length() - at) {
      line.put(" ?");
      break;
    }
    line.zero_padded(data, at + 1, size);
    at += 1 + size;
    if (data.u8(at) != 0) line.put('.');
  }
  return Read::kGood;
}

Read print_text(Line& line, const View& data) {
  if (data.length() < 5) return Read::kOdd;
  line.put(' ');
  line.zero_padded(data, 0, data.length());
  return Read::kGood;
}

struct OptionInfo {
  std::uint16_t code;
  std::string_view name;
  OptionPrinter print = print_nothing;
};
constexpr OptionInfo kOptions[] = {
    {1, "client-ID", print_identifier},
    {2, "server-ID", print_identifier},
    {3, "IA_NA", print_association},
    {4, "IA_TA", print_temporary},
    {5, "IA_ADDR", print_assigned_address},
    {6, "option-request", print_requested},
    {7, "preference", print_u8},
    {8, "elapsed-time", print_u16},
    {9, "relay-message", print_relayed_message},
    {11, "authentication", print_authentication},
    {12, "server-unicast"},
    {13, "status-code", print_status},
    {14, "rapid-commit"},
    {15, "user-class"},
    {16, "vendor-class"},
    {17, "vendor-specific-info"},
    {18, "interface-ID", print_opaque},
    {19, "reconfigure-message", print_reconfigure},
    {20, "reconfigure-accept"},
    {21, "SIP-servers-domain", print_domains},
    {22, "SIP-servers-address", print_addresses},
    {23, "DNS-server", print_addresses},
    {24, "DNS-search-list", print_domains},
    {25, "IA_PD", print_association},
    {26, "IA_PD-prefix", print_prefix},
    {27, "NIS-server", print_addresses},
    {28, "NIS+-server", print_addresses},
    {29, "NIS-domain-name"},
    {30, "NIS+-domain-name"},
    {31, "SNTP-servers", print_addresses},
    {32, "lifetime", print_u32},
    {33, "BCMCS-domain-name"},
    {34, "BCMCS-server", print_addresses},
    {36, "Geoconf-Civic"},
    {37, "Remote-ID", print_remote_id},
    {38, "Subscriber-ID", print_opaque},
    {39, "Client-FQDN"},
    {40, "PANA-agent", print_addresses},
    {41, "POSIX-timezone", print_text},
    {42, "POSIX-tz-database", print_text},
    {43, "Echo-request-option", print_requested},
    {44, "Lease-query", print_lease_query},
    {45, "LQ-client-data", print_client_data},
    {46, "Clt-time", print_u32},
    {47, "LQ-relay-data", print_relay_data},
    {48, "LQ-client-link", print_addresses},
    {56, "NTP-server", print_time_server},
    {64, "AFTR-Name", print_tunnel_end},
    {112, "MUD-URL", print_text},
};

const OptionInfo* info_of(std::uint16_t code) {
  const auto found = std::ranges::find(kOptions, code, &OptionInfo::code);
  return found == std::ranges::end(kOptions) ? nullptr : &*found;
}

void put_option_name(Line& line, std::uint16_t code) {
  const OptionInfo* const info = info_of(code);
  if (info != nullptr) return line.put(info->name);
  line.print("opt_{}", code);
}

Read print_requested(Line& line, const View& data) {
  if (data.length() % 2 != 0) return Read::kOdd;
  for (std::size_t at = 0; at < data.length(); at += 2) {
    line.put(' ');
    put_option_name(line, data.u16(at));
  }
  return Read::kGood;
}

}  // namespace

void print_options(Line& line, const View& options) {
  constexpr std::size_t kHeader = 4;
  for (View rest = options; rest.length() != 0 && !line.cut();) {
    if (rest.length() < kHeader) return line.put_cut();
    const std::uint16_t code = rest.u16(0);
    const std::size_t size = rest.u16(2);
    if (rest.length() - kHeader < size) return line.put_cut();
    const View data = rest.from(kHeader).claiming(size);
    line.field(kOptionCode, rest, 0, 2);
    line.field(kOptionLength, rest, 2, 2);
    line.field(kOptionValue, data, 0, size);
    line.put(" (");
    put_option_name(line, code);
    const OptionInfo* const info = info_of(code);
    const Read read = info == nullptr ? Read::kGood : info->print(line, data);
    if (read == Read::kBroken) return line.put_cut();
    line.put(read == Read::kOdd ? " ?)" : ")");
    rest = rest.from(kHeader + size);
  }
}

}  // namespace weir::packet::dhcp6
