#include "filter/resolve/ids.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>

#include "diag/quote.h"
#include "filter/address.h"
#include "filter/number.h"
#include "filter/resolve/prefixes.h"

namespace weir::filter {
namespace {

using diag::Kind;
using diag::quote;
using diag::SourceRange;
using resolved::NodeData;

constexpr NumberField kPort = {.name = "port", .max = 65535};
constexpr NumberField kIpProtocol = {.name = "IP protocol", .max = 255};

// In the order of Encap; those without a number have max 0.
constexpr std::array<NumberField, 8> kEncapNumbers = {{{"VLAN ID", 4095},
                                                       {"MPLS label", 0xfffff},
                                                       {"PPPoE session", 0xffff},
                                                       {"Geneve VNI", 0xffffff},
                                                       {"VXLAN VNI", 0xffffff},
                                                       {"", 0},
                                                       {"", 0},
                                                       {"", 0}}};

// What `PROTO proto N` compares with.
NumberField protocol_field(Proto proto) {
  if (proto == Proto::kLink)
    return {.name = "EtherType", .max = std::numeric_limits<std::uint32_t>::max()};
  if (proto == Proto::kIso) return {.name = "ISO protocol", .max = 255};
  return proto == Proto::kIsis ? NumberField{.name = "IS-IS PDU type", .max = 31} : kIpProtocol;
}

template <typename Pool>
PoolSpan last_of(const Pool& pool, std::size_t first) {
  return {.first = static_cast<std::uint32_t>(first),
          .count = static_cast<std::uint32_t>(pool.size() - first)};
}

}  // namespace

// --- shared

bool Ids::check_max(SourceRange range, std::uint32_t value, NumberField field) {
  if (value <= field.max) return true;
  context_.diagnostics.error(Kind::kOutOfRange, range,
                             fmt::format("{} {} is out of range", field.name, value),
                             fmt::format("the largest is {}", field.max));
  return false;
}

// An address where a port, a protocol or a gateway is asked for.
NodeData Ids::not_an_address(const IdPlace& id) {
  const std::string_view type = name_of(id.qualifiers.type);
  wrong_qualifier(context_, id,
                  fmt::format("{} does not go with the address {}", quote(type), quote(text(id))),
                  id.qualifiers.type == IdType::kGateway
                      ? "write the name of a host that is in /etc/ethers too"
                      : fmt::format("write {}", quote(fmt::format("host {}", text(id)))));
  return Invalid{};
}

NodeData Ids::host4(const IdPlace& id, resolved::Prefix4 prefix) {
  if (!check_ip4_qualifiers(context_, id)) return Invalid{};
  const std::size_t first = context_.out.prefixes4.size();
  context_.out.prefixes4.push_back(prefix);
  return resolved::Host{.proto = id.qualifiers.proto,
                        .dir = id.qualifiers.dir,
                        .many = resolved::Many::kAlternatives,
                        .ip4 = last_of(context_.out.prefixes4, first),
                        .ip6 = {}};
}

NodeData Ids::port(const IdPlace& id, Proto proto, std::uint32_t lo, std::uint32_t hi) {
  const std::size_t first = context_.out.ranges.size();
  context_.out.ranges.push_back({.lo = std::min(lo, hi), .hi = std::max(lo, hi)});
  return resolved::Port{.proto = proto,
                        .dir = id.qualifiers.dir,
                        .many = resolved::Many::kAlternatives,
                        .ranges = last_of(context_.out.ranges, first)};
}

bool Ids::check_protocol(const IdPlace& id) {
  const Proto proto = id.qualifiers.proto;
  const bool has_protocols = proto == Proto::kNone || proto == Proto::kIp || proto == Proto::kIp6 ||
                             proto == Proto::kLink || proto == Proto::kIso || proto == Proto::kIsis;
  if (has_protocols) return true;
  wrong_qualifier(context_, id,
                  fmt::format("{} has no field that names another protocol", quote(name_of(proto))),
                  "`proto` goes with `ether`, `ip`, `ip6`, `iso` and `isis`");
  return false;
}

bool Ids::check_protochain(const IdPlace& id) {
  const Proto proto = id.qualifiers.proto;
  if (proto == Proto::kNone || proto == Proto::kIp || proto == Proto::kIp6) return true;
  wrong_qualifier(context_, id, fmt::format("{} has no chain of headers", quote(name_of(proto))),
                  "`protochain` goes with `ip` and `ip6`");
  return false;
}

NodeData Ids::protocol(const IdPlace& id, std::uint32_t value) {
  const Proto proto = id.qualifiers.proto;
  if (!check_protocol(id) || !check_max(id.range, value, protocol_field(proto))) return Invalid{};
  const std::size_t first = context_.out.ranges.size();
  context_.out.ranges.push_back({.lo = value, .hi = value});
  return resolved::Protocol{.proto = proto, .ranges = last_of(context_.out.ranges, first)};
}

NodeData Ids::protochain(const IdPlace& id, std::uint32_t value) {
  if (!check_protochain(id) || !check_max(id.range, value, kIpProtocol)) return Invalid{};
  return resolved::Protochain{.proto = id.qualifiers.proto,
                              .value = static_cast<std::uint8_t>(value)};
}

// --- names

NodeData Ids::name(const IdPlace& id) {
  std::string_view name = text(id);
  if (name.starts_with('\\')) name.remove_prefix(1);
  const Proto proto = id.qualifiers.proto;
  switch (id.qualifiers.type) {
    case IdType::kNone:
    case IdType::kHost:
      return host_name(id, name);
    case IdType::kNet:
      return net_name(id, name);
    case IdType::kPort:
      return port_name(id, name);
    case IdType::kPortRange:
      return port_range_name(id, name);
    case IdType::kGateway:
      return gateway_name(id, name);
    case IdType::kProto:
      if (!check_protocol(id)) return Invalid{};
      if (const auto value = lookup_.protocol(name, proto, place(id))) return protocol(id, *value);
      return Invalid{};
    case IdType::kProtochain:
      if (!check_protochain(id)) return Invalid{};
      if (const auto value = lookup_.protocol(name, proto, place(id)))
        return protochain(id, *value);
      return Invalid{};
  }
  return Invalid{};
}

NodeData Ids::host_name(const IdPlace& id, std::string_view name) {
  const Proto proto = id.qualifiers.proto;
  if (proto == Proto::kLink) {
    const auto mac = lookup_.ether(name, place(id));
    if (!mac) return Invalid{};
    context_.out.macs.push_back(*mac);
    return resolved::EtherHost{.dir = id.qualifiers.dir,
                               .many = resolved::Many::kAlternatives,
                               .macs = last_of(context_.out.macs, context_.out.macs.size() - 1)};
  }
  if (proto == Proto::kIp6 ? !check_ip6_qualifiers(context_, id)
                           : !check_ip4_qualifiers(context_, id))
    return Invalid{};
  const auto found = lookup_.host(name, proto, place(id));
  if (!found) return Invalid{};
  const std::size_t first4 = context_.out.prefixes4.size();
  const std::size_t first6 = context_.out.prefixes6.size();
  for (const std::uint32_t address : found->ip4)
    context_.out.prefixes4.push_back({address, UINT32_MAX});
  for (const Ip6Address& address : found->ip6) context_.out.prefixes6.push_back({address, 128});
  return resolved::Host{.proto = proto,
                        .dir = id.qualifiers.dir,
                        .many = resolved::Many::kAlternatives,
                        .ip4 = last_of(context_.out.prefixes4, first4),
                        .ip6 = last_of(context_.out.prefixes6, first6)};
}

NodeData Ids::net_name(const IdPlace& id, std::string_view name) {
  if (!check_ip4_qualifiers(context_, id)) return Invalid{};
  const auto number = lookup_.network(name, place(id));
  return number ? host4(id, left_justified(*number)) : NodeData(Invalid{});
}

NodeData Ids::port_name(const IdPlace& id, std::string_view name) {
  if (!check_port_qualifiers(context_, id)) return Invalid{};
  const auto service = lookup_.service(name, id.qualifiers.proto, place(id));
  return service ? port(id, service->proto, service->port, service->port) : NodeData(Invalid{});
}

std::optional<Lookup::Service> Ids::port_or_number(const IdPlace& id, std::string_view text) {
  const auto value = parse_number(text);
  if (!value) return lookup_.service(text, id.qualifiers.proto, place(id));
  if (!check_max(id.range, *value, kPort)) return std::nullopt;
  return Lookup::Service{.proto = id.qualifiers.proto, .port = static_cast<std::uint16_t>(*value)};
}

NodeData Ids::port_range_name(const IdPlace& id, std::string_view name) {
  if (!check_port_qualifiers(context_, id)) return Invalid{};
  const std::size_t sign = name.find('-');
  if (sign == std::string_view::npos || name.find('-', sign + 1) != std::string_view::npos) {
    context_.diagnostics.error(
        Kind::kUnknownName, id.range, fmt::format("{} is no range of ports", quote(name)),
        "write two numbers or names with one `-` between, as in `portrange 8000-8100`");
    return Invalid{};
  }
  const auto from = port_or_number(id, name.substr(0, sign));
  const auto to = port_or_number(id, name.substr(sign + 1));
  if (!from || !to) return Invalid{};
  return port(id, from->proto == to->proto ? from->proto : id.qualifiers.proto, from->port,
              to->port);
}

NodeData Ids::gateway_name(const IdPlace& id, std::string_view name) {
  if (!check_ip4_qualifiers(context_, id)) return Invalid{};
  const auto mac = lookup_.ether(name, place(id));
  const auto found = lookup_.host(name, Proto::kIp, place(id));
  if (!mac || !found) return Invalid{};
  const std::size_t first = context_.out.prefixes4.size();
  for (const std::uint32_t address : found->ip4)
    context_.out.prefixes4.push_back({address, UINT32_MAX});
  return resolved::Gateway{
      .proto = id.qualifiers.proto, .mac = *mac, .ip4 = last_of(context_.out.prefixes4, first)};
}

// --- numbers

NodeData Ids::number(const IdPlace& id, std::uint32_t value) {
  const Proto proto = id.qualifiers.proto;
  switch (id.qualifiers.type) {
    case IdType::kNone:
    case IdType::kHost:
      return host4(id, {.address = value, .mask = UINT32_MAX});
    case IdType::kNet:
      return host4(id, left_justified(value));
    case IdType::kPort:
    case IdType::kPortRange:
      if (!check_port_qualifiers(context_, id) || !check_max(id.range, value, kPort))
        return Invalid{};
      return port(id, proto, value, value);
    case IdType::kGateway:
      return not_an_address(id);
    case IdType::kProto:
      return protocol(id, value);
    case IdType::kProtochain:
      return protochain(id, value);
  }
  return Invalid{};
}

// --- IPv4

// The value of dotted numbers, and the mask of as many as there are. Points at the number that is
// too large.
std::optional<std::uint32_t> Ids::dotted(const IdPlace& id, SourceRange range,
                                         std::uint32_t& mask) {
  const std::string_view text = text_of(context_.text, range);
  if (const auto parsed = parse_dotted(text)) {
    mask = parsed->mask();
    return parsed->value;
  }
  SourceRange bad = range;
  for (std::uint32_t begin = range.begin; begin < range.end;) {
    const auto length =
        std::min<std::size_t>(text.substr(begin - range.begin).find('.'), range.end - begin);
    const SourceRange part{begin, begin + static_cast<std::uint32_t>(length)};
    if (!parse_dotted(text_of(context_.text, part))) bad = part;
    if (bad == part) break;
    begin = part.end + 1;
  }
  context_.diagnostics.error(Kind::kBadAddress, bad,
                             fmt::format("{} is no IPv4 address", quote(text)),
                             "each of its numbers is decimal, and at most 255");
  static_cast<void>(id);
  return std::nullopt;
}

std::optional<resolved::Prefix4> Ids::masked(const IdPlace& id, std::uint32_t address,
                                             std::uint32_t mask, std::string_view fixed) {
  if ((address & ~mask) == 0) return resolved::Prefix4{.address = address, .mask = mask};
  context_.diagnostics.error(Kind::kHostBits, id.range,
                             fmt::format("{} has bits set beyond its mask", quote(text(id))),
                             fmt::format("write {}", quote(fixed)));
  return std::nullopt;
}

NodeData Ids::decnet(const IdPlace& id, std::string_view address) {
  const IdType type = id.qualifiers.type;
  if (type != IdType::kNone && type != IdType::kHost) {
    wrong_qualifier(context_, id, fmt::format("{} does not go with `decnet`", quote(name_of(type))),
                    "write `decnet host 1.2`");
    return Invalid{};
  }
  if (!check_direction(context_, id)) return Invalid{};
  const auto parsed = parse_decnet(address);
  if (parsed) return resolved::DecnetHost{.dir = id.qualifiers.dir, .address = *parsed};
  context_.diagnostics.error(Kind::kBadAddress, id.range,
                             fmt::format("{} is no DECnet address", quote(address)),
                             "it has an area up to 63 and a node up to 1023: `decnet host 1.2`");
  return Invalid{};
}

NodeData Ids::ip4(const IdPlace& id, const ast::Ip4Id& node) {
  const auto& [proto, dir, type] = id.qualifiers;
  const SourceRange address{id.range.begin, node.address_end};
  if (type > IdType::kNet) return not_an_address(id);
  if (proto == Proto::kDecnet && node.prefix == ast::kNoPrefix)
    return decnet(id, text_of(context_.text, address));
  std::uint32_t mask = 0;
  const auto value = dotted(id, address, mask);
  if (!value || !check_ip4_qualifiers(context_, id)) return Invalid{};
  if (node.prefix == ast::kNoPrefix) return host4(id, {.address = *value, .mask = mask});
  if (node.prefix > 32) {
    context_.diagnostics.error(Kind::kBadPrefix, {node.address_end, id.range.end},
                               fmt::format("an IPv4 address has 32 bits, not {}", node.prefix),
                               "as in `net 10.0.0.0/8`");
    return Invalid{};
  }
  mask = mask_of(node.prefix);
  const std::string network = fmt::format("{}/{}", format_ip4(*value & mask), node.prefix);
  if (type != IdType::kNet) {
    const std::string_view direction = name_of(dir);
    wrong_qualifier(
        context_, id, fmt::format("a prefix goes with `net`, and {} has one", quote(text(id))),
        fmt::format("write {}", quote(fmt::format("{}{}net {}", direction,
                                                  direction.empty() ? "" : " ", network))));
    return Invalid{};
  }
  const auto prefix = masked(id, *value, mask, fmt::format("net {}", network));
  return prefix ? host4(id, *prefix) : NodeData(Invalid{});
}

NodeData Ids::ip4_mask(const IdPlace& id, const ast::Ip4MaskId& node) {
  const IdType type = id.qualifiers.type;
  if (type > IdType::kNet) return not_an_address(id);
  std::uint32_t unused = 0;
  const auto value = dotted(id, {id.range.begin, node.address_end}, unused);
  const auto mask = dotted(id, {node.mask_begin, id.range.end}, unused);
  if (!value || !mask || !check_ip4_qualifiers(context_, id)) return Invalid{};
  if (type != IdType::kNet) {
    wrong_qualifier(context_, id,
                    fmt::format("a mask goes with `net`, and {} has one", quote(text(id))),
                    fmt::format("write {}", quote(fmt::format("net {}", text(id)))));
    return Invalid{};
  }
  const auto prefix =
      masked(id, *value, *mask,
             fmt::format("net {} mask {}", format_ip4(*value & *mask), format_ip4(*mask)));
  return prefix ? host4(id, *prefix) : NodeData(Invalid{});
}

// --- IPv6

NodeData Ids::ip6(const IdPlace& id, const ast::Ip6Id& node) {
  const IdType type = id.qualifiers.type;
  if (type > IdType::kNet) return not_an_address(id);
  const auto address = parse_ip6(text_of(context_.text, {id.range.begin, node.address_end}));
  if (!address || !check_ip6_qualifiers(context_, id)) return Invalid{};
  const std::uint32_t length = node.prefix == ast::kNoPrefix ? 128 : node.prefix;
  if (length > 128) {
    context_.diagnostics.error(Kind::kBadPrefix, {node.address_end, id.range.end},
                               fmt::format("an IPv6 address has 128 bits, not {}", length),
                               "as in `net 2001:db8::/32`");
    return Invalid{};
  }
  const Ip6Address network = network_of(*address, length);
  const std::string written = fmt::format("net {}/{}", format_ip6(network), length);
  if (type != IdType::kNet && length != 128) {
    wrong_qualifier(context_, id,
                    fmt::format("a prefix goes with `net`, and {} has one", quote(text(id))),
                    fmt::format("write {}", quote(written)));
    return Invalid{};
  }
  if (network != *address) {
    context_.diagnostics.error(Kind::kHostBits, id.range,
                               fmt::format("{} has bits set beyond its prefix", quote(text(id))),
                               fmt::format("write {}", quote(written)));
    return Invalid{};
  }
  const std::size_t first = context_.out.prefixes6.size();
  context_.out.prefixes6.push_back(
      {.address = network, .length = static_cast<std::uint8_t>(length)});
  return resolved::Host{.proto = id.qualifiers.proto,
                        .dir = id.qualifiers.dir,
                        .many = resolved::Many::kAlternatives,
                        .ip4 = {},
                        .ip6 = last_of(context_.out.prefixes6, first)};
}

// --- link-layer addresses

NodeData Ids::mac(const IdPlace& id) {
  if (!check_ether_qualifiers(context_, id, text(id))) return Invalid{};
  const auto parsed = parse_mac(text(id));
  if (!parsed) return Invalid{};
  const std::size_t first = context_.out.macs.size();
  context_.out.macs.push_back(*parsed);
  return resolved::EtherHost{.dir = id.qualifiers.dir,
                             .many = resolved::Many::kAlternatives,
                             .macs = last_of(context_.out.macs, first)};
}

NodeData Ids::arcnet(const IdPlace& id) {
  if (!check_ether_qualifiers(context_, id, text(id))) return Invalid{};
  const auto value = parse_number(fmt::format("0x{}", text(id).substr(1)));
  return resolved::ArcnetHost{.dir = id.qualifiers.dir,
                              .address = static_cast<std::uint8_t>(value.value_or(0))};
}

// --- lists

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
