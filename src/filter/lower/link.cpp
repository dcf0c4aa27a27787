#include "filter/lower/link.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>

#include "base/endian.h"
#include "filter/lower/primitives.h"

namespace weir::filter::lower {
namespace {

using diag::Kind;
using ir::Compare;

// An 802.2 frame begins with two equal service access points, for these protocols.
bool has_twin_saps(std::uint32_t protocol) {
  return protocol == kSapIso || protocol == kSapIp || protocol == kSapNetbeui;
}

std::uint32_t twin(std::uint32_t sap) { return sap << 8 | sap; }

// LLC AA AA 03, the organization, the protocol: compared from its end, as libpcap does.
ConditionId snap(Context& c, std::uint32_t organization, std::uint32_t protocol) {
  const std::uint32_t last = (organization & 0xffff) << 16 | protocol;
  const std::uint32_t first = kSapSnap << 24 | kSapSnap << 16 | 0x0300 | organization >> 16;
  return c.conditions.both(c.conditions.equal(c.payload(4, 4), last),
                           c.conditions.equal(c.payload(0, 4), first));
}

constexpr std::uint32_t kAppletalkOrganization = 0x080007;

ConditionId appletalk_snap(Context& c, std::uint32_t protocol) {
  return snap(c, protocol == kEtherAppletalk ? kAppletalkOrganization : 0, protocol);
}

ConditionId ether_protocol(Context& c, std::uint32_t protocol) {
  Conditions& is = c.conditions;
  const auto type_is = [&](std::uint32_t type) { return is.equal(c.type_field(0, 2), type); };
  const ConditionId has_length = is.negate(is.test_k(Compare::kGt, c.type_field(0, 2), kMaxLength));
  if (has_twin_saps(protocol)) {
    return is.both(has_length, is.equal(c.payload(0, 2), twin(protocol)));
  }
  if (protocol == kSapIpx) {
    // An 802.2 frame, a bare 802.3 frame (its checksum field), SNAP, or Ethernet II.
    const ConditionId framed =
        is.either(snap(c, 0, kEtherIpx),
                  is.either(is.equal(c.payload(0, 1), kSapIpx), is.equal(c.payload(0, 2), 0xffff)));
    return is.either(type_is(kEtherIpx), is.both(has_length, framed));
  }
  if (protocol == kEtherAppletalk || protocol == kEtherAarp) {
    return is.either(type_is(protocol), is.both(has_length, appletalk_snap(c, protocol)));
  }
  if (protocol > kMaxLength) return type_is(protocol);
  return is.both(has_length, is.equal(c.type_field(2, 1), protocol));
}

ConditionId sll_protocol(Context& c, std::uint32_t protocol) {
  constexpr std::uint32_t k8023 = 0x0001;
  constexpr std::uint32_t k8022 = 0x0004;
  Conditions& is = c.conditions;
  const auto type_is = [&](std::uint32_t type) { return is.equal(c.type_field(0, 2), type); };
  if (has_twin_saps(protocol)) {
    return is.both(type_is(k8022), is.equal(c.payload(0, 2), twin(protocol)));
  }
  if (protocol == kSapIpx) {
    const ConditionId framed = is.either(is.equal(c.payload(0, 1), kSapIpx), snap(c, 0, kEtherIpx));
    return is.either(type_is(kEtherIpx),
                     is.either(type_is(k8023), is.both(type_is(k8022), framed)));
  }
  if (protocol == kEtherAppletalk || protocol == kEtherAarp) {
    return is.either(type_is(protocol), is.both(type_is(k8022), appletalk_snap(c, protocol)));
  }
  if (protocol > kMaxLength) return type_is(protocol);
  return is.both(type_is(k8022), is.equal(c.link(c.layout.payload.constant, 1), protocol));
}

ConditionId wlan_protocol(Context& c, std::uint32_t protocol) {
  Conditions& is = c.conditions;
  const ConditionId data = wlan_data_frame(c);
  if (has_twin_saps(protocol)) return is.both(data, is.equal(c.payload(0, 2), twin(protocol)));
  if (protocol == kEtherAppletalk) {
    return is.both(data, snap(c, kAppletalkOrganization, protocol));
  }
  if (protocol <= kMaxLength) return is.both(data, is.equal(c.payload(0, 1), protocol));
  return is.both(data, is.equal(c.payload(6, 2), protocol));
}

// The address family, in the byte order of the machine that captured (NULL) or of the network
// (LOOP).
ConditionId family(Context& c, std::uint32_t value) {
  const bool host_order = c.layout.link_type == LinkType::kNull;
  if (host_order && c.options.capture_order == std::endian::little) value = std::byteswap(value);
  return c.conditions.equal(c.link(0, 4), value);
}

ConditionId loopback_protocol(Context& c, std::uint32_t protocol) {
  constexpr std::uint32_t kInet = 2;
  constexpr std::uint32_t kInet6Linux = 10;
  constexpr std::uint32_t kInet6Bsd = 24;
  constexpr std::uint32_t kInet6FreeBsd = 28;
  constexpr std::uint32_t kInet6Darwin = 30;
  if (protocol == kEtherIp) return family(c, kInet);
  if (protocol != kEtherIp6) return Conditions::kFalse;
  if (c.options.live) return family(c, kInet6Linux);
  // A file may come from any system.
  return c.conditions.either(family(c, kInet6Darwin),
                             c.conditions.either(family(c, kInet6Bsd), family(c, kInet6FreeBsd)));
}

ConditionId raw_protocol(Context& c, std::uint32_t protocol) {
  if (protocol == kEtherIp) return c.conditions.equal_masked(c.link(0, 1), 0xf0, 0x40);
  if (protocol == kEtherIp6) return c.conditions.equal_masked(c.link(0, 1), 0xf0, 0x60);
  return Conditions::kFalse;
}

ConditionId ppp_protocol(Context& c, std::uint32_t protocol) {
  struct Mapping {
    std::uint32_t protocol;
    std::uint32_t ppp;
  };
  static constexpr auto kMappings = std::to_array<Mapping>({{kEtherIp, 0x0021},
                                                            {kEtherIp6, 0x0057},
                                                            {kEtherDecnet, 0x0027},
                                                            {kEtherAppletalk, 0x0029},
                                                            {kEtherNs, 0x0025},
                                                            {kSapIso, 0x0023},
                                                            {kSapSpanningTree, 0x0031},
                                                            {kSapIpx, 0x002b}});
  const auto* found = std::ranges::find(kMappings, protocol, &Mapping::protocol);
  if (found != kMappings.end()) protocol = found->ppp;
  return c.conditions.equal(c.type_field(0, 2), protocol);
}

// Behind the last label (bottom-of-stack bit set) the payload tells itself.
ConditionId mpls_protocol(Context& c, std::uint32_t protocol) {
  Conditions& is = c.conditions;
  if (protocol != kEtherIp && protocol != kEtherIp6) {
    return c.refuse(Kind::kLinkType, "only `ip` and `ip6` can be told behind an `mpls` label",
                    "an MPLS label does not say what follows it; put this test before `mpls`");
  }
  const std::uint32_t version = protocol == kEtherIp ? 0x40 : 0x60;
  return is.both(is.any_set(c.network(static_cast<std::uint32_t>(-2), 1), 1),
                 is.equal_masked(c.network(0, 1), 0xf0, version));
}

}  // namespace

ConditionId link_protocol(Context& c, std::uint32_t protocol) {
  if (c.layout.mpls_depth > 0) return mpls_protocol(c, protocol);
  switch (c.layout.link_type) {
    case LinkType::kEn10mb:
      return ether_protocol(c, protocol);
    case LinkType::kLinuxSll:
      return sll_protocol(c, protocol);
    case LinkType::kIeee80211:
    case LinkType::kIeee80211Radio:
      return wlan_protocol(c, protocol);
    case LinkType::kNull:
    case LinkType::kLoop:
      return loopback_protocol(c, protocol);
    case LinkType::kRaw:
      return raw_protocol(c, protocol);
    case LinkType::kIpv4:
      return protocol == kEtherIp ? Conditions::kTrue : Conditions::kFalse;
    case LinkType::kIpv6:
      return protocol == kEtherIp6 ? Conditions::kTrue : Conditions::kFalse;
    case LinkType::kPpp:
    case LinkType::kPppSerial:
      return ppp_protocol(c, protocol);
    case LinkType::kCHdlc:
      return c.conditions.equal(c.type_field(0, 2), protocol == kSapIso ? twin(kSapIso) : protocol);
    case LinkType::kLinuxSll2:
      return c.conditions.equal(c.type_field(0, 2), protocol);
    case LinkType::kFrelay:  // is printed, but not filtered
      break;
  }
  return Conditions::kFalse;
}

ConditionId wlan_data_frame(Context& c) {
  return c.conditions.both(c.conditions.negate(c.conditions.any_set(c.link(0, 1), 0x04)),
                           c.conditions.any_set(c.link(0, 1), 0x08));
}

ConditionId has_link_header(Context& c) {
  if (!c.layout.may_lack_link_header) return Conditions::kTrue;
  const ir::ValueId header = c.value_of(c.layout.link_header);
  return c.conditions.negate(c.conditions.test(Compare::kEq, header, c.value_of(c.layout.payload)));
}

ConditionId lower(Context& c, const LlcTest& n) {
  Conditions& is = c.conditions;
  ConditionId llc = Conditions::kFalse;
  if (c.layout.link_type == LinkType::kEn10mb) {
    llc = is.both(is.negate(is.test_k(Compare::kGt, c.type_field(0, 2), kMaxLength)),
                  is.negate(is.equal(c.payload(0, 2), 0xffff)));
  } else if (is_wlan(c.layout.link_type)) {
    llc = wlan_data_frame(c);
  } else {
    return c.refuse(Kind::kLinkType, fmt::format("`llc` has no meaning on {}", c.link_name()),
                    "only Ethernet and 802.11 frames have an 802.2 LLC header");
  }
  const auto control = [&](std::uint32_t mask, std::uint32_t value) {
    return is.both(llc, is.equal_masked(c.payload(2, 1), mask, value));
  };
  switch (n.form) {
    case LlcForm::kAny:
      return llc;
    case LlcForm::kInformation:
      return is.both(llc, is.negate(is.any_set(c.payload(2, 1), 0x01)));
    case LlcForm::kSupervisory:
      return control(0x03, 0x01);
    case LlcForm::kUnnumbered:
      return control(0x03, 0x03);
    case LlcForm::kSCommand:
      return control(0x0f, n.command);
    case LlcForm::kUCommand:
      return control(0xef, n.command);
  }
  return llc;
}

ConditionId lower(Context& c, const DirectionTest& n) {
  constexpr std::uint32_t kOutgoing = 4;  // PACKET_OUTGOING, and the same in both cooked headers
  constexpr std::uint32_t kPacketType = ir::kExtensionBase + 4;
  Conditions& is = c.conditions;
  const auto sense = [&](ConditionId outgoing) {
    return n.outbound ? outgoing : is.negate(outgoing);
  };
  if (c.layout.link_type == LinkType::kLinuxSll) return sense(is.equal(c.link(0, 2), kOutgoing));
  if (c.layout.link_type == LinkType::kLinuxSll2) return sense(is.equal(c.link(10, 1), kOutgoing));
  if (!c.options.live) {
    return c.refuse(Kind::kNeedsLive,
                    fmt::format("a file with link type {} does not tell the direction of a packet",
                                c.link_name()),
                    "`inbound` and `outbound` work on live captures and on LINUX_SLL and "
                    "LINUX_SLL2 files");
  }
  return sense(is.equal(c.builder.load(2, kPacketType), kOutgoing));
}

ConditionId lower(Context& c, const IfIndex& n) {
  constexpr std::uint32_t kInterfaceIndex = ir::kExtensionBase + 8;
  if (c.layout.link_type == LinkType::kLinuxSll2) return c.conditions.equal(c.link(4, 4), n.index);
  if (!c.options.live) {
    return c.refuse(Kind::kNeedsLive,
                    fmt::format("a file with link type {} does not tell the interface of a packet",
                                c.link_name()),
                    "`ifindex` works on live captures and on LINUX_SLL2 files");
  }
  return c.conditions.equal(c.builder.load(4, kInterfaceIndex), n.index);
}

ConditionId lower(Context& c, const LengthTest& n) {
  const ir::ValueId length = c.builder.length();
  if (n.op == RelOp::kGe) return c.conditions.test_k(Compare::kGe, length, n.value);
  return c.conditions.negate(c.conditions.test_k(Compare::kGt, length, n.value));
}

ConditionId lower(Context& c, const ByteTest& n) {
  const ir::ValueId byte = c.link(n.index, 1);
  switch (n.op) {
    case ByteOp::kEq:
      return c.conditions.equal(byte, n.value);
    case ByteOp::kLt:
      return c.conditions.negate(c.conditions.test_k(Compare::kGe, byte, n.value));
    case ByteOp::kGt:
      return c.conditions.test_k(Compare::kGt, byte, n.value);
    case ByteOp::kAnd:
      return c.conditions.any_set(byte, n.value);
    case ByteOp::kOr:
      return c.conditions.negate(
          c.conditions.equal(c.builder.binary_k(ir::Op::kOr, byte, n.value), 0));
  }
  return Conditions::kFalse;
}

ConditionId lower(Context& c, const PfTest&) {
  return c.refuse(Kind::kLinkType, fmt::format("{} has no packet filter log header", c.link_name()),
                  "this test is for PFLOG captures of OpenBSD's pf, which weir does not filter");
}

namespace {

ConditionId refuse_atm(Context& c) {
  return c.refuse(Kind::kLinkType, fmt::format("{} is not an ATM link type", c.link_name()),
                  "this test is for SunATM captures, which weir does not filter");
}

ConditionId refuse_mtp(Context& c) {
  return c.refuse(Kind::kLinkType, fmt::format("{} is not an SS7 link type", c.link_name()),
                  "this test is for MTP2 captures, which weir does not filter");
}

}  // namespace

ConditionId lower(Context& c, const AtmTypeTest&) { return refuse_atm(c); }
ConditionId lower(Context& c, const AtmFieldTest&) { return refuse_atm(c); }
ConditionId lower(Context& c, const MtpTypeTest&) { return refuse_mtp(c); }
ConditionId lower(Context& c, const MtpFieldTest&) { return refuse_mtp(c); }

}  // namespace weir::filter::lower
