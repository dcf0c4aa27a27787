// Ids that are lists, and encapsulations.
#include <fmt/format.h>

#include <array>

#include "diag/quote.h"
#include "filter/resolve/ids.h"

namespace weir::filter {

using diag::quote;
using diag::SourceRange;
using resolved::NodeData;

namespace {

// In the order of Encap; those without a number have max 0.
constexpr std::array<NumberField, 8> kEncapNumbers = {{{"VLAN ID", 4095},
                                                       {"MPLS label", 0xfffff},
                                                       {"PPPoE session", 0xffff},
                                                       {"Geneve VNI", 0xffffff},
                                                       {"VXLAN VNI", 0xffffff},
                                                       {"", 0},
                                                       {"", 0},
                                                       {"", 0}}};

}  // namespace

NodeData Ids::set(const IdPlace& id, const Ast& ast, PoolSpan items) {
  const auto& [proto, dir, type] = id.qualifiers;
  const std::size_t first4 = context_.out.prefixes4.size();
  const std::size_t first6 = context_.out.prefixes6.size();
  const std::size_t first = context_.out.ranges.size();
  const std::size_t first_mac = context_.out.macs.size();
  switch (type) {
    case IdType::kNone:
    case IdType::kHost:
    case IdType::kNet:
      if (proto == Proto::kLink) {
        if (!check_ether_qualifiers(context_, id, text(id))) return Invalid{};
        lists_.stations(ast, items);
        return resolved::EtherHost{dir, resolved::Many::kSet,
                                   last_of(context_.out.macs, first_mac)};
      }
      if (proto == Proto::kIp6 ? !check_ip6_qualifiers(context_, id)
                               : !check_ip4_qualifiers(context_, id))
        return Invalid{};
      lists_.hosts(ast, items, id);
      return resolved::Host{proto, dir, resolved::Many::kSet,
                            last_of(context_.out.prefixes4, first4),
                            last_of(context_.out.prefixes6, first6)};
    case IdType::kPort:
    case IdType::kPortRange:
      if (!check_port_qualifiers(context_, id)) return Invalid{};
      lists_.ports(ast, items, proto);
      return resolved::Port{proto, dir, resolved::Many::kSet, last_of(context_.out.ranges, first)};
    case IdType::kProto:
      if (!check_protocol(id)) return Invalid{};
      lists_.protocols(ast, items, proto, protocol_field(proto));
      return resolved::Protocol{proto, last_of(context_.out.ranges, first)};
    case IdType::kGateway:
    case IdType::kProtochain:
      break;
  }
  wrong_qualifier(context_, id, fmt::format("{} takes no list", quote(name_of(type))),
                  "write one test for each, joined with `or`");
  return Invalid{};
}

NodeData Ids::encapsulation(SourceRange range, const Ast& ast, const ast::Encapsulation& node) {
  const NumberField field = kEncapNumbers[static_cast<std::size_t>(node.encap)];
  const std::size_t first = context_.out.ranges.size();
  if (node.form == ast::Encapsulation::Form::kNumber) {
    if (!check_max(range, node.value, field)) return Invalid{};
    context_.out.ranges.push_back({.lo = node.value, .hi = node.value});
  }
  if (node.form == ast::Encapsulation::Form::kSet) lists_.numbers(ast, node.items, field);
  return resolved::Encapsulation{.encap = node.encap,
                                 .ranges = last_of(context_.out.ranges, first)};
}

}  // namespace weir::filter
