// The attributes of RADIUS, and how their values are shown.
#pragma once

#include <cstdint>
#include <string_view>

#include "packet/print/line.h"
#include "packet/print/view.h"

namespace weir::packet::radius {

struct Attribute {
  std::string_view name;
  void (*print)(Line&, const View&) = nullptr;  // null when nothing is shown of the value
};

Attribute attribute_of(std::uint8_t type);

// A value is as long as its view claims.
void print_text(Line& line, const View& value);
void print_tagged_text(Line& line, const View& value);
void print_tunnel_password(Line& line, const View& value);
void print_vlan_name(Line& line, const View& value);
void print_eap(Line& line, const View& value);
void print_vendor(Line& line, const View& value);
// False, and said so, when the value has another length.
bool has_length(Line& line, const View& value, std::size_t length);
// Numbers of four bytes.
bool is_number(Line& line, const View& value);
void print_number(Line& line, const View& value);
void print_seconds(Line& line, const View& value);
void print_ipx_network(Line& line, const View& value);
void print_appletalk_link(Line& line, const View& value);
void print_appletalk_network(Line& line, const View& value);
void print_preference(Line& line, const View& value);
void print_vlan(Line& line, const View& value);
void print_time(Line& line, const View& value);
void print_error_cause(Line& line, const View& value);
// Addresses.
void print_address(Line& line, const View& value);
void print_chosen_address(Line& line, const View& value);
void print_address6(Line& line, const View& value);
void print_prefix6(Line& line, const View& value);
void print_mip6_prefix(Line& line, const View& value);
void print_mip6_features(Line& line, const View& value);
// AppleTalk Remote Access.
void print_arap_password(Line& line, const View& value);
void print_arap_features(Line& line, const View& value);
void print_arap_response(Line& line, const View& value);
// Places (RFC 5580).
void print_operator(Line& line, const View& value);
void print_location_information(Line& line, const View& value);
void print_location_data(Line& line, const View& value);
void print_location_policy(Line& line, const View& value);

}  // namespace weir::packet::radius
