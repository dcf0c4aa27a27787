#include "filter/resolve/lists.h"

#include <fmt/format.h>

#include <algorithm>

#include "diag/quote.h"
#include "filter/address.h"
#include "filter/chars.h"
#include "filter/number.h"
#include "filter/resolve/prefixes.h"
#include "filter/shapes.h"

namespace weir::filter {
namespace {

using diag::Kind;
using diag::quote;

bool ends_element(char c) { return is_space(c) || c == ',' || c == '#'; }

// `@path` or `@"path"`, without a backslash before a quoted character.
std::string path_of(std::string_view token) {
  token.remove_prefix(1);
  if (!token.starts_with('"')) return std::string(token);
  token = token.substr(1, token.size() - 2);
  std::string path;
  for (std::size_t i = 0; i < token.size(); ++i) {
    if (token[i] == '\\' && i + 1 < token.size()) ++i;
    path += token[i];
  }
  return path;
}

std::string without_blanks(std::string_view text) {
  std::string out(text);
  std::erase_if(out, is_space);
  return out;
}

bool is_number(std::string_view text) { return parse_number(text).has_value(); }

// `8000-8100`: where the sign is, if both sides are numbers.
std::size_t range_sign(std::string_view text) {
  const std::size_t sign = text.find('-');
  if (sign == std::string_view::npos) return sign;
  const bool range = is_number(text.substr(0, sign)) && is_number(text.substr(sign + 1));
  return range ? sign : std::string_view::npos;
}

}  // namespace

void Lists::bad(const Element& element, std::string message, std::string hint) {
  context_.diagnostics.error(Kind::kBadList, element.place.range,
                             element.place.where + std::move(message), std::move(hint));
}

// --- where elements come from

void Lists::each(const Ast& ast, PoolSpan items, const Add& add) {
  for (std::uint32_t i = 0; i < items.count; ++i) {
    const ast::ListItem& item = ast.items[items.first + i];
    if (item.file) {
      each_in_file(item, add);
    } else {
      each_in_text(item, add);
    }
    if (context_.diagnostics.error_count() >= diag::Diagnostics::kMaxKept) return;
  }
}

void Lists::each_in_text(const ast::ListItem& item, const Add& add) {
  if (++count_ > context_.options.limits.max_list) {
    context_.diagnostics.error(
        Kind::kTooLarge, item.range,
        fmt::format("the lists have more than {} elements", context_.options.limits.max_list),
        "give networks in the place of their addresses");
    return;
  }
  const std::string_view text = text_of(context_.text, item.range);
  // Only a range or a prefix can have blanks inside.
  if (std::ranges::none_of(text, is_space))
    return add({.text = text, .place = {.range = item.range, .where = {}}});
  const std::string joined = without_blanks(text);
  add({.text = joined, .place = {.range = item.range, .where = {}}});
}

std::optional<std::string> Lists::load(diag::SourceRange range, const std::string& path) {
  if (!context_.options.load_list) {
    context_.diagnostics.error(Kind::kBadList, range, "lists are not read from files here",
                               "write the elements into braces");
    return std::nullopt;
  }
  std::string error;
  auto content = context_.options.load_list(path, error);
  if (!content) {
    context_.diagnostics.error(Kind::kBadList, range,
                               fmt::format("cannot read {}: {}", quote(path), error),
                               "check the path");
  }
  return content;
}

void Lists::each_in_file(const ast::ListItem& item, const Add& add) {
  const std::string path = path_of(text_of(context_.text, item.range));
  const auto content = load(item.range, path);
  if (!content) return;
  const std::string_view text = *content;
  std::size_t line = 1;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == '#') at = std::min(text.find('\n', at), text.size());
    if (at == text.size()) return;
    if (ends_element(text[at])) {
      line += text[at++] == '\n' ? 1 : 0;
      continue;
    }
    const auto* const end = std::find_if(text.begin() + at, text.end(), ends_element);
    const std::string_view element =
        text.substr(at, static_cast<std::size_t>(end - text.begin()) - at);
    at += element.size();
    const std::size_t errors = context_.diagnostics.error_count();
    if (++count_ > context_.options.limits.max_list) {
      context_.diagnostics.error(Kind::kTooLarge, item.range,
                                 fmt::format("{}:{}: the lists have more than {} elements", path,
                                             line, context_.options.limits.max_list),
                                 "give networks in the place of their addresses");
      return;
    }
    add({.text = element,
         .place = {.range = item.range, .where = fmt::format("{}:{}: ", path, line)}});
    if (errors != context_.diagnostics.error_count() && errors + 1 >= diag::Diagnostics::kMaxKept)
      return;
  }
}

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
      return bad(element, fmt::format("{} has no number of bits behind `/`", quote(element.text)),
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
      bad(element, fmt::format("{} has bits set behind its prefix", quote(element.text)),
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
    return bad(element, fmt::format("{} has bits set behind its prefix", quote(element.text)),
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

// --- ports and other numbers

void Lists::ports(const Ast& ast, PoolSpan items, Proto proto) {
  each(ast, items, [&](const Element& element) { port(element, proto); });
}

// In a list the name of a service is its number, and says nothing of the transport.
void Lists::port(const Element& element, Proto proto) {
  const std::string_view name =
      element.text.starts_with('\\') ? element.text.substr(1) : element.text;
  if (is_digit(name.front())) return number(element, {.name = "port", .max = 65535});
  const auto found = lookup_.service(name, proto, element.place);
  if (found) context_.out.ranges.push_back({.lo = found->port, .hi = found->port});
}

void Lists::protocols(const Ast& ast, PoolSpan items, Proto proto, NumberField field) {
  each(ast, items, [&](const Element& element) {
    if (is_digit(element.text.front())) return number(element, field);
    const std::string_view name =
        element.text.starts_with('\\') ? element.text.substr(1) : element.text;
    const auto found = lookup_.protocol(name, proto, element.place);
    if (found) context_.out.ranges.push_back({.lo = *found, .hi = *found});
  });
}

void Lists::numbers(const Ast& ast, PoolSpan items, NumberField field) {
  each(ast, items, [&](const Element& element) { number(element, field); });
}

void Lists::number(const Element& element, NumberField field) {
  const std::size_t sign = range_sign(element.text);
  const std::string_view first = element.text.substr(0, sign);
  const auto lo = one_number(element, first, field);
  const auto hi = sign == std::string_view::npos
                      ? lo
                      : one_number(element, element.text.substr(sign + 1), field);
  if (lo && hi) context_.out.ranges.push_back({.lo = std::min(*lo, *hi), .hi = std::max(*lo, *hi)});
}

std::optional<std::uint32_t> Lists::one_number(const Element& element, std::string_view text,
                                               NumberField field) {
  const auto value = parse_number(text);
  if (!value) {
    bad(element, fmt::format("{} is no {}", quote(text), field.name),
        "an element is a number, or a range as `100-200`");
    return std::nullopt;
  }
  if (*value <= field.max) return *value;
  context_.diagnostics.error(
      Kind::kOutOfRange, element.place.range,
      fmt::format("{}{} {} is out of range", element.place.where, field.name, *value),
      fmt::format("the largest is {}", field.max));
  return std::nullopt;
}

}  // namespace weir::filter
