// Neighbor Discovery (RFC 4861) and its options (RFC 4191, 6275, 8106).
#include <array>

#include "packet/print/app/dns_internal.h"
#include "packet/print/named.h"
#include "packet/print/net/icmp6_internal.h"

namespace weir::packet::icmp6 {
namespace {

constexpr Field kSolicited{.name = "icmpv6.nd.ns.target_address", .show = Show::kIp6};
constexpr Field kAdvertised{.name = "icmpv6.nd.na.target_address", .show = Show::kIp6};
constexpr Field kRedirectTarget{.name = "icmpv6.rd.target_address", .show = Show::kIp6};
constexpr Field kLinkAddress{.name = "icmpv6.opt.linkaddr", .show = Show::kMac};
constexpr Field kPrefix{.name = "icmpv6.opt.prefix", .show = Show::kIp6};
constexpr Field kOptionMtu{.name = "icmpv6.opt.mtu"};

constexpr Named kRouterFlags[] = {
    {0x80, "managed"},
    {0x40, "other stateful"},
    {0x20, "home agent"},
    {0x02, "ipv6 only"},
};
constexpr Named kNeighborFlags[] = {
    {0x80, "router"},
    {0x40, "solicited"},
    {0x20, "override"},
};
constexpr Named kPrefixFlags[] = {{0x80, "onlink"}, {0x40, "auto"}, {0x20, "router"}};

std::string_view preference(unsigned flags) {
  constexpr std::string_view kPreferences[] = {"medium", "high", "rsv", "low"};
  return kPreferences[flags >> 3 & 3];
}

std::string lifetime(std::uint32_t seconds) {
  return seconds == 0xffffffff ? "infinity" : fmt::format("{}s", seconds);
}

// Of an option that is all there, from its type on; false when it is broken. `list` is all options.
using OptionPrinter = bool (*)(Line&, const View& option, const View& list);

bool print_link_address(Line& line, const View& option, const View&) {
  line.field(kLinkAddress, option, 2, option.length() - 2);
  line.text().mac(option.bytes(2, option.length() - 2));
  return true;
}

bool print_prefix(Line& line, const View& option, const View&) {
  line.field(kPrefix, option, 16, 16);
  line.print("{}/{}{}, Flags [{}], valid time {}", line.host6_text(option.bytes(16, 16)),
             option.u8(2), option.length() != 32 ? "badlen" : "",
             bit_names(kPrefixFlags, option.u8(3), ", ", "none"), lifetime(option.u32(4)));
  line.print(", pref. time {}", lifetime(option.u32(8)));
  return true;
}

bool print_redirected(Line& line, const View& option, const View& list) {
  print_unknown(line, list.claiming(option.length()), "\n\t    ");
  return true;
}

bool print_mtu(Line& line, const View& option, const View&) {
  line.field(kOptionMtu, option, 4, 4);
  line.print(" {}{}", option.u32(4), option.length() != 8 ? "bad option length" : "");
  return true;
}

bool print_interval(Line& line, const View& option, const View&) {
  line.print(" {}ms", option.u32(4));
  return true;
}

bool print_home_agent(Line& line, const View& option, const View&) {
  line.print(" preference {}, lifetime {}", option.u16(4), option.u16(6));
  return true;
}

bool print_route(Line& line, const View& option, const View&) {
  if (!option.has(4, 4) || option.length() > 24) return false;
  std::array<std::byte, 16> prefix{};
  std::ranges::copy(option.bytes(8, option.length() - 8), prefix.begin());
  line.print(" {}/{}", line.host6_text(prefix), option.u8(2));
  line.print(", pref={}, lifetime={}", preference(option.u8(3)), lifetime(option.u32(4)));
  return true;
}

bool print_name_servers(Line& line, const View& option, const View&) {
  line.print(" lifetime {}s,", option.u32(4));
  for (std::size_t at = 8; at + 16 <= option.length() && !line.cut(); at += 16)
    line.print(" addr: {}", line.host6_text(option.bytes(at, 16)));
  return true;
}

bool print_search_list(Line& line, const View& option, const View& list) {
  line.print(" lifetime {}s, domain(s):", option.u32(4));
  const auto begin = static_cast<std::size_t>(option.data() - list.data());
  for (std::size_t at = begin + 8; at < begin + option.length() && list.u8(at) != 0;) {
    line.put(' ');
    at = dns::print_name(line, list, at);
    if (at == dns::kNoPlace) return false;
  }
  return true;
}

struct OptionInfo {
  std::uint8_t type;
  std::string_view name;
  OptionPrinter print;
};
constexpr OptionInfo kOptions[] = {
    {1, "source link-address", print_link_address},
    {2, "destination link-address", print_link_address},
    {3, "prefix info", print_prefix},
    {4, "redirected header", print_redirected},
    {5, "mtu", print_mtu},
    {7, "advertisement interval", print_interval},
    {8, "homeagent information", print_home_agent},
    {24, "route info", print_route},
    {25, "rdnss", print_name_servers},
    {31, "dnssl", print_search_list},
};

enum class Next { kGoOn, kEnd, kBroken };

Next print_option(Line& line, const View& option, const View& list) {
  const std::uint8_t type = option.u8(0);
  const View data = option.from(2);
  const auto info = std::ranges::find(kOptions, type, &OptionInfo::type);
  const bool is_known = info != std::ranges::end(kOptions);
  line.print("\n\t  {} option ({}), length {} ({}): ", is_known ? info->name : "unknown", type,
             option.length(), option.length() / 8);
  if (is_known && !info->print(line, option, list)) return Next::kBroken;
  if (line.verbose(2)) {
    print_unknown(line, data, "\n\t    ");
  } else if (!is_known) {
    print_unknown(line, data, "\n\t  ");
    return Next::kEnd;
  }
  return Next::kGoOn;
}

End print_options(Line& line, const View& list) {
  for (View rest = list; rest.captured() != 0 && !line.cut();) {
    if (!rest.has(1, 1)) return End::kCut;
    if (rest.length() == 0) return End::kLength;
    const std::size_t size = std::size_t{8} * rest.u8(1);
    if (size == 0 || !rest.has(0, size)) return End::kCut;
    const Next next = print_option(line, rest.claiming(size), list);
    if (next == Next::kBroken) return End::kCut;
    if (next == Next::kEnd) return End::kLength;
    rest = rest.from(size);
  }
  return End::kLength;
}

End print_options_from(Line& line, const View& view, std::size_t at) {
  return line.verbose() ? print_options(line, view.from(at)) : End::kLength;
}

}  // namespace

End print_router_solicitation(Line& line, const View& view) {
  return print_options_from(line, view, 8);
}

End print_router_advertisement(Line& line, const View& view) {
  if (!line.verbose()) return End::kLength;
  const std::uint8_t flags = view.u8(5);
  line.print(
      "\n\thop limit {}, Flags [{}], pref {}, router lifetime {}s, reachable time {}ms, retrans "
      "timer {}ms",
      view.u8(4), bit_names(kRouterFlags, flags, ", ", "none"), preference(flags), view.u16(6),
      view.u32(8), view.u32(12));
  return print_options_from(line, view, 16);
}

End print_neighbor_solicitation(Line& line, const View& view) {
  line.field(kSolicited, view, 8, 16);
  line.print(", who has {}", line.host6_text(view.bytes(8, 16)));
  return print_options_from(line, view, 24);
}

End print_neighbor_advertisement(Line& line, const View& view) {
  line.field(kAdvertised, view, 8, 16);
  line.print(", tgt is {}", line.host6_text(view.bytes(8, 16)));
  if (line.verbose())
    line.print(", Flags [{}]", bit_names(kNeighborFlags, view.u8(4), ", ", "none"));
  return print_options_from(line, view, 24);
}

End print_redirect(Line& line, const View& view) {
  line.field(kRedirectTarget, view, 8, 16);
  line.print(", {}", line.host6_text(view.bytes(24, 16)));
  line.print(" to {}", line.host6_text(view.bytes(8, 16)));
  return print_options_from(line, view, 40);
}

End print_mobile_advertisement(Line& line, const View& view) {
  if (!line.verbose()) return End::kLength;
  line.print(", id 0x{:04x}", view.u16(4));
  const std::uint16_t flags = view.u16(6);
  line.print("{}{}{}", (flags & 0xc000) != 0 ? " " : "", (flags & 0x8000) != 0 ? "M" : "",
             (flags & 0x4000) != 0 ? "O" : "");
  return print_options_from(line, view, 8);
}

}  // namespace weir::packet::icmp6
