// Elements of lists of hosts, networks and stations.
#include <fmt/format.h>

#include <algorithm>

#include "diag/quote.h"
#include "filter/address.h"
#include "filter/chars.h"
#include "filter/number.h"
#include "filter/resolve/lists.h"
#include "filter/resolve/prefixes.h"
#include "filter/shapes.h"

namespace weir::filter {

using diag::quote;

// --- hosts and networks

void Lists::hosts(const Ast& ast, PoolSpan items, const IdPlace& id) {
  each(ast, items, [&](const Element& element) { host(element, id); });
}

void Lists::host(const Element& element, const IdPlace& id) {
  const std::size_t slash = element.text.find('/');
  const std::string_view address = element.text.substr(0, slash);
  std::optional<std::uint32_t> prefix;
  if (slash != std::string_view::npos) {
    const auto number = parse_number(element.text.substr(slash + 1));
    if (!number) {
      return bad(element, fmt::format("{} has no number of bits after `/`", quote(element.text)),
                 "as in `10.0.0.0/8`");
    }
    prefix = *number;
  }
  if (address.find(':') != std::string_view::npos) return host_ip6(element, address, prefix, id);
  if (host_ip4(element, address, prefix, id) || host_range(element, id)) return;
  host_name(element, id);
}

// False when it does not look like an IPv4 address.
bool Lists::host_ip4(const Element& element, std::string_view address,
                     std::optional<std::uint32_t> prefix, const IdPlace& id) {
  const bool digits = !address.empty() &&
                      std::ranges::all_of(address, [](char c) { return is_digit(c) || c == '.'; });
  if (!digits) return false;
  const Proto proto = id.qualifiers.proto;
  const auto parsed = parse_dotted(address);
  if (!parsed) {
    bad(element, fmt::format("{} is no IPv4 address", quote(address)),
        "it has up to four numbers, each at most 255");
  } else if (proto == Proto::kIp6) {
    bad(element, fmt::format("{} is an IPv4 address in a list for `ip6`", quote(element.text)),
        "leave `ip6` out to have both in a list");
  } else if (prefix.value_or(0) > 32) {
    bad(element, fmt::format("a prefix of {} has at most 32 bits", quote(address)),
        "as in `10.0.0.0/8`");
  } else {
    const std::uint32_t mask = prefix ? mask_of(*prefix) : parsed->mask();
    if ((parsed->value & ~mask) != 0) {
      bad(element, fmt::format("{} has bits set beyond its prefix", quote(element.text)),
          fmt::format("write {}",
                      quote(fmt::format("{}/{}", format_ip4(parsed->value & mask), *prefix))));
      return true;
    }
    context_.out.prefixes4.push_back({.address = parsed->value, .mask = mask});
  }
  return true;
}

void Lists::host_ip6(const Element& element, std::string_view address,
                     std::optional<std::uint32_t> prefix, const IdPlace& id) {
  const Proto proto = id.qualifiers.proto;
  const auto parsed = parse_ip6(address);
  const std::uint32_t length = prefix.value_or(128);
  if (!parsed) {
    if (parse_mac(address)) {
      return bad(element, fmt::format("{} is a MAC address", quote(address)),
                 "write `ether host in {...}`");
    }
    return bad(element, fmt::format("{} is no IPv6 address", quote(address)),
               "as in `2001:db8::1`");
  }
  if (proto != Proto::kNone && proto != Proto::kIp6) {
    return bad(element,
               fmt::format("{} is an IPv6 address in a list for {}", quote(element.text),
                           quote(name_of(proto))),
               fmt::format("leave {} out to have both in a list", quote(name_of(proto))));
  }
  if (length > 128)
    return bad(element, fmt::format("a prefix of {} has at most 128 bits", quote(address)),
               "as in `2001:db8::/32`");
  const Ip6Address network = network_of(*parsed, length);
  if (network != *parsed) {
    return bad(element, fmt::format("{} has bits set beyond its prefix", quote(element.text)),
               fmt::format("write {}", quote(fmt::format("{}/{}", format_ip6(network), length))));
  }
  context_.out.prefixes6.push_back(
      {.address = network, .length = static_cast<std::uint8_t>(length)});
}

// `10.0.0.5-10.0.0.99`; false when it does not look like that.
bool Lists::host_range(const Element& element, const IdPlace& id) {
  const std::size_t sign = element.text.find('-');
  if (sign == std::string_view::npos) return false;
  const auto lo = parse_dotted(element.text.substr(0, sign));
  const auto hi = parse_dotted(element.text.substr(sign + 1));
  if (!lo || !hi || lo->bits != 32 || hi->bits != 32) return false;
  if (id.qualifiers.proto == Proto::kIp6) {
    bad(element, fmt::format("{} are IPv4 addresses in a list for `ip6`", quote(element.text)),
        "leave `ip6` out to have both in a list");
    return true;
  }
  append_range(context_.out.prefixes4, std::min(lo->value, hi->value),
               std::max(lo->value, hi->value));
  return true;
}

void Lists::host_name(const Element& element, const IdPlace& id) {
  const std::string_view name =
      element.text.starts_with('\\') ? element.text.substr(1) : element.text;
  if (name.empty() || name.find('/') != std::string_view::npos) {
    return bad(element, fmt::format("{} is neither an address nor a name", quote(element.text)),
               "a prefix is `10.0.0.0/8` or `2001:db8::/32`");
  }
  if (id.qualifiers.type == IdType::kNet) {
    const auto number = lookup_.network(name, element.place);
    if (number) context_.out.prefixes4.push_back(left_justified(*number));
    return;
  }
  const auto found = lookup_.host(name, id.qualifiers.proto, element.place);
  if (!found) return;
  for (const std::uint32_t address : found->ip4)
    context_.out.prefixes4.push_back({address, UINT32_MAX});
  for (const Ip6Address& address : found->ip6) context_.out.prefixes6.push_back({address, 128});
}

// --- stations

void Lists::stations(const Ast& ast, PoolSpan items) {
  each(ast, items, [&](const Element& element) {
    const auto mac = parse_mac(element.text);
    if (mac) return context_.out.macs.push_back(*mac);
    if (element.text.find(':') != std::string_view::npos ||
        shape_of(element.text) != TokenKind::kName) {
      return bad(element, fmt::format("{} is no MAC address", quote(element.text)),
                 "as in `00:11:22:33:44:55`");
    }
    const auto found = lookup_.ether(element.text, element.place);
    if (found) context_.out.macs.push_back(*found);
  });
}

}  // namespace weir::filter
