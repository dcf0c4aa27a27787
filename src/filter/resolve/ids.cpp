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

}  // namespace

NumberField protocol_field(Proto proto) {
  if (proto == Proto::kLink)
    return {.name = "EtherType", .max = std::numeric_limits<std::uint32_t>::max()};
  if (proto == Proto::kIso) return {.name = "ISO protocol", .max = 255};
  return proto == Proto::kIsis ? NumberField{.name = "IS-IS PDU type", .max = 31} : kIpProtocol;
}

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

}  // namespace weir::filter
