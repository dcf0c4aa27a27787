// Cisco HDLC, and the SLARP messages that ask for addresses and keep the line alive.
#include <algorithm>

#include "packet/print/link/ppp.h"
#include "packet/print/named.h"
#include "packet/print/printers.h"
#include "packet/protocol_names.h"

namespace weir::packet::cisco_hdlc {
namespace {

constexpr Field kFields[] = {
    {.name = "chdlc.address", .offset = 0, .size = 1, .show = Show::kHex},
    {.name = "chdlc.control", .offset = 1, .size = 1, .show = Show::kHex},
    {.name = "chdlc.protocol", .offset = 2, .size = 2, .show = Show::kHex},
};
constexpr Protocol kHdlc{.name = "chdlc", .fields = kFields};
constexpr Field kSlarpFields[] = {
    {.name = "slarp.ptype", .offset = 0, .size = 4},
};
constexpr Protocol kSlarp{.name = "chdlc_slarp", .fields = kSlarpFields};
constexpr Field kSlarpAddress{.name = "slarp.address", .show = Show::kIp4};
constexpr Field kSlarpMask{.name = "slarp.netmask", .show = Show::kIp4};
constexpr Field kSlarpMine{.name = "slarp.mysequence", .show = Show::kHex};
constexpr Field kSlarpYours{.name = "slarp.yoursequence", .show = Show::kHex};

constexpr std::size_t kHeader = 4;
constexpr Named kCasts[] = {{0x0f, "unicast"}, {0x8f, "bcast"}};

constexpr std::size_t kSlarpSize = 14;
constexpr std::size_t kSlarpWithUptime = 18;
enum SlarpCode : std::uint32_t { kRequest, kReply, kKeepAlive };

void print_reply(Line& line, const View& view) {
  line.field(kSlarpAddress, view, 4, 4);
  line.field(kSlarpMask, view, 8, 4);
  line.put("reply ");
  line.host4(view.u32(4));
  line.put('/');
  line.host4(view.u32(8));
}

void print_uptime(Line& line, std::uint32_t milliseconds) {
  const std::uint32_t seconds = milliseconds / 1000;
  line.print(", link uptime={}d{}h{}m{}s", seconds / 86400, seconds / 3600 % 24, seconds / 60 % 60,
             seconds % 60);
}

void print_keep_alive(Line& line, const View& view) {
  line.field(kSlarpMine, view, 4, 4);
  line.field(kSlarpYours, view, 8, 4);
  line.print("keepalive: mineseen=0x{:08x}, yourseen=0x{:08x}, reliability=0x{:04x}", view.u32(4),
             view.u32(8), view.u16(12));
  if (view.length() >= kSlarpWithUptime) print_uptime(line, view.u32(kSlarpSize));
}

// What is left behind the code, or with a keep-alive behind its reliability.
void dump_data(Line& line, const View& view, std::size_t at) {
  ppp::print_unknown_data(line, view.from(at), view.length() - 4, "\n\t");
}

void print_slarp(Line& line, const View& view) {
  line.begin_layer(kSlarp, view);
  line.print("SLARP (length: {}), ", view.length());
  if (view.length() < kSlarpSize || !view.has(0, kSlarpSize)) return line.put_cut();
  const std::uint32_t code = view.u32(0);
  if (code == kRequest) {
    line.put("request");
  } else if (code == kReply) {
    print_reply(line, view);
  } else if (code == kKeepAlive) {
    print_keep_alive(line, view);
  } else {
    line.print("0x{:02x} unknown", code);
    if (!line.verbose(2)) dump_data(line, view, 4);
  }
  if (view.length() > kSlarpWithUptime && line.verbose())
    line.print(", (trailing junk: {} bytes)", view.length() - kSlarpWithUptime);
  const bool has_uptime = code == kKeepAlive && view.length() >= kSlarpWithUptime;
  if (line.verbose(2)) dump_data(line, view, has_uptime ? kSlarpWithUptime : 4);
}

struct PayloadPrinter {
  std::uint16_t protocol;
  Printer print;
};
constexpr PayloadPrinter kPayloads[] = {
    {kEtherTypeIp4, ip4::print},
    {kEtherTypeIp6, ip6::print},
    {0x8035, print_slarp},
    {kEtherTypeMpls, mpls::print},
    {kEtherTypeMplsMulticast, mpls::print},
};

}  // namespace

void print_link(Line& line, const View& view) {
  line.begin_layer(kHdlc, view);
  line.set_link_header_length(view.captured());
  if (view.length() < kHeader) return line.put_cut();
  const std::uint16_t protocol = view.u16(2);
  if (line.cut()) return;
  line.set_link_header_length(kHeader);
  if (line.options().link_header)
    line.print("{}, ethertype {} (0x{:04x}), length {}: ", named(kCasts, view.u8(0), "0x{:02x}"),
               ethertype_text(protocol), protocol, view.length());
  const auto found = std::ranges::find(kPayloads, protocol, &PayloadPrinter::protocol);
  if (found != std::ranges::end(kPayloads)) return found->print(line, view.from(kHeader));
  if (!line.options().link_header) line.print("unknown CHDLC protocol (0x{:04x})", protocol);
}

}  // namespace weir::packet::cisco_hdlc
