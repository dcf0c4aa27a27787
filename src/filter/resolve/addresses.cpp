// Ids that are addresses.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "diag/quote.h"
#include "filter/address.h"
#include "filter/number.h"
#include "filter/resolve/ids.h"

namespace weir::filter {

using diag::Kind;
using diag::quote;
using diag::SourceRange;
using resolved::NodeData;

// --- IPv4

// The value of dotted numbers, and the mask of as many as there are. Points at the number that is
// too large.
std::optional<std::uint32_t> Ids::dotted(SourceRange range, std::uint32_t& mask) {
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
  return std::nullopt;
}

std::optional<resolved::Prefix4> Ids::masked(const IdPlace& id, std::uint32_t address,
                                             std::uint32_t mask, std::string_view fixed) {
  if ((address & ~mask) == 0) return resolved::Prefix4{.address = address, .mask = mask};
  context_.diagnostics.error(
      Kind::kHostBits, id.range,
      fmt::format("{} has bits set beyond its {}", quote(text(id)),
                  fixed.find('/') == std::string_view::npos ? "mask" : "prefix"),
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
  const auto value = dotted(address, mask);
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
  const auto value = dotted({id.range.begin, node.address_end}, unused);
  const auto mask = dotted({node.mask_begin, id.range.end}, unused);
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

}  // namespace weir::filter
