#include "filter/lower/wlan.h"

#include <fmt/format.h>

#include "filter/lower/primitives.h"
#include "filter/lower/stations.h"

namespace weir::filter::lower {
namespace {

using diag::Kind;
using ir::Compare;
using ir::NodeId;
using ir::Op;
using ir::ValueId;

// Bits of the frame control field's two bytes.
constexpr std::uint32_t kControl = 0x04;  // byte 0: control frame (or a reserved type)
constexpr std::uint32_t kData = 0x08;     // byte 0: data frame
constexpr std::uint32_t kQos = 0x80;      // byte 0: QoS data
constexpr std::uint32_t kToDs = 0x01;     // byte 1
constexpr std::uint32_t kFromDs = 0x02;   // byte 1

constexpr std::uint32_t kAddress1 = 4;
constexpr std::uint32_t kAddress2 = 10;
constexpr std::uint32_t kAddress3 = 16;
constexpr std::uint32_t kAddress4 = 24;
constexpr std::uint32_t kHeaderLength = 24;

ConditionId type_bit(Context& c, std::uint32_t bit) {
  return c.conditions.any_set(c.link(0, 1), bit);
}

ConditionId flag(Context& c, std::uint32_t bit) { return c.conditions.any_set(c.link(1, 1), bit); }

// when ? yes : no, in the order in which libpcap asks: (when and yes) or (not when and no), with
// the negative first where `no_first`.
ConditionId choose(Conditions& is, ConditionId when, ConditionId yes, ConditionId no) {
  return is.either(is.both(when, yes), is.both(is.negate(when), no));
}

// `data` for a data frame, `management` for a management frame, never for a control frame.
ConditionId by_type(Context& c, ConditionId data, ConditionId management) {
  const ConditionId either = choose(c.conditions, type_bit(c, kData), data, management);
  return c.conditions.both(c.conditions.negate(type_bit(c, kControl)), either);
}

// `one(offset)` asks about the destination address wherever it is.
template <typename One>
ConditionId at_destination(Context& c, One one) {
  const ConditionId data = choose(c.conditions, flag(c, kToDs), one(kAddress3), one(kAddress1));
  return by_type(c, data, one(kAddress1));
}

// Neither CTS nor ACK, which have no second address.
ConditionId has_address2(Context& c) {
  Conditions& is = c.conditions;
  const auto field = [&](std::uint32_t mask, std::uint32_t value) {
    return is.equal_masked(c.link(0, 1), mask, value);
  };
  return is.either(is.negate(field(0x0c, 0x04)),
                   is.both(is.negate(field(0xf0, 0xc0)), is.negate(field(0xf0, 0xd0))));
}

}  // namespace

ConditionId wlan_source(Context& c, std::span<const MacAddress> addresses) {
  const auto is = [&](std::uint32_t offset) { return station(c, offset, addresses); };
  const ConditionId from_ds = choose(c.conditions, flag(c, kToDs), is(kAddress4), is(kAddress3));
  const ConditionId data = choose(c.conditions, flag(c, kFromDs), from_ds, is(kAddress2));
  return by_type(c, data, is(kAddress2));
}

ConditionId wlan_destination(Context& c, std::span<const MacAddress> addresses) {
  return at_destination(c, [&](std::uint32_t offset) { return station(c, offset, addresses); });
}

ConditionId wlan_multicast(Context& c) {
  return at_destination(
      c, [&](std::uint32_t offset) { return c.conditions.any_set(c.link(offset, 1), 1); });
}

ConditionId wlan_address(Context& c, Dir dir, std::span<const MacAddress> addresses) {
  Conditions& is = c.conditions;
  const auto address = [&](std::uint32_t offset) { return station(c, offset, addresses); };
  switch (dir) {
    case Dir::kAddr1:
      return address(kAddress1);
    case Dir::kAddr2:
      return is.both(has_address2(c), address(kAddress2));
    case Dir::kAddr3:
      return is.both(is.negate(is.equal_masked(c.link(0, 1), 0x0c, 0x04)), address(kAddress3));
    case Dir::kAddr4:
      return is.both(is.equal_masked(c.link(1, 1), 0x03, 0x03), address(kAddress4));
    case Dir::kRa:
      return is.both(type_bit(c, kData), address(kAddress1));
    default:
      return is.both(is.both(type_bit(c, kData), has_address2(c)), address(kAddress2));
  }
}

NodeId wlan_prologue(Context& c, NodeId first) {
  ir::Builder& b = c.builder;
  if (c.uses_wlan_payload()) {
    const ir::ParamId payload = c.wlan_param();
    const bool radio = c.radiotap() != ir::kNone;
    const Offset header{.base = c.radiotap()};
    const auto after = [&](std::uint32_t length) {
      return c.value_of({.base = header.base, .constant = length});
    };
    // A driver may pad the header to a multiple of four and say so in the radiotap flags: the
    // second or, behind a time stamp, the tenth byte of its fields. Only the first word of presence
    // bits is understood, as in libpcap.
    const auto rounded = [&](ValueId length) {
      const ValueId up = b.binary_k(Op::kAdd, length, 3);
      return b.binary_k(Op::kAnd, up, ~3u);
    };
    const auto data_frame = [&](std::uint32_t length) {
      const NodeId plain = b.assign(payload, after(length), first);
      if (!radio) return plain;
      const NodeId padded = b.assign(payload, rounded(after(length)), first);
      const auto pad_bit = [&](std::uint32_t at) {
        return b.test(Compare::kSet, b.load(1, at), b.constant(0x20), padded, plain);
      };
      const ValueId present = b.load(4, 4);
      const auto has = [&](std::uint32_t bit, NodeId yes, NodeId no) {
        return b.test(Compare::kSet, present, b.constant(bit), yes, no);
      };
      constexpr std::uint32_t kTimeStamp = 0x01000000;
      constexpr std::uint32_t kFlags = 0x02000000;
      constexpr std::uint32_t kMoreWords = 0x00000080;
      return has(kFlags, has(kMoreWords, plain, has(kTimeStamp, pad_bit(16), pad_bit(8))), plain);
    };
    const NodeId other = b.assign(payload, after(kHeaderLength), first);
    const ValueId control = b.load(1, c.radiotap(), 0);
    const auto is = [&](std::uint32_t bit, NodeId yes, NodeId no) {
      return b.test(Compare::kSet, control, b.constant(bit), yes, no);
    };
    const NodeId data = is(kQos, data_frame(kHeaderLength + 2), data_frame(kHeaderLength));
    first = is(kData, is(kControl, other, data), other);
  }
  if (c.radiotap() != ir::kNone && c.uses_radiotap()) first = b.guard(c.radiotap(), first);
  return first;
}

ConditionId lower(Context& c, const WlanType& n) {
  if (!is_wlan(c.layout.link_type)) {
    return c.refuse(Kind::kLinkType, fmt::format("{} has no 802.11 header", c.link_name()),
                    "frame types work on IEEE802_11 and IEEE802_11_RADIO captures");
  }
  return c.conditions.equal_masked(c.link(0, 1), n.mask, n.value);
}

ConditionId lower(Context& c, const WlanDir& n) {
  if (!is_wlan(c.layout.link_type)) {
    return c.refuse(Kind::kLinkType, fmt::format("{} has no 802.11 header", c.link_name()),
                    "frame directions work on IEEE802_11 and IEEE802_11_RADIO captures");
  }
  return c.conditions.equal_masked(c.link(1, 1), 0x03, n.value);
}

}  // namespace weir::filter::lower
