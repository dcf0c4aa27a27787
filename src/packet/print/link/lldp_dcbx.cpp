// Data Center Bridging Exchange, before IEEE 802.1 took it over.
#include <algorithm>

#include "packet/print/link/lldp_organizations.h"
#include "packet/print/named.h"
#include "packet/print/pieces.h"

namespace weir::packet::lldp {
namespace data_centers {
namespace {

void print_versions(Line& line, const View& value) {
  line.print("\n\t      Oper_Version: {}", value.u8(0));
  line.print("\n\t      Max_Version: {}", value.u8(1));
}

void print_feature(Line& line, const View& value) {
  print_versions(line, value);
  const unsigned bits = value.u8(2);
  line.print("\n\t      Info block(0x{:02X}): Enable bit: {}, Willing bit: {}, Error Bit: {}", bits,
             bits >> 7 & 1, bits >> 6 & 1, bits >> 5 & 1);
  line.print("\n\t      SubType: {}", value.u8(3));
}

void print_control(Line& line, const View& value) {
  print_versions(line, value);
  line.print("\n\t      Sequence Number: {}", value.u32(2));
  line.print("\n\t      Acknowledgement Number: {}", value.u32(6));
}

void print_groups(Line& line, const View& value) {
  print_feature(line, value);
  line.put("\n\t      Priority Allocation");
  const std::uint32_t groups = value.u32(4);
  for (unsigned i = 0; i < 8; ++i)
    line.print("\n\t          PgId_{}: {}", i, groups >> (28 - 4 * i) & 0x0f);
  line.put("\n\t      Priority Group Allocation");
  for (unsigned i = 0; i < 8; ++i)
    line.print("\n\t          Pg percentage[{}]: {}", i, value.u8(8 + i));
  line.print("\n\t      NumTCsSupported: {}", value.u8(16));
}

void print_flow_control(Line& line, const View& value) {
  print_feature(line, value);
  const unsigned bits = value.u8(4);
  line.print("\n\t      PFC Config (0x{:02X})", bits);
  for (unsigned i = 0; i < 8; ++i) {
    line.print("\n\t          Priority Bit {}: {}", i,
               (bits >> i & 1) != 0 ? "Enabled" : "Disabled");
  }
  line.print("\n\t      NumTCPFCSupported: {}", value.u8(5));
}

void print_applications(Line& line, const View& value) {
  constexpr std::size_t kFixed = 4, kEntry = 6;
  print_feature(line, value);
  for (View left = value.from(kFixed); left.length() >= kEntry && !line.cut();
       left = left.from(kEntry)) {
    line.put("\n\t      Application Value");
    line.print("\n\t          Application Protocol ID: 0x{:04x}", left.u16(0));
    const std::uint32_t selector = left.u24(2);
    line.print("\n\t          SF (0x{:x}) Application Protocol ID is {}", selector >> 22,
               selector >> 22 != 0 ? "Socket Number" : "L2 EtherType");
    line.print("\n\t          OUI: 0x{:06x}", selector & 0x3fffff);
    line.print("\n\t          User Priority Map: 0x{:02x}", left.u8(5));
  }
}

struct Element {
  std::uint8_t type;
  std::string_view name;
  std::size_t min;
  void (*print)(Line&, const View&);
};
constexpr Element kElements[] = {
    {1, "Control - Protocol Control", 10, print_control},
    {2, "Feature - Priority Group", 17, print_groups},
    {3, "Feature - Priority Flow Control", 6, print_flow_control},
    {4, "Feature - Application", 4, print_applications},
};

// Returns its length; 0 when nothing can follow. `unknown` is as print_dcbx() returns it.
std::size_t print_element(Line& line, const View& left, bool& unknown) {
  constexpr std::size_t kHeader = 2;
  if (!left.has(0, kHeader)) return 0;
  const std::uint16_t head = left.u16(0);
  const auto type = static_cast<std::uint8_t>(head >> 9);
  const std::size_t length = head & 0x1ffu;
  unknown = false;
  if (type == 0 || length == 0) return 0;
  if (!left.has(kHeader, length) || left.length() - kHeader < length) return 0;
  const View value = left.from(kHeader).claiming(length);
  const auto found = std::ranges::find(kElements, type, &Element::type);
  unknown = found == std::ranges::end(kElements);
  if (!unknown) {
    if (length < found->min) return 0;
    line.print("\n\t    {} (type 0x{:x}, length {})", found->name, type, length);
    found->print(line, value);
  }
  if (line.verbose(unknown ? 1 : 2)) put_unknown(line, value, 0, length, "\n\t    ");
  return kHeader + length;
}

}  // namespace
}  // namespace data_centers

bool print_dcbx(Line& line, const View& value) {
  static constexpr Named kSubtypes[] = {{1, "DCB Capability Exchange Protocol Rev 1"},
                                        {2, "DCB Capability Exchange Protocol Rev 1.01"}};
  if (value.length() < 4) return false;
  const std::uint8_t subtype = value.u8(3);
  line.print("\n\t  {} Subtype ({})", name_of(kSubtypes, subtype, "unknown"), subtype);
  if (subtype == 1) return true;
  bool unknown = false;
  View left = value.from(4);
  while (left.length() >= 2 && !line.cut()) {
    const std::size_t length = data_centers::print_element(line, left, unknown);
    if (length == 0) break;
    left = left.from(length);
  }
  return unknown;
}

}  // namespace weir::packet::lldp
