// DHCPv6 (RFC 8415).
#include <algorithm>

#include "packet/print/app/dhcp6_internal.h"
#include "packet/print/named.h"
#include "packet/print/printers.h"

namespace weir::packet::dhcp6 {
namespace {

constexpr Field kFields[] = {
    {.name = "dhcpv6.msgtype", .offset = 0, .size = 1},
};
constexpr Protocol kDhcp6{.name = "dhcp6", .fields = kFields};
constexpr Field kTransaction{.name = "dhcpv6.xid", .show = Show::kHex};
constexpr Field kLinkAddress{.name = "dhcpv6.linkaddr", .show = Show::kIp6};
constexpr Field kPeerAddress{.name = "dhcpv6.peeraddr", .show = Show::kIp6};

constexpr std::uint8_t kRelayForward = 12, kRelayReply = 13;

constexpr Named kMessages[] = {
    {1, "solicit"},
    {2, "advertise"},
    {3, "request"},
    {4, "confirm"},
    {5, "renew"},
    {6, "rebind"},
    {7, "reply"},
    {8, "release"},
    {9, "decline"},
    {10, "reconfigure"},
    {11, "inf-req"},
    {kRelayForward, "relay-fwd"},
    {kRelayReply, "relay-reply"},
    {14, "leasequery"},
    {15, "leasequery-reply"},
};

View what_is_there(const View& view) {
  return view.first(std::min(view.length(), view.captured()));
}

void print_plain(Line& line, const View& view) {
  constexpr std::size_t kHeader = 4;
  line.field(kTransaction, view, 1, 3);
  line.print("xid={:x}", view.u24(1));
  print_options(line, what_is_there(view).from(kHeader));
}

void print_relayed(Line& line, const View& view) {
  constexpr std::size_t kHeader = 34;
  line.field(kLinkAddress, view, 2, 16);
  line.field(kPeerAddress, view, 18, 16);
  line.print("linkaddr={}", line.host6_text(view.bytes(2, 16)));
  line.print(" peeraddr={}", line.host6_text(view.bytes(18, 16)));
  if (!line.cut()) print_options(line, what_is_there(view).from(kHeader));
}

}  // namespace

void print(Line& line, const View& view) {
  line.begin_layer(kDhcp6, view);
  line.put("dhcp6");
  if (!view.has(0, 4)) return line.put_cut();
  const std::uint8_t type = view.u8(0);
  line.print(" {}", named(kMessages, type, "msgtype-{}"));
  if (!line.verbose()) return;
  line.put(" (");
  if (type == kRelayForward || type == kRelayReply) {
    print_relayed(line, view);
  } else {
    print_plain(line, view);
  }
  line.put(')');
}

}  // namespace weir::packet::dhcp6
