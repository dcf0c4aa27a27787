// Names that only one place in the grammar knows: 802.11 frame types, LLC commands, packet filter
// reasons, flags. Unlike the words of the language they are recognised in any case.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace weir::filter {

struct NamedValue {
  std::string_view name;
  std::uint8_t value;
};
using NamedValues = std::span<const NamedValue>;

NamedValues wlan_types();
// Of a frame type (0x00, 0x04 or 0x08); empty for any other value.
NamedValues wlan_subtypes(std::uint8_t type);
NamedValues wlan_directions();
NamedValues llc_s_commands();
NamedValues llc_u_commands();
NamedValues pf_reasons();
NamedValues pf_actions();
NamedValues tcp_flags();
NamedValues ip_flags();

std::optional<std::uint8_t> find_value(NamedValues values, std::string_view name);

// `did you mean` or a list of what there is, for a hint.
std::string suggest_value(NamedValues values, std::string_view name);

}  // namespace weir::filter
