// ICMP (RFC 792, 950, 1191, 1256, 1812).
#include "packet/print/checksum.h"
#include "packet/print/named.h"
#include "packet/print/net/icmp_internal.h"
#include "packet/print/printers.h"
#include "packet/protocol_names.h"

namespace weir::packet::icmp {
namespace {

constexpr Field kFields[] = {
    {.name = "icmp.type", .offset = 0, .size = 1},
    {.name = "icmp.code", .offset = 1, .size = 1},
    {.name = "icmp.checksum", .offset = 2, .size = 2, .show = Show::kHex},
};
constexpr Protocol kIcmp{.name = "icmp", .fields = kFields};
constexpr Field kIdentifier{.name = "icmp.ident"};
constexpr Field kSequence{.name = "icmp.seq"};
constexpr Field kNextHopMtu{.name = "icmp.mtu"};
constexpr Field kGateway{.name = "icmp.redir_gw", .show = Show::kIp4};
constexpr Field kPointer{.name = "icmp.pointer"};

enum Type : std::uint8_t {
  kEchoReply = 0,
  kUnreachable = 3,
  kSourceQuench = 4,
  kRedirect = 5,
  kEcho = 8,
  kRouterAdvertisement = 9,
  kTimeExceeded = 11,
  kParameterProblem = 12,
  kTimestamp = 13,
  kTimestampReply = 14,
  kMaskReply = 18,
};

constexpr Named kTypes[] = {
    {kSourceQuench, "source quench"}, {10, "router solicitation"},  {15, "information request"},
    {16, "information reply"},        {17, "address mask request"},
};

// Where things stand in the packet that an error quotes.
constexpr std::size_t kQuoted = 8;
constexpr std::size_t kQuotedProtocol = kQuoted + 9;
constexpr std::size_t kQuotedDestination = kQuoted + 16;

std::string quoted_destination(Line& line, const View& view) {
  return line.host4_text(view.u32(kQuotedDestination));
}

struct CodeText {
  std::string_view before;  // the address
  std::string_view after;
};
// By code; those that are empty say more.
constexpr CodeText kUnreachableTexts[] = {
    {"net ", " unreachable"},
    {"host ", " unreachable"},
    {},
    {},
    {},
    {"", " unreachable - source route failed"},
    {"net ", " unreachable - unknown"},
    {"host ", " unreachable - unknown"},
    {"", " unreachable - source host isolated"},
    {"net ", " unreachable - admin prohibited"},
    {"host ", " unreachable - admin prohibited"},
    {"net ", " unreachable - tos prohibited"},
    {"host ", " unreachable - tos prohibited"},
    {"host ", " unreachable - admin prohibited filter"},
    {"host ", " unreachable - host precedence violation"},
    {"host ", " unreachable - precedence cutoff"},
};

std::string protocol_unreachable(Line& line, const View& view) {
  return fmt::format("{} protocol {} unreachable", quoted_destination(line, view),
                     view.u8(kQuotedProtocol));
}

std::string port_unreachable(Line& line, const View& view) {
  const std::size_t header_length = std::size_t{4} * (view.u8(kQuoted) & 0x0fu);
  const std::uint16_t port = view.u16(kQuoted + header_length + 2);
  const std::uint8_t protocol = view.u8(kQuotedProtocol);
  const std::string destination = quoted_destination(line, view);
  if (protocol == kIpTcp)
    return fmt::format("{} tcp port {} unreachable", destination,
                       line.port_text(PortKind::kTcp, port));
  if (protocol == kIpUdp)
    return fmt::format("{} udp port {} unreachable", destination,
                       line.port_text(PortKind::kUdp, port));
  return fmt::format("{} protocol {} port {} unreachable", destination, protocol, port);
}

std::string fragmentation_needed(Line& line, const View& view) {
  line.field(kNextHopMtu, view, 6, 2);
  const std::uint16_t mtu = view.u16(6);
  const std::string text = quoted_destination(line, view) + " unreachable - need to frag";
  return mtu == 0 ? text : fmt::format("{} (mtu {})", text, mtu);
}

std::string unreachable(Line& line, const View& view) {
  const std::uint8_t code = view.u8(1);
  if (code == 2) return protocol_unreachable(line, view);
  if (code == 3) return port_unreachable(line, view);
  if (code == 4) return fragmentation_needed(line, view);
  const std::string destination = quoted_destination(line, view);
  if (code >= std::size(kUnreachableTexts))
    return fmt::format("{} unreachable - #{}", destination, code);
  const CodeText& text = kUnreachableTexts[code];
  return fmt::format("{}{}{}", text.before, destination, text.after);
}

std::string redirect(Line& line, const View& view) {
  constexpr CodeText kTexts[] = {
      {"redirect ", " to net "},
      {"redirect ", " to host "},
      {"redirect-tos ", " to net "},
      {"redirect-tos ", " to host "},
  };
  line.field(kGateway, view, 4, 4);
  const std::uint8_t code = view.u8(1);
  const std::string destination = quoted_destination(line, view);
  const std::string gateway = line.host4_text(view.u32(4));
  if (code >= std::size(kTexts))
    return fmt::format("redirect-#{} {} to {}", code, destination, gateway);
  return fmt::format("{}{}{}{}", kTexts[code].before, destination, kTexts[code].after, gateway);
}

std::string lifetime_text(std::uint32_t seconds) {
  if (seconds < 60) return fmt::format("{}", seconds);
  if (seconds < 3600) return fmt::format("{}:{:02}", seconds / 60, seconds % 60);
  return fmt::format("{}:{:02}:{:02}", seconds / 3600, seconds % 3600 / 60, seconds % 60);
}

std::string router_advertisement(Line& line, const View& view) {
  const std::uint8_t count = view.u8(4);
  const std::uint8_t words = view.u8(5);
  std::string out =
      fmt::format("router advertisement lifetime {} {}:", lifetime_text(view.u16(6)), count);
  if (words != 2) return out + fmt::format(" [size {}]", words);
  std::size_t at = 8;
  for (unsigned i = 0; i < count && !line.cut(); ++i, at += 8)
    out += fmt::format(" {{{} {}}}", line.host4_text(view.u32(at)), view.u32(at + 4));
  return out;
}

std::string time_exceeded(Line&, const View& view) {
  const std::uint8_t code = view.u8(1);
  view.need(kQuotedDestination, 4);
  if (code == 0) return "time exceeded in-transit";
  if (code == 1) return "ip reassembly time exceeded";
  return fmt::format("time exceeded-#{}", code);
}

std::string parameter_problem(Line& line, const View& view) {
  const std::uint8_t code = view.u8(1);
  if (code != 0) return fmt::format("parameter problem - code {}", code);
  line.field(kPointer, view, 4, 1);
  return fmt::format("parameter problem - octet {}", view.u8(4));
}

std::string timestamp_request(Line&, const View& view) {
  return fmt::format("time stamp query id {} seq {}", view.u16(4), view.u16(6));
}

// Milliseconds since midnight.
std::string day_time(std::uint32_t milliseconds) {
  const std::uint32_t seconds = milliseconds / 1000;
  return fmt::format("{:02}:{:02}:{:02}.{:03}", seconds / 3600, seconds / 60 % 60, seconds % 60,
                     milliseconds % 1000);
}

std::string timestamp_reply(Line&, const View& view) {
  view.need(16, 4);
  return fmt::format("time stamp reply id {} seq {}: org {}, recv {}, xmit {}", view.u16(4),
                     view.u16(6), day_time(view.u32(8)), day_time(view.u32(12)),
                     day_time(view.u32(16)));
}

std::string address_mask(Line&, const View& view) {
  return fmt::format("address mask is 0x{:08x}", view.u32(8));
}

struct TypeText {
  std::uint8_t type;
  std::string (*text)(Line&, const View&);
};
constexpr TypeText kTypeTexts[] = {
    {kUnreachable, unreachable},
    {kTimeExceeded, time_exceeded},
    {kRedirect, redirect},
    {kRouterAdvertisement, router_advertisement},
    {kParameterProblem, parameter_problem},
    {kTimestamp, timestamp_request},
    {kTimestampReply, timestamp_reply},
    {kMaskReply, address_mask},
};

std::string type_text(Line& line, const View& view, std::uint8_t type) {
  for (const TypeText& entry : kTypeTexts) {
    if (entry.type == type) return entry.text(line, view);
  }
  return named(kTypes, type, "type-#{}");
}

void print_echo(Line& line, const View& view, std::uint8_t type) {
  line.field(kIdentifier, view, 4, 2);
  line.field(kSequence, view, 6, 2);
  const std::uint16_t identifier = view.u16(4);
  const std::uint16_t sequence = view.u16(6);
  line.put(type == kEcho ? "ICMP echo request, id " : "ICMP echo reply, id ");
  line.put(identifier, ", seq ", sequence);
}

void print_bad_checksum(Line& line, const View& view) {
  if (!view.has(0, view.length())) return;
  Checksum sum;
  sum.add(view.bytes(0, view.length()));
  if (sum.result() == 0) return;
  const std::uint16_t held = view.u16(2);
  line.print(" (wrong icmp cksum {:x} (->{:x})!)", held, right_checksum(held, sum.result()));
}

bool is_error(std::uint8_t type) {
  return type == kUnreachable || type == kSourceQuench || type == kRedirect ||
         type == kTimeExceeded || type == kParameterProblem;
}
bool may_have_extensions(std::uint8_t type) {
  return type == kUnreachable || type == kTimeExceeded || type == kParameterProblem;
}

// Extensions may follow the quoted packet, therefore it ends where its own length says.
void print_quoted(Line& line, const View& view) {
  line.put("\n\t");
  const std::uint16_t length = view.u16(kQuoted + 2);
  ip4::print(line, view.from(kQuoted).first(length));
}

}  // namespace

void print(Line& line, const View& view, const IpContext& ip) {
  line.begin_layer(kIcmp, view);
  const std::uint8_t type = view.u8(0);
  view.need(1, 1);
  if (type == kEcho || type == kEchoReply) {
    print_echo(line, view, type);
  } else {
    const std::string text = type_text(line, view, type);
    line.put("ICMP ");
    line.put(text);
  }
  line.put(", length ", view.length());
  if (!line.verbose() || line.cut()) return;
  if (!ip.fragmented) print_bad_checksum(line, view);
  if (is_error(type)) print_quoted(line, view);
  line.set_protocol(kIcmp);
  if (may_have_extensions(type) && !line.cut()) print_extensions(line, view);
}

}  // namespace weir::packet::icmp
