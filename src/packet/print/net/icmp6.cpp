// ICMPv6 (RFC 4443).
#include "packet/print/checksum.h"
#include "packet/print/named.h"
#include "packet/print/net/icmp6_internal.h"
#include "packet/print/printers.h"
#include "packet/protocol_names.h"

namespace weir::packet::icmp6 {
namespace {

constexpr Field kFields[] = {
    {.name = "icmpv6.type", .offset = 0, .size = 1},
    {.name = "icmpv6.code", .offset = 1, .size = 1},
    {.name = "icmpv6.checksum", .offset = 2, .size = 2, .show = Show::kHex},
};
constexpr Protocol kIcmp6{.name = "icmp6", .fields = kFields};
constexpr Field kIdentifier{.name = "icmpv6.echo.identifier"};
constexpr Field kSequence{.name = "icmpv6.echo.sequence_number"};
constexpr Field kMtu{.name = "icmpv6.mtu"};
constexpr Field kPointer{.name = "icmpv6.pointer"};

constexpr std::uint8_t kIpIcmp6 = 58;

// Where things stand in the packet that an error quotes.
constexpr std::size_t kQuoted = 8;
constexpr std::size_t kQuotedSource = kQuoted + 8;
constexpr std::size_t kQuotedDestination = kQuoted + 24;

std::string address_at(Line& line, const View& view, std::size_t at) {
  return line.host6_text(view.bytes(at, 16));
}

struct UpperLayer {
  std::uint8_t protocol;
  std::size_t at;
};

// How many bytes an extension header of a quoted packet takes; 0 when it is none, or nothing can
// be found behind it.
std::size_t extension_size(const View& view, std::size_t at, std::uint8_t protocol) {
  constexpr std::uint8_t kHopByHop = 0, kRouting = 43, kFragment = 44, kAuthentication = 51,
                         kDestinationOptions = 60;
  if (protocol == kFragment) return view.has(at + 2, 2) && (view.u16(at + 2) & 0xfff8) == 0 ? 8 : 0;
  if (!view.has(at + 1, 1)) return 0;
  const std::size_t words = view.u8(at + 1);
  if (protocol == kAuthentication) return (words + 2) * 4;
  const bool is_extension =
      protocol == kHopByHop || protocol == kDestinationOptions || protocol == kRouting;
  return is_extension ? (words + 1) * 8 : 0;
}

// The TCP or UDP header that is quoted, behind any extension headers.
std::optional<UpperLayer> quoted_upper_layer(const View& view) {
  if (!view.has(kQuoted + 6, 1)) return {};
  std::uint8_t protocol = view.u8(kQuoted + 6);
  std::size_t at = kQuoted + 40;
  while (protocol != kIpUdp && protocol != kIpTcp) {
    const std::size_t size = extension_size(view, at, protocol);
    if (size == 0) return {};
    protocol = view.u8(at);
    at += size;
  }
  if (!view.has(at + 2, 2)) return {};
  return UpperLayer{.protocol = protocol, .at = at};
}

End print_port_unreachable(Line& line, const View& view) {
  const auto upper = quoted_upper_layer(view);
  if (!upper) return End::kCut;
  const std::uint16_t port = view.u16(upper->at + 2);
  const bool is_tcp = upper->protocol == kIpTcp;
  line.print(", {} {} port {}", address_at(line, view, kQuotedDestination), is_tcp ? "tcp" : "udp",
             line.port_text(is_tcp ? PortKind::kTcp : PortKind::kUdp, port));
  return End::kLength;
}

End print_unreachable(Line& line, const View& view) {
  constexpr std::uint8_t kBeyondScope = 2, kPort = 4;
  constexpr Named kCodes[] = {
      {0, "unreachable route"},   {1, " unreachable prohibited"}, {kBeyondScope, "beyond scope"},
      {3, "unreachable address"}, {kPort, "unreachable port"},
  };
  const std::uint8_t code = view.u8(1);
  line.print(", {}", named(kCodes, code, "unknown unreach code ({})"));
  if (code == kPort) return print_port_unreachable(line, view);
  if (code == kBeyondScope) {
    line.print(" {}, source address {}", address_at(line, view, kQuotedDestination),
               address_at(line, view, kQuotedSource));
  } else if (code < kPort) {
    line.print(" {}", address_at(line, view, kQuotedDestination));
  } else if (!line.verbose(2)) {
    print_unknown(line, view, "\n\t");
    return End::kNothing;
  }
  return End::kLength;
}

End print_too_big(Line& line, const View& view) {
  line.field(kMtu, view, 4, 4);
  line.print(", mtu {}", view.u32(4));
  return End::kLength;
}

End print_time_exceeded(Line& line, const View& view) {
  const std::uint8_t code = view.u8(1);
  if (code == 0) {
    line.print(" for {}", address_at(line, view, kQuotedDestination));
  } else if (code == 1) {
    line.put(" (reassembly)");
  } else {
    line.print(", unknown code ({})", code);
  }
  return End::kLength;
}

End print_parameter_problem(Line& line, const View& view) {
  constexpr std::string_view kCodes[] = {"erroneous", "next header", "option",
                                         "incomplete header chain"};
  if (!view.has(kQuotedDestination, 16)) return End::kCut;
  const std::uint8_t code = view.u8(1);
  line.field(kPointer, view, 4, 4);
  if (code < std::size(kCodes)) {
    line.print(", {} - octet {}", kCodes[code], view.u32(4));
  } else {
    line.print(", code-#{}", code);
  }
  return End::kLength;
}

End print_echo(Line& line, const View& view) {
  line.field(kIdentifier, view, 4, 2);
  line.field(kSequence, view, 6, 2);
  const std::uint16_t identifier = view.u16(4);
  const std::uint16_t sequence = view.u16(6);
  line.put(", id ");
  line.number(identifier);
  line.put(", seq ");
  line.number(sequence);
  return End::kLength;
}

End print_nothing_more(Line&, const View&) { return End::kLength; }

End print_identifier(Line& line, const View& view) {
  line.print(", id 0x{:04x}", view.u16(4));
  return End::kLength;
}

End print_home_agents(Line& line, const View& view) {
  if (!line.verbose()) return End::kLength;
  print_identifier(line, view);
  for (std::size_t at = 8; at < view.length() && !line.cut(); at += 16)
    line.print(", {}", address_at(line, view, at));
  return End::kLength;
}

End print_unknown_type(Line& line, const View& view) {
  line.print(", length {}", view.length());
  if (!line.verbose(2)) print_unknown(line, view, "\n\t");
  return End::kNothing;
}

struct TypeInfo {
  std::uint8_t type;
  std::string_view name;
  MessagePrinter print;
  bool length_first = false;  // with -v
};
constexpr TypeInfo kTypes[] = {
    {128, "echo request", print_echo},
    {129, "echo reply", print_echo},
    {135, "neighbor solicitation", print_neighbor_solicitation, true},
    {136, "neighbor advertisement", print_neighbor_advertisement, true},
    {133, "router solicitation", print_router_solicitation, true},
    {134, "router advertisement", print_router_advertisement, true},
    {1, "destination unreachable", print_unreachable},
    {2, "packet too big", print_too_big},
    {3, "time exceeded in-transit", print_time_exceeded},
    {4, "parameter problem", print_parameter_problem},
    {130, "multicast listener query", print_listener_query},
    {131, "multicast listener report", print_listener_report},
    {132, "multicast listener done", print_listener_report},
    {137, "redirect", print_redirect, true},
    {138, "router renumbering", print_renumbering},
    {139, "who-are-you request", print_node_query},
    {140, "who-are-you reply", print_node_reply},
    {141, "inverse neighbor solicitation", print_nothing_more},
    {142, "inverse neighbor advertisement", print_nothing_more},
    {143, "multicast listener report v2", print_listener_report2},
    {144, "ha discovery request", print_identifier},
    {145, "ha discovery reply", print_home_agents, true},
    {146, "mobile router solicitation", print_identifier},
    {147, "mobile router advertisement", print_mobile_advertisement, true},
    {155, "RPL", print_rpl},
    {200, "mtrace response", print_unknown_type},
    {201, "mtrace message", print_unknown_type},
};

void print_checksum(Line& line, const View& view, const IpContext& ip) {
  if (!line.verbose() || ip.fragmented || !view.has(0, view.length())) return;
  const std::uint16_t held = view.u16(2);
  const std::uint16_t sum = transport_checksum(ip, view, view.length(), kIpIcmp6);
  if (sum == 0) return line.put("[icmp6 sum ok] ");
  line.print("[bad icmp6 cksum 0x{:04x} -> 0x{:04x}!] ", held, right_checksum(held, sum));
}

End print_message(Line& line, const View& view) {
  const std::uint8_t type = view.u8(0);
  const auto info = std::ranges::find(kTypes, type, &TypeInfo::type);
  line.put("ICMP6, ");
  if (info == std::ranges::end(kTypes)) {
    line.print("unknown icmp6 type ({})", type);
    view.need(1, 1);
    return print_unknown_type(line, view);
  }
  line.put(info->name);
  if (info->length_first && line.verbose()) line.print(", length {}", view.length());
  view.need(1, 1);
  return info->print(line, view);
}

}  // namespace

void print(Line& line, const View& view, const IpContext& ip) {
  line.begin_layer(kIcmp6, view);
  if (view.length() == 0) {
    line.put("ICMP6, length 0");
    return line.put_invalid();
  }
  print_checksum(line, view, ip);
  const End end = print_message(line, view);
  if (end == End::kCut) return line.put_cut();
  if (end == End::kNothing || line.verbose()) return;
  line.put(", length ");
  line.number(view.length());
}

}  // namespace weir::packet::icmp6
