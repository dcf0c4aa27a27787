#include "filter/lower/stations.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <vector>

#include "filter/lower/ends.h"
#include "filter/lower/link.h"
#include "filter/lower/primitives.h"
#include "filter/lower/wlan.h"

namespace weir::filter::lower {
namespace {

using diag::Kind;

std::uint32_t first_half(const MacAddress& mac) {
  return static_cast<std::uint32_t>(mac[0]) << 8 | mac[1];
}

std::uint32_t last_word(const MacAddress& mac) {
  return static_cast<std::uint32_t>(mac[2]) << 24 | static_cast<std::uint32_t>(mac[3]) << 16 |
         static_cast<std::uint32_t>(mac[4]) << 8 | mac[5];
}

bool is_broadcast_link(LinkType type) { return type == LinkType::kEn10mb || is_wlan(type); }

constexpr MacAddress kBroadcast{0xff, 0xff, 0xff, 0xff, 0xff, 0xff};

}  // namespace

// The last four bytes first: they tell stations of one maker apart.
ConditionId station(Context& c, std::uint32_t offset, std::span<const MacAddress> addresses) {
  std::map<std::uint32_t, std::vector<Member>> by_last;
  for (const MacAddress& mac : addresses) {
    by_last[last_word(mac)].push_back({first_half(mac), first_half(mac)});
  }
  const ir::ValueId last = c.link(offset + 2, 4);
  const ir::ValueId first = c.link(offset, 2);
  if (addresses.size() == 1) {
    return c.conditions.both(c.conditions.equal(last, last_word(addresses.front())),
                             c.conditions.equal(first, first_half(addresses.front())));
  }
  std::vector<Member> members;
  for (auto& [word, halves] : by_last) {
    members.push_back({word, word, c.conditions.member(first, halves)});
  }
  return c.conditions.member(last, members);
}

ConditionId station_at(Context& c, Dir dir, std::span<const MacAddress> addresses,
                       resolved::Many many) {
  if (!is_broadcast_link(c.layout.link_type)) {
    return c.refuse(Kind::kLinkType, fmt::format("{} has no Ethernet addresses", c.link_name()),
                    "`ether host` and `gateway` work on Ethernet and 802.11");
  }
  const bool wlan = is_wlan(c.layout.link_type);
  if (dir >= Dir::kAddr1 && !wlan) {
    return c.refuse(
        Kind::kLinkType,
        fmt::format("`{}` names an 802.11 address; this is {}", name_of(dir), c.link_name()),
        "use `src` or `dst`");
  }
  const auto one = [&](bool source, std::span<const MacAddress> some) {
    if (wlan) return source ? wlan_source(c, some) : wlan_destination(c, some);
    return station(c, source ? 6 : 0, some);
  };
  if (dir >= Dir::kAddr1) return wlan_address(c, dir, addresses);
  const ConditionId header = has_link_header(c);
  ConditionId ends = Conditions::kFalse;
  if (many == resolved::Many::kSet || addresses.size() == 1) {
    ends = at_ends(c.conditions, dir, [&](bool source) { return one(source, addresses); });
  } else {
    for (const MacAddress& mac : addresses) {
      const auto at_end = [&](bool source) { return one(source, std::span(&mac, 1)); };
      ends = c.conditions.either(ends, at_ends(c.conditions, dir, at_end));
    }
  }
  return c.conditions.both(header, ends);
}

ConditionId lower(Context& c, const resolved::EtherHost& n) {
  return station_at(c, n.dir, c.resolved.of_macs(n.macs), n.many);
}

ConditionId lower(Context& c, const resolved::ArcnetHost&) {
  return c.refuse(Kind::kLinkType, fmt::format("{} has no one-byte addresses", c.link_name()),
                  "`$1f` is an ARCnet address; weir does not filter ARCnet captures");
}

ConditionId lower(Context& c, const Broadcast& n) {
  Conditions& is = c.conditions;
  if (n.proto != Proto::kIp) {
    if (!is_broadcast_link(c.layout.link_type)) {
      return c.refuse(Kind::kLinkType, fmt::format("{} is not a broadcast link", c.link_name()),
                      "`broadcast` works on Ethernet and 802.11");
    }
    return station_at(c, Dir::kDst, std::span(&kBroadcast, 1), resolved::Many::kAlternatives);
  }
  if (!c.options.netmask) {
    return c.refuse(Kind::kNeedsNetmask, "`ip broadcast` needs the netmask of the network",
                    "give it with `--netmask 255.255.255.0`");
  }
  const std::uint32_t host_mask = ~*c.options.netmask;
  const ir::ValueId destination = c.network(16, 4);
  return is.both(link_protocol(c, kEtherIp),
                 is.either(is.equal_masked(destination, host_mask, 0),
                           is.equal_masked(destination, host_mask, host_mask)));
}

ConditionId lower(Context& c, const Multicast& n) {
  Conditions& is = c.conditions;
  if (n.proto == Proto::kIp) {
    return is.both(link_protocol(c, kEtherIp), is.equal_masked(c.network(16, 1), 0xf0, 0xe0));
  }
  if (n.proto == Proto::kIp6) {
    return is.both(link_protocol(c, kEtherIp6), is.equal(c.network(24, 1), 255));
  }
  if (is_wlan(c.layout.link_type)) return wlan_multicast(c);
  if (c.layout.link_type != LinkType::kEn10mb) {
    return c.refuse(Kind::kLinkType, fmt::format("{} is not a broadcast link", c.link_name()),
                    "`multicast` works on Ethernet and 802.11");
  }
  return is.both(has_link_header(c), is.any_set(c.link(0, 1), 1));
}

}  // namespace weir::filter::lower
