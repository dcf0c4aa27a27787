// Headers that another packet is found behind. Each changes the layout for what follows in the
// text.
#include <fmt/format.h>

#include <array>
#include <vector>

#include "filter/lower/ip.h"
#include "filter/lower/link.h"
#include "filter/lower/primitives.h"

namespace weir::filter::lower {
namespace {

using diag::Kind;
using ir::Op;
using ir::ValueId;
using resolved::Range;
using Ranges = std::span<const Range>;

constexpr std::uint32_t kVlanTag = ir::kExtensionBase + 44;
constexpr std::uint32_t kVlanTagPresent = ir::kExtensionBase + 48;

ConditionId if_any(Context& c, ConditionId condition, ValueId field, Ranges ranges) {
  if (ranges.empty()) return condition;
  return c.conditions.both(condition, in_ranges(c, field, ranges));
}

std::vector<Range> shifted(Ranges ranges, std::uint32_t by) {
  std::vector<Range> result;
  for (const Range& r : ranges) result.push_back({r.lo << by, r.hi << by});
  return result;
}

ConditionId has_vlan_type(Context& c) {
  const auto any_with = [&](std::uint32_t type) {
    return Guarded{.kind = link_protocol(c, type), .then = Conditions::kTrue};
  };
  return c.conditions.any_of(
      {any_with(kEtherVlan), any_with(kEtherProviderVlan), any_with(kEtherOldProviderVlan)});
}

ConditionId vlan_in_packet(Context& c, Ranges ids) {
  const ValueId id = c.builder.binary_k(Op::kAnd, c.network(0, 2), 0x0fff);
  return if_any(c, has_vlan_type(c), id, ids);
}

// The kernel may have taken the tag out of the packet; then nothing shifts.
ConditionId vlan_of_socket(Context& c, Ranges ids) {
  Conditions& is = c.conditions;
  const ir::ParamId shift = c.zeroed_param();
  const ConditionId out_of_packet = is.equal(c.builder.load(1, kVlanTagPresent), 1);
  const ValueId id = c.builder.binary_k(Op::kAnd, c.builder.load(1, kVlanTag), 0x0fff);
  const ConditionId in_packet = is.both(
      is.negate(out_of_packet), is.assign(shift, c.builder.constant(4)), vlan_in_packet(c, ids));
  const ConditionId result = is.either(if_any(c, out_of_packet, id, ids), in_packet);
  c.layout.type_field.base = c.layout.payload.base = c.builder.param(shift);
  return result;
}

ConditionId vlan(Context& c, Ranges ids) {
  Layout& layout = c.layout;
  if (layout.mpls_depth > 0) {
    return c.refuse(Kind::kLinkType, "no VLAN header can be found behind an `mpls` label",
                    "put `vlan` before `mpls`");
  }
  if (layout.link_type != LinkType::kEn10mb && !is_wlan(layout.link_type)) {
    return c.refuse(Kind::kLinkType, fmt::format("{} has no VLAN tags", c.link_name()),
                    "`vlan` works on Ethernet and 802.11");
  }
  const bool outermost = layout.link_type == LinkType::kEn10mb && layout.vlan_depth == 0 &&
                         layout.link_header == Offset{};
  ++layout.vlan_depth;
  if (outermost && c.options.live) return vlan_of_socket(c, ids);
  const ConditionId result = vlan_in_packet(c, ids);
  layout.type_field.constant += 4;
  layout.payload.constant += 4;
  return result;
}

ConditionId mpls(Context& c, Ranges labels) {
  Layout& layout = c.layout;
  ConditionId found = Conditions::kFalse;
  if (layout.mpls_depth > 0) {
    // The label before was not the last one.
    found = c.conditions.equal_masked(c.network(static_cast<std::uint32_t>(-2), 1), 1, 0);
  } else if (layout.link_type == LinkType::kPpp) {
    found = link_protocol(c, kPppMpls);
  } else if (layout.link_type == LinkType::kEn10mb || layout.link_type == LinkType::kCHdlc) {
    found = link_protocol(c, kEtherMpls);
  } else {
    return c.refuse(Kind::kLinkType, fmt::format("{} carries no MPLS", c.link_name()),
                    "`mpls` works on Ethernet, PPP and C_HDLC");
  }
  const ValueId label = c.builder.binary_k(Op::kAnd, c.network(0, 4), 0xfffff000);
  std::vector<Range> words = shifted(labels, 12);
  found = if_any(c, found, label, words);
  layout.network += 4;
  layout.network_without_snap += 4;
  ++layout.mpls_depth;
  return found;
}

ConditionId pppoe_session(Context& c, Ranges sessions) {
  Layout& layout = c.layout;
  const ValueId session = c.builder.binary_k(Op::kAnd, c.network(0, 4), 0xffff);
  const ConditionId found = if_any(c, link_protocol(c, kEtherPppoeSession), session, sessions);
  layout.link_type = LinkType::kPpp;
  layout.link_header = {.base = layout.payload.base,
                        .constant = layout.payload.constant + layout.network + 6};
  layout.type_field = layout.link_header;
  layout.has_type_field = true;
  layout.payload = layout.link_header;
  layout.payload.constant += 2;
  layout.network = 0;
  layout.network_without_snap = 0;
  layout.may_lack_link_header = false;
  return found;
}

// A header that names its payload by EtherType: either a whole Ethernet frame or a packet without
// one. `type` is where the EtherType stands, `inner` where the payload begins.
ConditionId enter_ethernet_or_packet(Context& c, const Offset& type, const Offset& inner) {
  Conditions& is = c.conditions;
  Layout& layout = c.layout;
  const ir::ParamId type_field = c.zeroed_param();
  const ir::ParamId payload = c.zeroed_param();
  const auto moved = [&](std::uint32_t by) {
    return c.value_of({.base = inner.base, .constant = inner.constant + by});
  };
  const ConditionId frame =
      is.both(is.equal(c.at(type, 0, 2), kEtherTransparent), is.assign(type_field, moved(12)),
              is.assign(payload, moved(14)));
  const ConditionId packet =
      is.both(is.assign(type_field, c.value_of(type)), is.assign(payload, moved(0)));
  layout.link_type = LinkType::kEn10mb;
  layout.link_header = inner;
  layout.type_field = {.base = c.builder.param(type_field)};
  layout.has_type_field = true;
  layout.payload = {.base = c.builder.param(payload)};
  layout.network = 0;
  layout.may_lack_link_header = true;
  return is.either(frame, packet);
}

struct Tunnel {
  ConditionId condition;
  Offset header;  // behind the UDP header
};

Tunnel over_udp(Context& c, std::uint32_t port) {
  const std::array<std::uint32_t, 1> udp = {kIpUdp};
  const Carried found = carried(c, udp);
  Offset header = found.transport;
  header.constant += 8;
  return {.condition = c.conditions.both(found.condition,
                                         c.conditions.equal(c.at(found.transport, 2, 2), port)),
          .header = header};
}

ConditionId with_network_id(Context& c, ConditionId found, const Offset& header, Ranges ids) {
  const ValueId id = c.builder.binary_k(Op::kAnd, c.at(header, 4, 4), 0xffffff00);
  return if_any(c, found, id, shifted(ids, 8));
}

// RFC 8926: version and option length, flags, EtherType, network identifier.
ConditionId geneve(Context& c, Ranges ids) {
  Conditions& is = c.conditions;
  const Tunnel tunnel = over_udp(c, 6081);
  const ConditionId version0 = is.equal_masked(c.at(tunnel.header, 0, 1), 0xc0, 0);
  const ConditionId found =
      with_network_id(c, is.both(tunnel.condition, version0), tunnel.header, ids);
  const ValueId words = c.builder.binary_k(Op::kAnd, c.at(tunnel.header, 0, 1), 0x3f);
  Offset inner = c.moved(tunnel.header, c.builder.binary_k(Op::kShl, words, 2));
  inner.constant += 8;
  Offset type = tunnel.header;
  type.constant += 2;
  return is.both(found, enter_ethernet_or_packet(c, type, inner));
}

// RFC 7348: flags, of which one says that the network identifier is valid; a whole frame follows.
ConditionId vxlan(Context& c, Ranges ids) {
  const Tunnel tunnel = over_udp(c, 4789);
  const ConditionId valid = c.conditions.any_set(c.at(tunnel.header, 0, 1), 0x08);
  const ConditionId found =
      with_network_id(c, c.conditions.both(tunnel.condition, valid), tunnel.header, ids);
  Layout& layout = c.layout;
  layout.link_type = LinkType::kEn10mb;
  layout.link_header = tunnel.header;
  layout.link_header.constant += 8;
  layout.type_field = layout.payload = layout.link_header;
  layout.type_field.constant += 12;
  layout.has_type_field = true;
  layout.payload.constant += 14;
  layout.network = 0;
  layout.may_lack_link_header = false;
  return found;
}

// RFC 2784 and 2890: flags for a checksum, a key and a sequence number of four bytes each.
ConditionId gre(Context& c) {
  Conditions& is = c.conditions;
  const std::array<std::uint32_t, 1> protocol = {47};
  const Carried found = carried(c, protocol);
  const ValueId flags = c.at(found.transport, 0, 1);
  const auto four_if = [&](std::uint32_t bit, std::uint32_t down) {
    return c.builder.binary_k(Op::kShr, c.builder.binary_k(Op::kAnd, flags, bit), down);
  };
  const ValueId options = c.builder.binary(
      Op::kAdd, c.builder.binary(Op::kAdd, four_if(0x80, 5), four_if(0x20, 3)), four_if(0x10, 2));
  Offset inner = c.moved(found.transport, options);
  inner.constant += 4;
  Offset type = found.transport;
  type.constant += 2;
  const ConditionId version0 = is.equal_masked(c.at(found.transport, 1, 1), 0x07, 0);
  // RFC 1701's source routes have any length; RFC 2784 has receivers drop such packets.
  const ConditionId unrouted = is.negate(is.any_set(flags, 0x40));
  c.layout.mpls_depth = 0;
  return is.both(found.condition, is.both(unrouted, version0),
                 enter_ethernet_or_packet(c, type, inner));
}

// IPv4 or IPv6 in IPv4 or IPv6.
ConditionId ip_in_ip(Context& c) {
  const std::array<std::uint32_t, 2> protocols = {4, 41};
  const Carried found = carried(c, protocols);
  Layout& layout = c.layout;
  layout.link_type = LinkType::kRaw;
  layout.link_header = layout.payload = found.transport;
  layout.has_type_field = false;
  layout.network = 0;
  layout.network_without_snap = 0;
  layout.mpls_depth = 0;
  layout.may_lack_link_header = false;
  return found.condition;
}

// Unrolled: the kernel has no loops for us. RFC 8200 has six kinds of headers, each expected once.
class ExtensionWalk {
 public:
  explicit ExtensionWalk(Context& c)
      : c_(c), protocol_(c.zeroed_param()), transport_(c.zeroed_param()) {}

  ConditionId run() {
    Conditions& is = c_.conditions;
    const ConditionId ip6 = link_protocol(c_, kEtherIp6);
    const Offset first{.base = c_.layout.payload.base,
                       .constant = c_.layout.payload.constant + c_.layout.network + 40};
    ConditionId all = is.both(ip6, step(c_.network(6, 1), c_.value_of(first), 0));
    c_.layout.past_extensions = true;
    c_.layout.ip6_protocol = c_.builder.param(protocol_);
    c_.layout.ip6_transport = c_.builder.param(transport_);
    // Other packets have no such headers: the body sees them as they are.
    return is.either(all, is.negate(ip6));
  }

 private:
  static constexpr std::uint32_t kMaxHeaders = 6;
  static constexpr std::uint32_t kLaterFragment = 0x100;

  // The chain from the header at `start`, which has this protocol number. Recursion depth is
  // kMaxHeaders.
  ConditionId step(ValueId protocol, ValueId start, std::uint32_t depth) {
    Conditions& is = c_.conditions;
    const ConditionId end = is.both(is.assign(protocol_, protocol), is.assign(transport_, start));
    if (depth == kMaxHeaders) return end;
    const ir::ParamId next_protocol = c_.zeroed_param();
    const ir::ParamId next_start = c_.zeroed_param();
    const ValueId next = c_.builder.load(1, start, 0);
    const ValueId length = c_.builder.load(1, start, 1);
    const auto advance = [&](ValueId by) {
      return is.both(is.assign(next_protocol, next),
                     is.assign(next_start, c_.builder.binary(Op::kAdd, by, start)));
    };
    const auto bytes = [&](std::uint32_t bias, std::uint32_t shift) {
      return c_.builder.binary_k(Op::kShl, c_.builder.binary_k(Op::kAdd, length, bias), shift);
    };
    const ConditionId later = is.any_set(c_.builder.load(2, start, 2), 0xfff8);
    const ConditionId fragment_end =
        is.both(later, is.assign(protocol_, c_.builder.binary_k(Op::kOr, next, kLaterFragment)),
                is.assign(transport_, start));
    const ConditionId rest =
        step(c_.builder.param(next_protocol), c_.builder.param(next_start), depth + 1);
    const auto is_header = [&](std::uint32_t number) { return is.equal(protocol, number); };
    std::array<Member, 4> option_headers{{{0, 0}, {43, 43}, {60, 60}, {135, 135}}};
    const ConditionId options = is.member(protocol, option_headers);
    const ConditionId moved = is.either(is.both(options, advance(bytes(1, 3))),
                                        is.both(is_header(51), advance(bytes(2, 2))));
    const ConditionId first_fragment =
        is.both(is_header(kIp6Fragment),
                is.either(fragment_end, is.both(advance(c_.builder.constant(8)), rest)));
    return is.either(first_fragment, is.both(moved, rest), end);
  }

  Context& c_;
  ir::ParamId protocol_;
  ir::ParamId transport_;
};

}  // namespace

ConditionId lower(Context& c, const resolved::Encapsulation& n) {
  const Ranges ranges = c.resolved.of_ranges(n.ranges);
  switch (n.encap) {
    case Encap::kVlan:
      return vlan(c, ranges);
    case Encap::kMpls:
      return mpls(c, ranges);
    case Encap::kPppoes:
      return pppoe_session(c, ranges);
    case Encap::kGeneve:
      return geneve(c, ranges);
    case Encap::kVxlan:
      return vxlan(c, ranges);
    case Encap::kIpIp:
      return ip_in_ip(c);
    case Encap::kGre:
      return gre(c);
    case Encap::kIp6Ext:
      return ExtensionWalk(c).run();
  }
  return Conditions::kFalse;
}

ConditionId lower(Context& c, const Pppoed&) { return link_protocol(c, kEtherPppoeDiscovery); }

}  // namespace weir::filter::lower
