// PPP (RFC 1661), in frames like HDLC's (RFC 1662) and as a link type; multilink (RFC 1990).
#include "packet/print/link/ppp.h"

#include <algorithm>
#include <vector>

#include "packet/print/printers.h"
#include "packet/protocol_names.h"

namespace weir::packet::ppp {
namespace {

constexpr Protocol kPpp{.name = "ppp"};
constexpr Protocol kSerial{.name = "ppp_hdlc"};
constexpr Field kProtocol{.name = "ppp.protocol", .show = Show::kHex};

constexpr std::uint16_t kAddressAndControl = 0xff03;
constexpr std::uint16_t kIncoming = 0x0003, kOutgoing = 0x0103;  // as pppd writes them
constexpr std::size_t kLinkHeader = 4;
constexpr std::byte kEscape{0x7d};

constexpr Named kProtocolNames[] = {
    {kIp, "IP"},
    {0x0023, "OSI"},
    {0x0025, "NS"},
    {0x0027, "DECNET"},
    {0x0029, "APPLE"},
    {0x002b, "IPX"},
    {kVanJacobson, "VJC IP"},
    {0x002f, "VJNC IP"},
    {0x0031, "BRPDU"},
    {0x0033, "STII"},
    {0x0035, "VINES"},
    {0x0281, "MPLS"},
    {0x0283, "MPLS"},
    {0x00fd, "Compressed"},
    {kMultilink, "MLPPP"},
    {kIp6, "IP6"},
    {0x0201, "HELLO"},
    {0x0231, "LUXCOM"},
    {0x0233, "SNS"},
    {kIpcp, "IPCP"},
    {0x8023, "OSICP"},
    {0x8025, "NSCP"},
    {0x8027, "DECNETCP"},
    {0x8029, "APPLECP"},
    {0x802b, "IPXCP"},
    {0x8033, "STIICP"},
    {0x8035, "VINESCP"},
    {kIp6cp, "IP6CP"},
    {0x8281, "MPLSCP"},
    {kLcp, "LCP"},
    {kPap, "PAP"},
    {kQuality, "LQM"},
    {kChap, "CHAP"},
    {kEap, "EAP"},
    {kSpap, "SPAP"},
    {kOldSpap, "Old-SPAP"},
    {kBacp, "BACP"},
    {0xc02d, "BAP"},
    {0xc03d, "MLPPP-CP"},
    {kCcp, "CCP"},
};

constexpr Named kMultilinkFlags[] = {{0x80, "begin"}, {0x40, "end"}};

void print_multilink(Line& line, const View& view) {
  if (!line.options().link_header) line.put("MLPPP, ");
  if (view.length() < 2 || !view.has(0, 2)) return line.put("[|mlppp]");
  line.print("seq 0x{:03x}, Flags [{}], length {}", view.u16(0) & 0x0fff,
             bit_names(kMultilinkFlags, view.u8(0), ", ", "none"), view.length());
}

void print_compressed(Line& line, const View&) { line.put("compressed PPP data"); }
void print_nothing(Line&, const View&) {}

struct PayloadPrinter {
  std::uint16_t protocol;
  Printer print;
};
// Some put an EtherType where PPP has numbers of its own.
constexpr PayloadPrinter kPayloads[] = {
    {kIp, ip4::print},
    {kIp6, ip6::print},
    {0x002f, ip4::print},
    {kEtherTypeIp4, ip4::print},
    {kEtherTypeIp6, ip6::print},
    {0x0281, mpls::print},
    {0x0023, isoclns::print},
    {0x002b, ipx::print},
    {0x8137, ipx::print},
    {0x0283, mpls::print},
    {kMultilink, print_multilink},
    {kChap, print_chap},
    {kPap, print_pap},
    {0xc02d, print_nothing},
    {0x00fd, print_compressed},
};
constexpr std::uint16_t kControlProtocols[] = {kLcp, kIpcp, 0x8023, 0x8281, kIp6cp, kCcp, kBacp};

void print_payload(Line& line, std::uint16_t protocol, const View& payload);

constexpr bool begins_frame(std::uint16_t protocol) { return protocol >> 8 == 0x7e; }

// The bytes behind a flag of HDLC, which stands where the protocol was looked for.
std::vector<std::byte> unescaped(std::uint16_t protocol, const View& payload) {
  std::vector<std::byte> raw{static_cast<std::byte>(protocol & 0xff)};
  raw.insert(raw.end(), payload.data(), payload.data() + payload.captured());
  std::vector<std::byte> out;
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] != kEscape) {
      out.push_back(raw[i]);
    } else if (++i < raw.size()) {
      out.push_back(raw[i] ^ std::byte{0x20});
    }
  }
  return out;
}

// What a frame holds is guessed: its header may have been compressed.
void print_guessed(Line& line, const View& frame) {
  if (frame.length() < 1) return line.put_cut();
  if (frame.u8(0) == kIp) return ip4::print(line, frame.from(1));
  if (frame.u8(0) == kIp6) return ip6::print(line, frame.from(1));
  if (frame.length() < 2) return line.put_cut();
  const bool has_address = frame.u16(0) == kAddressAndControl;
  if (has_address && frame.length() < 4) return line.put_cut();
  const std::size_t at = has_address ? 2 : 0;
  const std::uint16_t protocol = frame.u16(at);
  if (begins_frame(protocol)) return line.print("(protocol 0x{:04x} invalid)", protocol);
  print_payload(line, protocol, frame.from(at + 2));
}

// Fields have a place in the packet, and bytes that were escaped have none: nothing is told.
void print_escaped(Line& line, std::uint16_t protocol, const View& payload) {
  if (payload.length() == 0 || line.wants_fields()) return;
  const std::vector<std::byte> bytes = unescaped(protocol, payload);
  print_guessed(line, View(bytes, bytes.size(), payload.mark()));
}

void print_payload(Line& line, std::uint16_t protocol, const View& payload) {
  if (begins_frame(protocol)) return print_escaped(line, protocol, payload);
  if (std::ranges::find(kControlProtocols, protocol) != std::ranges::end(kControlProtocols))
    return print_control(line, protocol, payload);
  const auto found = std::ranges::find(kPayloads, protocol, &PayloadPrinter::protocol);
  if (found != std::ranges::end(kPayloads)) return found->print(line, payload);
  line.print("{} ", named(kProtocolNames, protocol, "unknown PPP protocol (0x{:04x})"));
  print_unknown_data(line, payload, payload.length(), "\n\t");
}

// Takes the address and the control field away, where they are not left out.
View without_address(Line& line, const View& view) {
  const std::uint16_t first = view.u16(0);
  if (line.options().link_header && first == kIncoming) line.put("In  ");
  if (line.options().link_header && first == kOutgoing) line.put("Out ");
  const bool has_address = first == kAddressAndControl || first == kIncoming || first == kOutgoing;
  return has_address ? view.from(2) : view;
}

}  // namespace

std::span<const Named> protocol_names() { return kProtocolNames; }

void print_unknown_data(Line& line, const View& view, std::size_t length, std::string_view indent) {
  line.hex_lines(view.claiming(std::min(length, view.captured())), indent);
}

void print(Line& line, const View& view) {
  line.begin_layer(kPpp, view);
  if (view.length() < 2) return line.put_cut();
  const View rest = without_address(line, view);
  if (rest.length() < 2) return line.put_cut();
  const std::size_t size = rest.u8(0) % 2 != 0 ? 1 : 2;  // an odd byte ends the field
  const std::uint16_t protocol = size == 1 ? rest.u8(0) : rest.u16(0);
  if (line.cut()) return;
  line.field(kProtocol, rest, 0, size);
  if (line.options().link_header) {
    const std::string_view name = name_of(kProtocolNames, protocol);
    line.print("{} (0x{:04x}), length {}", name.empty() ? "unknown" : name, protocol,
               view.length());
    if (name.empty()) return;
    line.put(": ");
  }
  print_payload(line, protocol, rest.from(size));
}

void print_link(Line& line, const View& view) {
  line.set_protocol(kPpp);
  line.set_link_header_length(std::min(view.captured(), kLinkHeader));
  if (view.captured() < kLinkHeader) return line.put_cut();
  print(line, view);
}

void print_serial_link(Line& line, const View& view) {
  constexpr std::uint8_t kAddress = 0xff, kCiscoUnicast = 0x0f, kCiscoMulticast = 0x8f;
  line.set_protocol(kSerial);
  line.set_link_header_length(view.captured());
  if (view.captured() < 2) return line.put_cut();
  const std::uint8_t address = view.u8(0);
  if (address == kCiscoUnicast || address == kCiscoMulticast)
    return cisco_hdlc::print_link(line, view);
  if (view.captured() < kLinkHeader) return line.put_cut();
  line.begin_layer(kSerial, view);
  if (line.options().link_header)
    line.print("{:02x} {:02x} {} ", address, view.u8(1), view.length());
  if (address == kAddress) {
    const std::uint16_t protocol = view.u16(2);
    line.field(kProtocol, view, 2, 2);
    line.set_link_header_length(kLinkHeader);
    line.print("{}: ", named(kProtocolNames, protocol, "unknown PPP protocol (0x{:04x})"));
    print_payload(line, protocol, view.from(kLinkHeader));
  } else {
    line.set_link_header_length(2);
    line.print("unknown addr {:02x}; ctrl {:02x}", view.u8(2), view.u8(3));
  }
}

}  // namespace weir::packet::ppp
