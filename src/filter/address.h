// Addresses: text to numbers and back.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/names.h"

namespace weir::filter {

// One to four decimal numbers up to 255 with dots between. Fewer than four are the network's part.
struct DottedAddress {
  std::uint32_t value;  // host order, in the upper `bits`; the rest is 0
  unsigned bits;        // 8, 16, 24 or 32

  std::uint32_t mask() const { return UINT32_MAX << (32 - bits); }
};
std::optional<DottedAddress> parse_dotted(std::string_view text);

// `area.node`: the area in the upper six bits, the node in the lower ten.
std::optional<std::uint16_t> parse_decnet(std::string_view text);

// RFC 4291; dotted parts as inet_pton(3) takes them, without leading zeros. No zone.
std::optional<Ip6Address> parse_ip6(std::string_view text);

// Six groups with any of `:`, `-`, `.` between, three groups of four digits, or twelve digits.
std::optional<MacAddress> parse_mac(std::string_view text);

// The mask of an IPv4 prefix.
constexpr std::uint32_t mask_of(std::uint32_t prefix) {
  return prefix == 0 ? 0 : UINT32_MAX << (32 - prefix);
}
// The address with only its first `length` bits.
Ip6Address network_of(const Ip6Address& address, std::uint32_t length);

std::string format_ip4(std::uint32_t address);
std::string format_ip6(const Ip6Address& address);  // RFC 5952
std::string format_mac(const MacAddress& address);

}  // namespace weir::filter
