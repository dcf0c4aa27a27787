// The resolved AST: every primitive in numbers, with its qualifiers defaulted and checked, before
// anything depends on a link type. Lowering needs neither the text nor names.
//
// Same shape as the AST: a flat vector in postorder, in the order of the text; node I here is node
// I there. All payload that varies in size lies in pools.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/names.h"
#include "diag/diagnostic.h"
#include "filter/ast.h"
#include "filter/nodes.h"
#include "filter/vocabulary.h"

namespace weir::filter {

namespace resolved {

// Where an address matches when (field & mask) == address. No bit of address lies outside mask.
struct Prefix4 {
  std::uint32_t address;  // host order
  std::uint32_t mask;     // host order; not always a prefix: `net 10.0.0.1 mask 255.0.0.255`

  friend bool operator==(const Prefix4&, const Prefix4&) = default;
};
struct Prefix6 {
  Ip6Address address;
  std::uint8_t length;  // 0 to 128; the bits of address after it are zero

  friend bool operator==(const Prefix6&, const Prefix6&) = default;
};
// A closed interval, lo <= hi.
struct Range {
  std::uint32_t lo;
  std::uint32_t hi;

  friend bool operator==(const Range&, const Range&) = default;
};

// How several values combine with `src and dst`: the addresses of one name are alternatives of the
// whole primitive (src and dst are the same address), the elements of a list are a set that each
// end must be in. For every other direction the two mean the same.
enum class Many : std::uint8_t { kAlternatives, kSet };

// `host`, `net` and their lists. An IPv4 element is compared in IPv4, ARP and RARP when proto is
// kNone, in that protocol alone when it is kIp, kArp or kRarp; an IPv6 element (proto kNone or
// kIp6) in IPv6. Any element may match. dir is kNone to kSrcAndDst.
struct Host {
  Proto proto;
  Dir dir;
  Many many;
  PoolSpan ip4;  // pool `prefixes4`
  PoolSpan ip6;  // pool `prefixes6`
};

// `decnet host 1.2`: the 16-bit address, area in the upper six bits.
struct DecnetHost {
  Dir dir;
  std::uint16_t address;
};

// `ether host`. dir may be one of 802.11's.
struct EtherHost {
  Dir dir;
  Many many;
  PoolSpan macs;  // pool `macs`
};

// `link host $1f`; no link type that weir supports has such addresses.
struct ArcnetHost {
  Dir dir;
  std::uint8_t address;
};

// `gateway NAME`: the Ethernet source or destination is mac, and neither end in IPv4, ARP or RARP
// (proto as in Host) is one of the addresses.
struct Gateway {
  Proto proto;
  MacAddress mac;
  PoolSpan ip4;
};

// `port`, `portrange` and their lists. proto is kTcp, kUdp, kSctp, or kNone for all three. dir is
// kNone to kSrcAndDst. Any range may match.
struct Port {
  Proto proto;
  Dir dir;
  Many many;
  PoolSpan ranges;  // pool `ranges`
};

// `PROTO proto N` and every abbreviation (`tcp`, `ip`, `stp`, `l1`, ...): the type field of a
// header is in one of the ranges. proto names the header: kLink (an EtherType above 1,500, an LLC
// SAP below), kIp, kIp6, kNone (kIp or kIp6), kIso, kIsis (the PDU type).
struct Protocol {
  Proto proto;
  PoolSpan ranges;
};

// `protochain N`; proto is kIp, kIp6, or kNone for both.
struct Protochain {
  Proto proto;
  std::uint8_t value;
};

// `vlan`, `vlan 5`, `vlan in {...}`; any range may match, none means any value. Shifts what follows
// in the text; as the opening of a Scope, the scope's body only.
struct Encapsulation {
  Encap encap;
  PoolSpan ranges;
};

using NodeData =
    std::variant<Invalid, And, Or, Not, Scope, Host, DecnetHost, EtherHost, ArcnetHost, Gateway,
                 Port, Protocol, Protochain, Encapsulation, Broadcast, Multicast, LengthTest,
                 ByteTest, DirectionTest, IfIndex, Pppoed, WlanType, WlanDir, LlcTest, FlagTest,
                 PayloadMatch, PfTest, AtmTypeTest, AtmFieldTest, MtpTypeTest, MtpFieldTest,
                 Relation, Constant, PacketLength, Index, Negate, Binary>;

struct Node {
  diag::SourceRange range;
  NodeData data;
};

}  // namespace resolved

struct Resolved {
  // The last one is the root. Empty: every packet matches.
  std::vector<resolved::Node> nodes;
  // Pools.
  std::vector<resolved::Prefix4> prefixes4;
  std::vector<resolved::Prefix6> prefixes6;
  std::vector<MacAddress> macs;
  std::vector<resolved::Range> ranges;
  std::vector<std::uint32_t> numbers;
  std::vector<FlagClause> flags;
  std::string bytes;

  bool empty() const { return nodes.empty(); }
  NodeId root() const { return static_cast<NodeId>(nodes.size() - 1); }

  std::span<const resolved::Prefix4> of4(PoolSpan s) const {
    return std::span(prefixes4).subspan(s.first, s.count);
  }
  std::span<const resolved::Prefix6> of6(PoolSpan s) const {
    return std::span(prefixes6).subspan(s.first, s.count);
  }
  std::span<const MacAddress> of_macs(PoolSpan s) const {
    return std::span(macs).subspan(s.first, s.count);
  }
  std::span<const resolved::Range> of_ranges(PoolSpan s) const {
    return std::span(ranges).subspan(s.first, s.count);
  }
  std::span<const FlagClause> of_flags(PoolSpan s) const {
    return std::span(flags).subspan(s.first, s.count);
  }
  std::string_view of_bytes(PoolSpan s) const {
    return std::string_view(bytes).substr(s.first, s.count);
  }
};

// What a protocol by itself tests: `tcp` is {kNone, {6}}, `ip` is {kLink, {0x800}}, `icmp` is {kIp,
// {1}}, `csnp` is {kIsis, {24, 25}}. Also the guard of an index: `tcp[0]` needs `tcp`. nullopt for
// kLink, kRadio, kPayload and kNone, which are no test.
struct AbbreviationInfo {
  Proto proto;                            // as Protocol::proto
  std::span<const std::uint16_t> values;  // any of them
};
std::optional<AbbreviationInfo> abbreviation(Proto proto);

// Looks names up (options.names), loads list files (options.load_list), checks everything that
// libpcap checks before it asks for the link type. Takes trees with Invalid nodes too, to report
// what else is wrong. The result is meaningful when `diagnostics` has no error.
Resolved resolve(const Ast& ast, std::string_view text, const Options& options,
                 diag::Diagnostics& diagnostics);

// Indented, one node a line, parents first.
std::string print_resolved(const Resolved& resolved);

}  // namespace weir::filter
