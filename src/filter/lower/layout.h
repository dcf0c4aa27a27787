// Where the headers of a packet lie, as known at one point of the text. Each encapsulation that the
// text names (`vlan`, `mpls`, ...) changes it for what follows.
#pragma once

#include <cstdint>
#include <string>

#include <weir/link_type.h>

#include "filter/ir/ir.h"

namespace weir::filter::lower {

// An offset from the start of the packet: value(base) + constant, or constant alone.
struct Offset {
  ir::ValueId base = ir::kNone;
  std::uint32_t constant = 0;

  friend bool operator==(const Offset&, const Offset&) = default;
};

struct Layout {
  LinkType link_type = LinkType::kEn10mb;
  Offset link_header;
  // The field that says what the payload is.
  Offset type_field;
  bool has_type_field = true;
  Offset payload;
  // From the payload to the network header, with and without an LLC SNAP header before it.
  std::uint32_t network = 0;
  std::uint32_t network_without_snap = 0;

  std::uint32_t vlan_depth = 0;
  std::uint32_t mpls_depth = 0;
  // The link header is the inner one of a Geneve packet, which need not have one.
  bool may_lack_link_header = false;

  // Inside `ip6ext { ... }`: the protocol and place of what follows the extension headers.
  bool past_extensions = false;
  ir::ValueId ip6_protocol = ir::kNone;
  ir::ValueId ip6_transport = ir::kNone;
};

// The link types whose layout is known, in the order of the manual.
bool is_filtered(LinkType type);
std::string filtered_link_types();

// Blank when the link type is not filtered. `radiotap`: the value of the radiotap header's length;
// `wlan_payload`: the value of the offset behind the 802.11 header.
Layout first_layout(LinkType type, ir::ValueId radiotap, ir::ValueId wlan_payload);

bool is_wlan(LinkType type);

}  // namespace weir::filter::lower
