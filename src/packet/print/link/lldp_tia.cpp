// What telephones and their like tell with LLDP (LLDP-MED, ANSI/TIA-1057).
#include <algorithm>

#include "packet/print/link/lldp_organizations.h"
#include "packet/print/named.h"
#include "packet/print/pieces.h"

namespace weir::packet::lldp {
namespace endpoints {
namespace {

constexpr Named kCapabilities[] = {
    {0x1, "LLDP-MED capabilities"},      {0x2, "network policy"},
    {0x4, "location identification"},    {0x8, "extended power via MDI-PSE"},
    {0x10, "extended power via MDI-PD"}, {0x20, "Inventory"}};
constexpr Named kDeviceTypes[] = {{1, "endpoint class 1"},
                                  {2, "endpoint class 2"},
                                  {3, "endpoint class 3"},
                                  {4, "network connectivity"}};
constexpr Named kApplications[] = {{1, "voice"},           {2, "voice signaling"},
                                   {3, "guest voice"},     {4, "guest voice signaling"},
                                   {5, "softphone voice"}, {6, "video conferencing"},
                                   {7, "streaming video"}, {8, "video signaling"}};
constexpr Named kPolicyFlags[] = {{0x80, "Unknown"}, {0x40, "Tagged"}, {0x20, "reserved"}};
constexpr Named kFormats[] = {
    {1, "coordinate-based LCI"}, {2, "civic address LCI"}, {3, "ECS ELIN"}};
constexpr Named kData[] = {{1, "World Geodesic System 1984"},
                           {2, "North American Datum 1983 (NAVD88)"},
                           {3, "North American Datum 1983 (MLLW)"}};
constexpr Named kSources[] = {{1, "PSE - primary power source"},
                              {2, "local - backup power source"},
                              {3, "PSE+local - reserved"}};
constexpr Named kPriorities[] = {{1, "critical"}, {2, "high"}, {3, "low"}};
constexpr Named kAltitudes[] = {{1, "meters"}, {2, "floors"}};
constexpr Named kCivicTypes[] = {
    {1, "national subdivisions (state,canton,region,province,prefecture)"},
    {2, "county, parish, gun, district"},
    {3, "city, township, shi"},
    {4, "city division, borough, city district, ward chou"},
    {5, "neighborhood, block"},
    {6, "street"}};
constexpr Named kWhat[] = {
    {0, "location of DHCP server"},
    {1, "location of the network element believed to be closest to the client"},
    {2, "location of the client"}};

// In each, `value` begins with the organization, and the first byte of interest is the fifth.

void print_capabilities(Line& line, const View& value) {
  if (value.length() < 7) return;
  const std::uint16_t able = value.u16(4);
  line.print("\n\t    Media capabilities [{}] (0x{:04x})",
             bit_names(kCapabilities, able, ", ", "none"), able);
  const std::uint8_t device = value.u8(6);
  line.print("\n\t    Device type [{}] (0x{:02x})", name_of(kDeviceTypes, device, "unknown"),
             device);
}

void print_policy(Line& line, const View& value) {
  if (value.length() < 8) return;
  const std::uint8_t application = value.u8(4);
  line.print("\n\t    Application type [{}] (0x{:02x})",
             name_of(kApplications, application, "none"), application);
  line.print(", Flags [{}]", bit_names(kPolicyFlags, value.u8(5), ", ", "none"));
  line.print("\n\t    Vlan id {}", (value.u16(5) & 0x1ffe) >> 1);
  const std::uint16_t rest = value.u16(6);
  line.print(", L2 priority {}, DSCP value {}", (rest & 0x01ff) >> 6, rest & 0x3f);
}

// Latitude or longitude: 6 bits of resolution, 34 of value.
void print_degrees(Line& line, const View& value, std::size_t at, std::string_view upper,
                   std::string_view lower) {
  const std::uint64_t degrees = std::uint64_t{value.u8(at) & 3u} << 32 | value.u32(at + 1);
  line.print("\n\t    {} resolution {}, {} value {}", upper, value.u8(at) >> 2, lower, degrees);
}

void print_coordinates(Line& line, const View& value) {
  if (value.length() < 21) return;
  print_degrees(line, value, 5, "Latitude", "latitude");
  print_degrees(line, value, 10, "Longitude", "longitude");
  const unsigned altitude = value.u8(15) >> 4;
  line.print("\n\t    Altitude type {} ({})", name_of(kAltitudes, altitude, "unknown"), altitude);
  line.print("\n\t    Altitude resolution {}, altitude value 0x{:x}", value.u16(15) >> 6 & 0x3f,
             value.u32(16) & 0x3fffffff);
  const std::uint8_t datum = value.u8(20);
  line.print("\n\t    Datum {} (0x{:02x})", name_of(kData, datum, "unknown"), datum);
}

// Returns how long it is; 0 when nothing can follow.
std::size_t print_civic_element(Line& line, const View& left) {
  if (left.length() < 2) return 0;
  const std::uint8_t type = left.u8(0);
  const std::size_t length = left.u8(1);
  line.print("\n\t      CA type '{}' ({}), length {}: ", name_of(kCivicTypes, type, "unknown"),
             type, length);
  if (type == 0 || length == 0 || left.length() - 2 < length) return 0;
  line.zero_padded(left, 2, length);
  return 2 + length;
}

void print_civic_address(Line& line, const View& value) {
  constexpr std::size_t kFixed = 3;  // of what the length counts
  if (value.length() < 6) return;
  const std::size_t length = value.u8(5);
  if (length < kFixed || value.length() < 7 + length) return;
  const std::uint8_t what = value.u8(6);
  line.print("\n\t    LCI length {}, LCI what {} (0x{:02x}), Country-code ", length,
             name_of(kWhat, what, "unknown"), what);
  line.zero_padded(value, 7, 2);
  View left = value.from(9).claiming(length - kFixed);
  while (left.length() != 0 && !line.cut()) {
    const std::size_t taken = print_civic_element(line, left);
    if (taken == 0) return;
    left = left.from(taken);
  }
}

void print_location(Line& line, const View& value) {
  if (value.length() < 5) return;
  const std::uint8_t format = value.u8(4);
  line.print("\n\t    Location data format {} (0x{:02x})", name_of(kFormats, format, "unknown"),
             format);
  if (format == 1) return print_coordinates(line, value);
  if (format == 2) return print_civic_address(line, value);
  if (format == 3) {
    line.put("\n\t    ECS ELIN id ");
    line.zero_padded(value, 5, value.length() - 5);
  } else {
    line.put("\n\t    Location ID ");
    put_unknown(line, value, 5, value.length() - 5, "\n\t      ");
  }
}

void print_power(Line& line, const View& value) {
  constexpr std::uint16_t kReserved = 1024;
  if (value.length() < 7) return;
  const unsigned bits = value.u8(4);
  line.print("\n\t    Power type [{}]", (bits & 3) != 0 ? "PD device" : "PSE device");
  line.print(", Power source [{}]", name_of(kSources, bits >> 4 & 3, "none"));
  line.print("\n\t    Power priority [{}] (0x{:02x})", name_of(kPriorities, bits & 0x0f, "none"),
             bits & 0x0f);
  const std::uint16_t power = value.u16(5);
  if (power < kReserved) {
    line.print(", Power {:.1f} Watts", power / 10.0);
  } else {
    line.print(", Power {} (Reserved)", power);
  }
}

struct Subtype {
  std::uint8_t number;
  std::string_view name;
  std::string_view title;  // of a text
  void (*print)(Line&, const View&) = nullptr;
};
constexpr Subtype kSubtypes[] = {
    {1, "LLDP-MED Capabilities", {}, print_capabilities},
    {2, "Network policy", {}, print_policy},
    {3, "Location identification", {}, print_location},
    {4, "Extended power-via-MDI", {}, print_power},
    {5, "Inventory - hardware revision", "Hardware revision"},
    {6, "Inventory - firmware revision", "Firmware revision"},
    {7, "Inventory - software revision", "Software revision"},
    {8, "Inventory - serial number", "Serial number"},
    {9, "Inventory - manufacturer name", "Manufacturer name"},
    {10, "Inventory - model name", "Model name"},
    {11, "Inventory - asset ID", "Asset ID"},
};

}  // namespace
}  // namespace endpoints

bool print_tia(Line& line, const View& value) {
  using namespace endpoints;
  constexpr std::size_t kHeader = 4;
  if (value.length() < kHeader) return false;
  const std::uint8_t number = value.u8(3);
  const auto found = std::ranges::find(kSubtypes, number, &Subtype::number);
  const bool known = found != std::ranges::end(kSubtypes);
  line.print("\n\t  {} Subtype ({})", known ? found->name : "unknown", number);
  if (!known) return true;
  if (found->print != nullptr) {
    found->print(line, value);
  } else {
    line.print("\n\t  {} ", found->title);
    line.zero_padded(value, kHeader, value.length() - kHeader);
  }
  return false;
}

}  // namespace weir::packet::lldp
