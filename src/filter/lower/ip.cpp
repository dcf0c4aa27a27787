#include "filter/lower/ip.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <string_view>
#include <vector>

#include "base/endian.h"
#include "filter/lower/ends.h"
#include "filter/lower/link.h"
#include "filter/lower/primitives.h"

namespace weir::filter::lower {
namespace {

using diag::Kind;
using ir::Op;
using ir::ValueId;
using resolved::Range;

constexpr std::uint32_t kIsisProtocol = 0x83;
constexpr std::array<std::uint32_t, 3> kTransports = {kIpTcp, kIpUdp, kIpSctp};

ConditionId one_of(Context& c, ValueId value, std::span<const std::uint32_t> points) {
  if (points.size() == 1) return c.conditions.equal(value, points.front());
  ir::Vector<Member> members(c.builder.function().memory);
  for (const std::uint32_t point : points) members.push_back({point, point});
  return c.conditions.member(value, members);
}

ValueId next_header6(Context& c) {
  if (!c.layout.past_extensions) return c.network(6, 1);
  // Bit 8 marks a later fragment, which has no transport header.
  return c.layout.ip6_protocol;
}

Guarded ip4_protocol(Context& c, std::span<const Range> ranges) {
  return {link_protocol(c, kEtherIp), in_ranges(c, c.network(9, 1), ranges)};
}

// The next header, or the one behind a fragment header.
Guarded ip6_protocol(Context& c, std::span<const Range> ranges) {
  Conditions& is = c.conditions;
  const ConditionId ip6 = link_protocol(c, kEtherIp6);
  if (c.layout.past_extensions) {
    const ValueId last = c.builder.binary_k(Op::kAnd, next_header6(c), 0xff);
    return {ip6, in_ranges(c, last, ranges)};
  }
  const ConditionId fragment =
      is.both(is.equal(c.network(6, 1), kIp6Fragment), in_ranges(c, c.network(40, 1), ranges));
  return {ip6, is.either(in_ranges(c, c.network(6, 1), ranges), fragment)};
}

ConditionId iso_protocol(Context& c, std::span<const Range> ranges) {
  if (c.layout.link_type == LinkType::kCHdlc) {
    return c.conditions.both(link_protocol(c, kSapIso << 8 | kSapIso),
                             in_ranges(c, c.network_without_snap(1, 1), ranges));
  }
  return c.conditions.both(link_protocol(c, kSapIso),
                           in_ranges(c, c.network_without_snap(0, 1), ranges));
}

ConditionId isis_pdu(Context& c, std::span<const Range> ranges) {
  static constexpr Range kIsis{kIsisProtocol, kIsisProtocol};
  return c.conditions.both(iso_protocol(c, std::span(&kIsis, 1)),
                           in_ranges(c, c.network_without_snap(4, 1), ranges));
}

bool has_plain_type_field(LinkType type) {
  return type == LinkType::kEn10mb || type == LinkType::kLinuxSll || type == LinkType::kLinuxSll2;
}

ConditionId link_protocols(Context& c, std::span<const Range> ranges) {
  ConditionId any = Conditions::kFalse;
  for (const Range& range : ranges) {
    ConditionId one = Conditions::kFalse;
    if (range.lo == range.hi) {
      one = link_protocol(c, range.lo);
    } else if (range.lo > kMaxLength && has_plain_type_field(c.layout.link_type)) {
      one = in_ranges(c, c.type_field(0, 2), std::span(&range, 1));
    } else {
      return c.refuse(
          Kind::kLinkType,
          fmt::format("a range of link-layer protocols has no meaning on {}", c.link_name()),
          "name each protocol by itself");
    }
    any = any == Conditions::kFalse ? one : c.conditions.either(any, one);
  }
  return any;
}

ConditionId protocol(Context& c, Proto proto, std::span<const Range> ranges) {
  switch (proto) {
    case Proto::kLink:
      return link_protocols(c, ranges);
    case Proto::kIp:
      return c.conditions.any_of({ip4_protocol(c, ranges)});
    case Proto::kIp6:
      return c.conditions.any_of({ip6_protocol(c, ranges)});
    case Proto::kIso:
      return iso_protocol(c, ranges);
    case Proto::kIsis:
      return isis_pdu(c, ranges);
    default:
      return c.conditions.any_of({ip4_protocol(c, ranges), ip6_protocol(c, ranges)});
  }
}

std::span<const std::uint32_t> transports(Proto proto) {
  switch (proto) {
    case Proto::kTcp:
      return std::span(kTransports).subspan(0, 1);
    case Proto::kUdp:
      return std::span(kTransports).subspan(1, 1);
    case Proto::kSctp:
      return std::span(kTransports).subspan(2, 1);
    default:
      return kTransports;
  }
}

ConditionId ports(Context& c, const resolved::Port& n, const Offset& transport) {
  const auto ranges = c.resolved.of_ranges(n.ranges);
  const auto field = [&](bool source) { return c.at(transport, source ? 0 : 2, 2); };
  const auto some = [&](bool source, std::size_t from, std::size_t to) {
    return in_ranges(c, field(source), ranges.subspan(from, to - from));
  };
  if (n.many == resolved::Many::kSet) {
    return at_ends(c.conditions, n.dir,
                   [&](bool source) { return some(source, 0, ranges.size()); });
  }
  return any_at_ends(c.conditions, n.dir, ranges.size(), some, field);
}

ConditionId flag_clauses(Context& c, const FlagTest& n, ValueId byte) {
  ConditionId all = Conditions::kTrue;
  for (const FlagClause& clause : c.resolved.of_flags(n.clauses)) {
    ConditionId one = Conditions::kTrue;
    switch (clause.test) {
      case FlagClause::Test::kAllSet:
        one = c.conditions.equal_masked(byte, clause.mask, clause.mask);
        break;
      case FlagClause::Test::kAllClear:
        one = c.conditions.negate(c.conditions.any_set(byte, clause.mask));
        break;
      case FlagClause::Test::kAnySet:
        one = c.conditions.any_set(byte, clause.mask);
        break;
    }
    all = c.conditions.both(all, one);
  }
  return all;
}

ConditionId bytes_at(Context& c, const Offset& place, std::string_view bytes) {
  ConditionId all = Conditions::kTrue;
  const auto* data = reinterpret_cast<const std::byte*>(bytes.data());
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t left = bytes.size() - at;
    const std::uint8_t size = left >= 4 ? 4 : left >= 2 ? 2 : 1;
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < size; ++i) {
      value = value << 8 | std::to_integer<std::uint32_t>(data[at + i]);
    }
    const ValueId field = c.at(place, static_cast<std::uint32_t>(at), size);
    all = c.conditions.both(all, c.conditions.equal(field, value));
    at += size;
  }
  return all;
}

// Assigns where the IP packet ends, which is before the end of the frame when Ethernet has padded
// it. A length of 0 is that of a packet which was captured before it was cut into segments.
ConditionId assign_end(Context& c, ir::ParamId end) {
  const ValueId network = c.value_of(c.network_start());
  const auto behind = [&](std::uint32_t header, ValueId length) {
    const ValueId less_one = c.builder.binary_k(Op::kSub, length, 1);
    const ValueId whole = c.builder.binary_k(Op::kAnd, less_one, 0xffff);
    const ValueId size = c.builder.binary_k(Op::kAdd, whole, header + 1);
    return c.conditions.assign(end, c.builder.binary(Op::kAdd, size, network));
  };
  return c.conditions.any_of({{link_protocol(c, kEtherIp), behind(0, c.network(2, 2))},
                              {link_protocol(c, kEtherIp6), behind(40, c.network(4, 2))}});
}

}  // namespace

ConditionId in_ranges(Context& c, ValueId value, std::span<const Range> ranges) {
  if (ranges.size() == 1 && ranges.front().lo == ranges.front().hi) {
    return c.conditions.equal(value, ranges.front().lo);
  }
  ir::Vector<Member> members(c.builder.function().memory);
  members.reserve(ranges.size());
  for (const Range& range : ranges) members.push_back({range.lo, range.hi});
  return c.conditions.member(value, members);
}

ConditionId not_later_fragment(Context& c) {
  return c.conditions.negate(c.conditions.any_set(c.network(6, 2), 0x1fff));
}

Guarded ip4_carries(Context& c, std::span<const std::uint32_t> protocols) {
  return {link_protocol(c, kEtherIp),
          c.conditions.both(one_of(c, c.network(9, 1), protocols), not_later_fragment(c))};
}

Guarded ip6_carries(Context& c, std::span<const std::uint32_t> protocols) {
  return {link_protocol(c, kEtherIp6), one_of(c, next_header6(c), protocols)};
}

Guarded followed(Context& c, const Guarded& first, ConditionId second) {
  return {first.kind, c.conditions.both(first.then, second)};
}

Carried carried(Context& c, std::span<const std::uint32_t> protocols) {
  Conditions& is = c.conditions;
  const Offset v4 = c.transport4();
  const Offset v6 = c.transport6();
  // Both less the constant of the IPv4 one, which is the offset of the network header.
  const ValueId offset4 = c.value_of({.base = v4.base});
  const ValueId offset6 = c.value_of({.base = v6.base, .constant = v6.constant - v4.constant});
  const ir::ParamId where =
      c.zeroed_param(c.builder.value(offset4).bits | c.builder.value(offset6).bits);
  const Guarded in4 = followed(c, ip4_carries(c, protocols), is.assign(where, offset4));
  const Guarded in6 = followed(c, ip6_carries(c, protocols), is.assign(where, offset6));
  return {.condition = is.any_of({in4, in6}),
          .transport = {.base = c.builder.param(where), .constant = v4.constant}};
}

ConditionId protocol(Context& c, Proto proto) {
  const auto info = abbreviation(proto);
  if (!info) return Conditions::kTrue;
  std::vector<Range> ranges;
  for (const std::uint32_t value : info->values) ranges.push_back({value, value});
  return protocol(c, info->proto, ranges);
}

Payload payload_of_transport(Context& c) {
  Conditions& is = c.conditions;
  const std::array<std::uint32_t, 1> tcp = {kIpTcp};
  const std::array<std::uint32_t, 1> udp = {kIpUdp};
  const ir::ParamId where = c.zeroed_param();
  const auto with_header = [&](const Carried& found, ValueId length) {
    const ValueId start = c.value_of(found.transport);
    return is.both(found.condition, is.assign(where, c.builder.binary(Op::kAdd, start, length)));
  };
  const Carried in_tcp = carried(c, tcp);
  const Carried in_udp = carried(c, udp);
  const ValueId words = c.builder.binary_k(Op::kAnd, c.at(in_tcp.transport, 12, 1), 0xf0);
  const ValueId tcp_length = c.builder.binary_k(Op::kShr, words, 2);
  const ir::ParamId end = c.zeroed_param();
  const ConditionId found =
      is.either(with_header(in_tcp, tcp_length), with_header(in_udp, c.builder.constant(8)));
  return {.condition = is.both(found, assign_end(c, end)),
          .start = {.base = c.builder.param(where)},
          .end = c.builder.param(end)};
}

ConditionId lies_in(Context& c, const Payload& payload, const Offset& place, std::uint32_t size) {
  const ValueId behind = c.builder.binary_k(Op::kAdd, c.value_of(place), size);
  return c.conditions.test(ir::Compare::kGe, payload.end, behind);
}

ConditionId lower(Context& c, const resolved::Protocol& n) {
  return protocol(c, n.proto, c.resolved.of_ranges(n.ranges));
}

ConditionId lower(Context& c, const resolved::Protochain& n) {
  if (c.layout.payload.base != ir::kNone) {
    return c.refuse(Kind::kLinkType,
                    "`protochain` cannot walk headers behind a header of variable length",
                    "use it on a link type with a fixed header, before `geneve` or `vxlan`");
  }
  if (c.options.live) {
    return c.refuse(Kind::kKernelLoop, "`protochain` is a loop, and the kernel runs none",
                    "capture to a file and filter that, or test the first header with `proto`");
  }
  const std::uint32_t network = c.layout.payload.constant + c.layout.network;
  const auto walk = [&](bool ip6) {
    return c.conditions.both(
        link_protocol(c, ip6 ? kEtherIp6 : kEtherIp),
        c.conditions.chain({.network = network, .protocol = n.value, .ip6 = ip6}));
  };
  if (n.proto == Proto::kIp) return walk(false);
  if (n.proto == Proto::kIp6) return walk(true);
  return c.conditions.either(walk(false), walk(true));
}

ConditionId lower(Context& c, const resolved::Port& n) {
  const auto protocols = transports(n.proto);
  const Guarded in6 = followed(c, ip6_carries(c, protocols), ports(c, n, c.transport6()));
  const Guarded in4 = followed(c, ip4_carries(c, protocols), ports(c, n, c.transport4()));
  return c.conditions.any_of({in6, in4});
}

ConditionId lower(Context& c, const FlagTest& n) {
  if (n.field == FlagField::kIp) {
    return c.conditions.both(link_protocol(c, kEtherIp), flag_clauses(c, n, c.network(6, 1)));
  }
  const std::array<std::uint32_t, 1> tcp = {kIpTcp};
  return c.conditions.any_of(
      {followed(c, ip4_carries(c, tcp), flag_clauses(c, n, c.transport4(13, 1))),
       followed(c, ip6_carries(c, tcp), flag_clauses(c, n, c.transport6(13, 1)))});
}

ConditionId lower(Context& c, const PayloadMatch& n) {
  const Payload payload = payload_of_transport(c);
  const std::string_view bytes = c.resolved.of_bytes(n.bytes);
  const auto size = static_cast<std::uint32_t>(bytes.size());
  return c.conditions.both(payload.condition, lies_in(c, payload, payload.start, size),
                           bytes_at(c, payload.start, bytes));
}

}  // namespace weir::filter::lower
