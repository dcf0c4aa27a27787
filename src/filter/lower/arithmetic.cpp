#include "filter/lower/arithmetic.h"

#include <fmt/format.h>

#include "filter/lower/ip.h"
#include "filter/lower/link.h"

namespace weir::filter::lower {
namespace {

using diag::Kind;
using ir::Compare;
using ir::Op;

Op op_of(ArithOp op) {
  switch (op) {
    case ArithOp::kAdd:
      return Op::kAdd;
    case ArithOp::kSub:
      return Op::kSub;
    case ArithOp::kMul:
      return Op::kMul;
    case ArithOp::kDiv:
      return Op::kDiv;
    case ArithOp::kMod:
      return Op::kMod;
    case ArithOp::kAnd:
      return Op::kAnd;
    case ArithOp::kOr:
      return Op::kOr;
    case ArithOp::kXor:
      return Op::kXor;
    case ArithOp::kShl:
      return Op::kShl;
    case ArithOp::kShr:
      return Op::kShr;
  }
  return Op::kAdd;
}

}  // namespace

Arithmetic::Arithmetic(Context& context, std::size_t nodes) : c_(context), nodes_(nodes) {}

void Arithmetic::set(NodeId id, const Operand& operand) {
  if (operands_.empty()) operands_.resize(nodes_);
  operands_[id] = operand;
}

ConditionId Arithmetic::both(ConditionId a, ConditionId b) {
  if (a == Conditions::kTrue) return b;
  if (b == Conditions::kTrue) return a;
  return c_.conditions.both(a, b);
}

void Arithmetic::operand(NodeId id, const Constant& n) {
  set(id, {.value = c_.builder.constant(n.value)});
}

void Arithmetic::operand(NodeId id, const PacketLength&) {
  set(id, {.value = c_.builder.length()});
}

void Arithmetic::operand(NodeId id, const Negate& n) {
  const Operand operand = get(n.operand);
  const ir::ValueId zero = c_.builder.constant(0);
  set(id, {.value = c_.builder.binary(Op::kSub, zero, operand.value), .needs = operand.needs});
}

// libpcap asks for what the left side needs and forgets what the right side needs; so do we.
void Arithmetic::operand(NodeId id, const Binary& n) {
  const Operand left = get(n.left);
  set(id, {.value = c_.builder.binary(op_of(n.op), left.value, get(n.right).value),
           .needs = left.needs});
}

void Arithmetic::operand(NodeId id, const Index& n) {
  const Operand offset = get(n.offset);
  const auto size = static_cast<std::uint8_t>(n.size);
  switch (n.proto) {
    case Proto::kRadio:
      set(id, index_radio(offset, size));
      return;
    case Proto::kLink:
      set(id, {.value = c_.at(c_.moved(c_.layout.link_header, offset.value), 0, size),
               .needs = offset.needs});
      return;
    case Proto::kIcmp6:
      set(id, index_icmp6(offset, size));
      return;
    case Proto::kPayload:
      set(id, index_payload(offset, size));
      return;
    case Proto::kSctp:
    case Proto::kTcp:
    case Proto::kUdp:
    case Proto::kIcmp:
    case Proto::kIgmp:
    case Proto::kIgrp:
    case Proto::kPim:
    case Proto::kVrrp:
    case Proto::kCarp:
      set(id, index_transport(n, offset, size));
      return;
    default:
      set(id, index_network(n, offset, size));
  }
}

Arithmetic::Operand Arithmetic::index_radio(const Operand& offset, std::uint8_t size) {
  if (c_.layout.link_type != LinkType::kIeee80211Radio) {
    c_.refuse(Kind::kLinkType, fmt::format("{} has no radio header", c_.link_name()),
              "`radio[...]` works on IEEE802_11_RADIO captures");
  }
  return {.value = c_.builder.load(size, offset.value, 0), .needs = offset.needs};
}

Arithmetic::Operand Arithmetic::index_network(const Index& n, const Operand& offset,
                                              std::uint8_t size) {
  const ConditionId is_protocol = protocol(c_, n.proto);
  return {.value = c_.at(c_.moved(c_.layout.payload, offset.value), c_.layout.network, size),
          .needs = both(offset.needs, is_protocol)};
}

Arithmetic::Operand Arithmetic::index_transport(const Index& n, const Operand& offset,
                                                std::uint8_t size) {
  const ConditionId ip = link_protocol(c_, kEtherIp);
  const ConditionId is_protocol = protocol(c_, n.proto);
  const ConditionId whole = c_.conditions.both(is_protocol, not_later_fragment(c_));
  return {.value = c_.at(c_.moved(c_.transport4(), offset.value), 0, size),
          .needs = c_.conditions.both(both(ip, offset.needs), whole)};
}

Arithmetic::Operand Arithmetic::index_icmp6(const Operand& offset, std::uint8_t size) {
  static constexpr std::uint32_t kIcmp6 = 58;
  const ConditionId is_icmp6 = c_.conditions.any_of({ip6_carries(c_, std::span(&kIcmp6, 1))});
  return {.value = c_.at(c_.moved(c_.transport6(), offset.value), 0, size),
          .needs = both(offset.needs, is_icmp6)};
}

Arithmetic::Operand Arithmetic::index_payload(const Operand& offset, std::uint8_t size) {
  const Payload payload = payload_of_transport(c_);
  const Offset place = c_.moved(payload.start, offset.value);
  const ConditionId inside =
      c_.conditions.both(payload.condition, lies_in(c_, payload, place, size));
  return {.value = c_.at(place, 0, size), .needs = both(offset.needs, inside)};
}

ConditionId Arithmetic::relation(const Relation& n) {
  const Operand left = get(n.left);
  const Operand right = get(n.right);
  const auto test = [&](Compare compare) {
    return c_.conditions.test(compare, left.value, right.value);
  };
  ConditionId holds = Conditions::kFalse;
  switch (n.op) {
    case RelOp::kGt:
      holds = test(Compare::kGt);
      break;
    case RelOp::kGe:
      holds = test(Compare::kGe);
      break;
    case RelOp::kEq:
      holds = test(Compare::kEq);
      break;
    case RelOp::kLe:
      holds = c_.conditions.negate(test(Compare::kGt));
      break;
    case RelOp::kLt:
      holds = c_.conditions.negate(test(Compare::kGe));
      break;
    case RelOp::kNe:
      holds = c_.conditions.negate(test(Compare::kEq));
      break;
  }
  return both(both(left.needs, right.needs), holds);
}

}  // namespace weir::filter::lower
