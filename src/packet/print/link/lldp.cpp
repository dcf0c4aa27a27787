// Link Layer Discovery Protocol (IEEE 802.1AB).
#include <algorithm>

#include "packet/print/link/lldp_organizations.h"
#include "packet/print/named.h"
#include "packet/print/pieces.h"
#include "packet/print/printers.h"
#include "packet/print/registries.h"

namespace weir::packet::lldp {
namespace elements {
namespace {

constexpr Protocol kLldp{.name = "lldp"};
constexpr Field kType{.name = "lldp.tlv.type"};
constexpr Field kLength{.name = "lldp.tlv.len"};
constexpr Field kTimeToLive{.name = "lldp.time_to_live"};
constexpr Field kPortDescription{.name = "lldp.port.desc", .show = Show::kText};
constexpr Field kSystemName{.name = "lldp.tlv.system.name", .show = Show::kText};
constexpr Field kSystemDescription{.name = "lldp.tlv.system.desc", .show = Show::kText};

constexpr std::size_t kHeader = 2;
constexpr std::uint8_t kSystemNameType = 5;

// What is to be done after a value.
enum class Then : std::uint8_t { kNext, kDump, kCut };

// An address behind its family; false when it is too short for it.
bool print_network_address(Line& line, const View& address) {
  struct AddressFamily {
    std::uint8_t family;
    std::size_t size;
  };
  static constexpr AddressFamily kSizes[] = {{1, 4}, {2, 16}, {6, 6}};
  if (address.length() < 1) return false;
  const std::uint8_t family = address.u8(0);
  const auto found = std::ranges::find(kSizes, family, &AddressFamily::family);
  const bool known = found != std::ranges::end(kSizes);
  if (known && address.length() - 1 < found->size) return false;
  line.print("AFI {} ({})", address_family_text(family), family);
  if (!known) line.put(", no AF printer !");
  if (!known) return true;
  line.put(": ");
  if (family == 1) line.host4(address.u32(1));
  if (family == 2) line.host6(address.bytes(1, 16));
  if (family == 6) line.station(address.bytes(1, 6));
  return true;
}

// How the identifier of a chassis or port is shown, by its subtype.
enum class Shown : std::uint8_t { kText, kStation, kNetworkAddress };
struct Subtype {
  std::uint8_t number;
  std::string_view name;
  Shown shown = Shown::kText;
};
constexpr Subtype kChassisSubtypes[] = {
    {1, "Chassis component"},
    {2, "Interface alias"},
    {3, "Port component"},
    {4, "MAC address", Shown::kStation},
    {5, "Network address", Shown::kNetworkAddress},
    {6, "Interface name"},
    {7, "Local"},
};
constexpr Subtype kPortSubtypes[] = {
    {1, "Interface alias"},
    {2, "Port component"},
    {3, "MAC address", Shown::kStation},
    {4, "Network Address", Shown::kNetworkAddress},
    {5, "Interface Name"},
    {6, "Agent circuit ID"},
    {7, "Local"},
};

Then print_identifier(Line& line, const View& value, std::span<const Subtype> subtypes) {
  if (value.length() < 2) return Then::kCut;
  const std::uint8_t number = value.u8(0);
  const auto found = std::ranges::find(subtypes, number, &Subtype::number);
  const bool known = found != subtypes.end();
  line.print("\n\t  Subtype {} ({}): ", known ? found->name : "Unknown", number);
  if (!known) return Then::kDump;
  if (found->shown == Shown::kText) {
    line.zero_padded(value, 1, value.length() - 1);
  } else if (found->shown == Shown::kStation) {
    if (value.length() < 7) return Then::kCut;
    line.station(value.bytes(1, 6));
  } else if (!print_network_address(line, value.from(1))) {
    return Then::kCut;
  }
  return Then::kNext;
}

Then print_chassis(Line& line, const View& value) {
  return print_identifier(line, value, kChassisSubtypes);
}

Then print_port(Line& line, const View& value) {
  return print_identifier(line, value, kPortSubtypes);
}

Then print_time_to_live(Line& line, const View& value) {
  if (value.length() < 2) return Then::kCut;
  line.field(kTimeToLive, value, 0, 2);
  line.print(": TTL {}s", value.u16(0));
  return Then::kNext;
}

Then print_port_description(Line& line, const View& value) {
  line.field(kPortDescription, value, 0, value.length());
  line.put(": ");
  line.zero_padded(value, 0, value.length());
  return Then::kNext;
}

Then print_system_name(Line& line, const View& value) {
  line.field(kSystemName, value, 0, value.length());
  line.put(": ");
  line.zero_padded(value, 0, value.length());
  return Then::kNext;
}

Then print_system_description(Line& line, const View& value) {
  line.field(kSystemDescription, value, 0, value.length());
  line.put("\n\t  ");
  line.zero_padded(value, 0, value.length());
  return Then::kNext;
}

Then print_capabilities(Line& line, const View& value) {
  static constexpr Named kCapabilities[] = {
      {0x01, "Other"},  {0x02, "Repeater"},  {0x04, "Bridge"}, {0x08, "WLAN AP"},
      {0x10, "Router"}, {0x20, "Telephone"}, {0x40, "Docsis"}, {0x80, "Station Only"},
  };
  if (value.length() < 4) return Then::kCut;
  const std::uint16_t all = value.u16(0);
  const std::uint16_t enabled = value.u16(2);
  line.print("\n\t  System  Capabilities [{}] (0x{:04x})",
             bit_names(kCapabilities, all, ", ", "none"), all);
  line.print("\n\t  Enabled Capabilities [{}] (0x{:04x})",
             bit_names(kCapabilities, enabled, ", ", "none"), enabled);
  return Then::kNext;
}

Then print_management_address(Line& line, const View& value) {
  constexpr std::size_t kNumbering = 5;
  static constexpr Named kNumberings[] = {{2, "Interface Index"}, {3, "System Port Number"}};
  if (value.length() < 1) return Then::kCut;
  const std::size_t length = value.u8(0);
  if (value.length() - 1 < length) return Then::kCut;
  const std::size_t before = line.text().size();
  line.print("\n\t  Management Address length {}, ", length);
  if (!print_network_address(line, value.from(1).claiming(length))) {
    line.text().shrink(before);
    return Then::kCut;
  }
  const View interface = value.from(1 + length);
  if (interface.length() < kNumbering) return Then::kCut;
  const std::uint8_t numbering = interface.u8(0);
  line.print("\n\t  {} Interface Numbering ({}): {}", name_of(kNumberings, numbering, "Unknown"),
             numbering, interface.u32(1));
  const View object = interface.from(kNumbering);
  if (object.length() == 0) return Then::kNext;
  const std::size_t object_length = object.u8(0);
  if (object.length() - 1 < object_length) return Then::kCut;
  if (object_length == 0) return Then::kNext;
  line.print("\n\t  OID length {}", object_length);
  line.zero_padded(object, 1, object_length);
  return Then::kNext;
}

struct Organization {
  std::uint32_t number;
  bool (*print)(Line&, const View&);
};
constexpr Organization kOrganizations[] = {
    {0x0080c2, print_8021}, {0x00120f, print_8023}, {0x00005e, print_iana},
    {0x0012bb, print_tia},  {0x001b21, print_dcbx},
};

Then print_organization(Line& line, const View& value) {
  if (value.length() < 3) return Then::kCut;
  const std::uint32_t number = value.u24(0);
  // The name that IEEE 802.1 has here differs from the one that SNAP headers have for it.
  line.print(": OUI {} (0x{:06x})", organization_text(number), number);
  const auto found = std::ranges::find(kOrganizations, number, &Organization::number);
  if (found == std::ranges::end(kOrganizations)) return Then::kDump;
  return found->print(line, value) ? Then::kDump : Then::kNext;
}

struct Element {
  std::uint8_t type;
  std::string_view name;
  Then (*print)(Line&, const View&);
};
constexpr Element kElements[] = {
    {0, "End", nullptr},
    {1, "Chassis ID", print_chassis},
    {2, "Port ID", print_port},
    {3, "Time to Live", print_time_to_live},
    {4, "Port Description", print_port_description},
    {kSystemNameType, "System Name", print_system_name},
    {6, "System Description", print_system_description},
    {7, "System Capabilities", print_capabilities},
    {8, "Management Address", print_management_address},
    {127, "Organization specific", print_organization},
};

Then print_value(Line& line, std::uint8_t type, const Element* element, const View& value) {
  if (element == nullptr) return Then::kDump;
  // Without -v, nothing but the name.
  if (!line.verbose() && type != kSystemNameType) return Then::kNext;
  return element->print(line, value);
}

// Returns its length; 0 when nothing can follow.
std::size_t print_element(Line& line, const View& left) {
  const std::uint16_t head = left.u16(0);
  const auto type = static_cast<std::uint8_t>(head >> 9);
  const std::size_t length = head & 0x1ffu;
  const auto found = std::ranges::find(kElements, type, &Element::type);
  const Element* element = found == std::ranges::end(kElements) ? nullptr : found;
  line.field(kType, left, 0, 2, std::uint64_t{type});
  line.field(kLength, left, 0, 2, std::uint64_t{length});
  if (line.verbose()) {
    line.print("\n\t{} TLV ({}), length {}", element != nullptr ? element->name : "Unknown", type,
               length);
  }
  if (type == 0 || length == 0) return 0;
  if (!left.has(kHeader, length) || left.length() - kHeader < length) {
    line.put_cut();
    return 0;
  }
  const View value = left.from(kHeader).claiming(length);
  const Then then = print_value(line, type, element, value);
  if (then == Then::kCut) line.put_cut();
  if (then == Then::kCut) return 0;
  if (line.verbose(2) || (line.verbose() && then == Then::kDump))
    put_unknown(line, value, 0, length, "\n\t  ");
  return kHeader + length;
}

}  // namespace
}  // namespace elements

void print(Line& line, const View& view) {
  using namespace elements;
  line.begin_layer(kLldp, view);
  line.print("LLDP, length {}", view.length());
  View left = view;
  while (left.length() >= kHeader && !line.cut()) {
    if (!left.has(0, kHeader)) return line.put_cut();
    const std::size_t length = print_element(line, left);
    if (length == 0) return;
    left = left.from(length);
  }
}

}  // namespace weir::packet::lldp
