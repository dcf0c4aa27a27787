// Link layers: which printer a link type has, and those that are too small for a file of their own.
#include <algorithm>
#include <bit>

#include "packet/print/named.h"
#include "packet/print/printers.h"

namespace weir::packet {
namespace {

void print_ethernet_packet(Line& line, const View& view) {
  line.set_link_header_length(ethernet::print(line, view));
}

constexpr Protocol kRaw{.name = "raw"};

void print_raw(Line& line, const View& view) {
  line.set_protocol(kRaw);
  if (line.options().link_header) line.put("ip: ");
  ip::print(line, view);
}

constexpr Field kNullFields[] = {
    {.name = "null.family", .offset = 0, .size = 4},
};
constexpr Protocol kNull{.name = "null", .fields = kNullFields};

constexpr std::uint32_t kFamilyIp4 = 2;
constexpr Named kFamilies[] = {
    {kFamilyIp4, "IPv4"}, {6, "NS"},    {7, "ISO"},   {16, "Appletalk"},
    {23, "IPX"},          {24, "IPv6"}, {28, "IPv6"}, {30, "IPv6"},
};

bool is_ip6_family(std::uint32_t family) { return family == 24 || family == 28 || family == 30; }

void print_family(Line& line, std::uint32_t family, std::size_t length) {
  if (!line.options().quick) {
    line.print("AF {} ({})", name_of(kFamilies, family, "Unknown"), family);
  } else {
    line.put(named(kFamilies, family, "Unknown AF {}"));
  }
  line.print(", length {}: ", length);
}

// An address family in the byte order of the machine that wrote it; the upper half of it is zero.
void print_null(Line& line, const View& view) {
  constexpr std::size_t kHeader = 4;
  line.begin_layer(kNull, view);
  if (!view.need(0, kHeader)) return;
  line.set_link_header_length(kHeader);
  std::uint32_t family = view.le32(0);
  if (family > 0xffff) family = std::byteswap(family);
  if (line.options().link_header) print_family(line, family, view.length());
  const View payload = view.from(kHeader);
  if (family == kFamilyIp4) return ip4::print(line, payload);
  if (is_ip6_family(family)) return ip6::print(line, payload);
  if (!line.options().link_header) print_family(line, family, view.length());
  line.unknown_payload(payload.claiming(payload.captured()));
}

struct LinkPrinter {
  LinkType link_type;
  Printer print;
};

constexpr LinkPrinter kLinkPrinters[] = {
    {LinkType::kEn10mb, print_ethernet_packet},
    {LinkType::kRaw, print_raw},
    {LinkType::kIpv4, print_raw},
    {LinkType::kIpv6, print_raw},
    {LinkType::kNull, print_null},
    {LinkType::kLoop, print_null},
    {LinkType::kPpp, ppp::print_link},
    {LinkType::kPppSerial, ppp::print_serial_link},
    {LinkType::kCHdlc, cisco_hdlc::print_link},
    {LinkType::kLinuxSll, linux_cooked::print_link},
    {LinkType::kLinuxSll2, linux_cooked::print_link2},
    {LinkType::kIeee80211, ieee80211::print_link},
    {LinkType::kIeee80211Radio, ieee80211::print_radiotap_link},
    {LinkType::kFrelay, frame_relay::print_link},
};

}  // namespace

Printer link_printer(LinkType link_type) {
  const auto found = std::ranges::find(kLinkPrinters, link_type, &LinkPrinter::link_type);
  return found == std::ranges::end(kLinkPrinters) ? nullptr : found->print;
}

}  // namespace weir::packet
