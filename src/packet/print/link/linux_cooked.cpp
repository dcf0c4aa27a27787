// What Linux writes in place of link headers for captures on all interfaces, in versions 1 and 2
// (LINKTYPE_LINUX_SLL, LINKTYPE_LINUX_SLL2).
#include <algorithm>

#include "packet/print/named.h"
#include "packet/print/printers.h"
#include "packet/protocol_names.h"

namespace weir::packet::linux_cooked {
namespace {

constexpr Field kFields[] = {
    {.name = "sll.pkttype", .offset = 0, .size = 2},
    {.name = "sll.hatype", .offset = 2, .size = 2},
    {.name = "sll.halen", .offset = 4, .size = 2},
    {.name = "sll.etype", .offset = 14, .size = 2, .show = Show::kHex},
};
constexpr Protocol kCooked{.name = "sll", .fields = kFields};
constexpr Field kFields2[] = {
    {.name = "sll.etype", .offset = 0, .size = 2, .show = Show::kHex},
    {.name = "sll.ifindex", .offset = 4, .size = 4},
    {.name = "sll.hatype", .offset = 8, .size = 2},
    {.name = "sll.pkttype", .offset = 10, .size = 1},
    {.name = "sll.halen", .offset = 11, .size = 1},
};
constexpr Protocol kCooked2{.name = "sll2", .fields = kFields2};
constexpr Field kAddress{.name = "sll.src.eth", .show = Show::kMac};
constexpr Protocol kVlan{.name = "vlan"};

constexpr std::size_t kHeader = 16, kHeader2 = 20;
constexpr std::uint16_t kRadiotap = 803;
constexpr std::uint16_t kLargestLength = 1500;
constexpr std::uint16_t kNovell = 1, kLlc = 4;  // in place of an EtherType
constexpr std::size_t kMac = 6;

constexpr Named kPacketTypes[] = {{0, "In"}, {1, "B"}, {2, "M"}, {3, "P"}, {4, "Out"}};

// What both versions say.
struct Header {
  const Protocol& protocol;
  std::size_t size;
  std::string before_address;  // with -e
  std::uint16_t hardware_type;
  std::size_t address_length;
  std::size_t address_at;
  std::uint16_t type;
};

void put_type(Line& line, std::uint16_t type) {
  if (type == kNovell) {
    line.put("802.3");
  } else if (type == kLlc) {
    line.put("802.2");
  } else {
    line.print("ethertype {} (0x{:04x})", type <= kLargestLength ? "Unknown" : ethertype_text(type),
               type);
  }
}

void put_header(Line& line, const Header& header, const View& view) {
  line.set_protocol(header.protocol);
  line.put(header.before_address);
  if (header.address_length == kMac) {
    line.station(view.bytes(header.address_at, kMac));
    line.put(' ');
  }
  if (line.options().quick) return;
  put_type(line, header.type);
  line.print(", length {}: ", view.length());
}

void dump(Line& line, const View& view) { line.unknown_payload(view.claiming(view.captured())); }

// Returns how long the headers are that it found.
std::size_t print_length_type(Line& line, std::uint16_t type, const View& payload) {
  if (type == kNovell) {
    ipx::print(line, payload);
    return 0;
  }
  if (type != kLlc) {
    dump(line, payload);
    return 0;
  }
  const llc::Result result = llc::print(line, payload, {}, {});
  if (result.known) return result.header_length;
  dump(line, payload);
  return 0;
}

// Takes a VLAN tag away; false when it is cut short.
bool print_tag(Line& line, std::uint16_t& type, View& payload) {
  constexpr std::size_t kTag = 4;
  if (payload.captured() < kTag) {
    line.set_protocol(kVlan);
    line.put_cut();
    return false;
  }
  if (line.options().link_header) line.print("{}, ", ethernet::vlan_text(payload.u16(0)));
  type = payload.u16(2);
  if (type <= kLargestLength) type = kLlc;
  if (!line.options().quick) line.print("ethertype {}, ", ethertype_text(type));
  payload = payload.from(kTag);
  return true;
}

void print_payload(Line& line, const Header& header, const View& view) {
  View payload = view.from(header.size);
  std::uint16_t type = header.type;
  while (type == kEtherTypeVlan) {
    if (print_tag(line, type, payload)) continue;
    return line.set_link_header_length(view.captured());
  }
  std::size_t header_length = view.captured() - payload.captured();
  if (type <= kLargestLength) {
    header_length += print_length_type(line, type, payload);
  } else if (!print_ethertype(line, type, payload)) {
    if (!line.options().link_header) put_header(line, header, view);
    dump(line, payload);
  }
  line.set_link_header_length(header_length);
}

void print_packet(Line& line, const Header& header, const View& view) {
  if (line.wants_fields() && header.address_length == kMac)
    line.field(kAddress, view, header.address_at, kMac);
  if (line.options().link_header) put_header(line, header, view);
  if (header.hardware_type != kRadiotap) return print_payload(line, header, view);
  const std::size_t length = ieee80211::print_radiotap(line, view.from(header.size));
  line.set_link_header_length(header.size + length);
}

}  // namespace

void print_link(Line& line, const View& view) {
  line.begin_layer(kCooked, view);
  if (!view.need(0, kHeader)) return;
  const Header header{
      .protocol = kCooked,
      .size = kHeader,
      .before_address = fmt::format("{:>3} ", name_of(kPacketTypes, view.u16(0), "?")),
      .hardware_type = view.u16(2),
      .address_length = view.u16(4),
      .address_at = 6,
      .type = view.u16(14)};
  print_packet(line, header, view);
}

void print_link2(Line& line, const View& view) {
  line.begin_layer(kCooked2, view);
  if (!view.need(0, kHeader2)) return;
  const std::uint32_t index = view.u32(4);
  const std::string_view interface = line.interface_name(index);
  line.print("{:<5} {:<3} ", interface.empty() ? "?" : interface,
             name_of(kPacketTypes, view.u8(10), "?"));
  const Header header{.protocol = kCooked2,
                      .size = kHeader2,
                      .before_address = fmt::format("ifindex {} ", index),
                      .hardware_type = view.u16(8),
                      .address_length = view.u8(11),
                      .address_at = 12,
                      .type = view.u16(0)};
  print_packet(line, header, view);
}

}  // namespace weir::packet::linux_cooked
