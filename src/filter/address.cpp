#include "filter/address.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>

#include "filter/chars.h"
#include "packet/address_text.h"

namespace weir::filter {
namespace {

// A decimal number of at most `digits` digits at the beginning of `text`, which is moved behind it.
std::optional<unsigned> take_decimal(std::string_view& text, std::size_t digits) {
  unsigned value = 0;
  std::size_t n = 0;
  for (; n < text.size() && is_digit(text[n]); ++n) {
    if (n == digits) return std::nullopt;
    value = value * 10 + static_cast<unsigned>(text[n] - '0');
  }
  if (n == 0) return std::nullopt;
  text.remove_prefix(n);
  return value;
}

bool take(std::string_view& text, std::string_view what) {
  if (!text.starts_with(what)) return false;
  text.remove_prefix(what.size());
  return true;
}

// The four dotted numbers that end an IPv6 address.
std::optional<std::uint32_t> parse_embedded_ip4(std::string_view text) {
  std::uint32_t value = 0;
  for (int i = 0; i < 4; ++i) {
    if (i > 0 && !take(text, ".")) return std::nullopt;
    const bool leading_zero = text.size() > 1 && text[0] == '0' && is_digit(text[1]);
    const auto part = take_decimal(text, 3);
    if (!part || *part > 255 || leading_zero) return std::nullopt;
    value = value << 8 | *part;
  }
  return text.empty() ? std::optional(value) : std::nullopt;
}

// The groups of an IPv6 address on one side of `::`, or all of them.
struct Groups {
  std::array<std::uint16_t, 8> values{};
  std::size_t count = 0;

  bool push(unsigned value) {
    if (count == values.size()) return false;
    values[count++] = static_cast<std::uint16_t>(value);
    return true;
  }
};

bool take_group(std::string_view& text, Groups& groups) {
  unsigned value = 0;
  std::size_t n = 0;
  for (; n < text.size() && n < 4 && is_hex(text[n]); ++n) value = value << 4 | hex_value(text[n]);
  if (n == 0) return false;
  text.remove_prefix(n);
  return groups.push(value);
}

std::optional<Groups> parse_groups(std::string_view text, bool may_end_dotted) {
  Groups groups;
  while (!text.empty()) {
    if (groups.count > 0 && !take(text, ":")) return std::nullopt;
    const bool dotted = may_end_dotted && text.find(':') == std::string_view::npos &&
                        text.find('.') != std::string_view::npos;
    if (dotted) {
      const auto ip4 = parse_embedded_ip4(text);
      if (!ip4 || !groups.push(*ip4 >> 16) || !groups.push(*ip4 & 0xffff)) return std::nullopt;
      return groups;
    }
    if (!take_group(text, groups)) return std::nullopt;
  }
  return groups;
}

Ip6Address join(const Groups& head, const Groups& tail) {
  Ip6Address address{};
  const auto put = [&](std::size_t at, std::uint16_t group) {
    address[at * 2] = static_cast<std::uint8_t>(group >> 8);
    address[at * 2 + 1] = static_cast<std::uint8_t>(group & 0xff);
  };
  for (std::size_t i = 0; i < head.count; ++i) put(i, head.values[i]);
  for (std::size_t i = 0; i < tail.count; ++i) put(8 - tail.count + i, tail.values[i]);
  return address;
}

}  // namespace

std::optional<DottedAddress> parse_dotted(std::string_view text) {
  DottedAddress address{.value = 0, .bits = 0};
  do {
    // libpcap takes any number of leading zeros, and reads them as decimal.
    while (text.size() > 1 && text[0] == '0' && is_digit(text[1])) text.remove_prefix(1);
    const auto part = take_decimal(text, 3);
    if (!part || *part > 255 || address.bits == 32) return std::nullopt;
    address.bits += 8;
    address.value |= *part << (32 - address.bits);
  } while (take(text, "."));
  return text.empty() ? std::optional(address) : std::nullopt;
}

std::optional<std::uint16_t> parse_decnet(std::string_view text) {
  const auto area = take_decimal(text, 3);
  if (!area || *area > 63 || !take(text, ".")) return std::nullopt;
  const auto node = take_decimal(text, 5);
  if (!node || *node > 1023 || !text.empty()) return std::nullopt;
  return static_cast<std::uint16_t>(*area << 10 | *node);
}

std::optional<Ip6Address> parse_ip6(std::string_view text) {
  const std::size_t gap = text.find("::");
  if (gap == std::string_view::npos) {
    const auto all = parse_groups(text, true);
    return all && all->count == 8 ? std::optional(join(*all, {})) : std::nullopt;
  }
  const auto head = parse_groups(text.substr(0, gap), false);
  const auto tail = parse_groups(text.substr(gap + 2), true);
  if (!head || !tail || head->count + tail->count > 7) return std::nullopt;
  return join(*head, *tail);
}

std::optional<MacAddress> parse_mac(std::string_view text) {
  MacAddress address{};
  // Without six groups the digits come in pairs.
  const bool paired = text.size() == 12 || (text.size() == 14 && text[4] == '.' && text[9] == '.');
  for (std::size_t i = 0; i < address.size(); ++i) {
    const bool separated = !text.empty() && (text[0] == ':' || text[0] == '-' || text[0] == '.');
    if (separated && i > 0) text.remove_prefix(1);
    if (!separated && i > 0 && !paired) return std::nullopt;
    if (text.empty() || !is_hex(text[0])) return std::nullopt;
    unsigned value = hex_value(text[0]);
    text.remove_prefix(1);
    if (!text.empty() && is_hex(text[0])) {
      value = value << 4 | hex_value(text[0]);
      text.remove_prefix(1);
    }
    address[i] = static_cast<std::uint8_t>(value);
  }
  return text.empty() ? std::optional(address) : std::nullopt;
}

Ip6Address network_of(const Ip6Address& address, std::uint32_t length) {
  Ip6Address out{};
  for (std::size_t i = 0; i < out.size(); ++i) {
    const std::uint32_t before = static_cast<std::uint32_t>(i) * 8;
    const std::uint32_t bits = std::clamp(length, before, before + 8) - before;
    out[i] = static_cast<std::uint8_t>(address[i] & (0xff00u >> bits));
  }
  return out;
}

std::string format_ip4(std::uint32_t address) { return packet::ip4_text(address); }

std::string format_ip6(const Ip6Address& address) {
  return packet::ip6_text(std::as_bytes(std::span(address)));
}

std::string format_mac(const MacAddress& address) {
  return packet::mac_text(std::as_bytes(std::span(address)));
}

}  // namespace weir::filter
