// What IEEE 802.3 (clause 79) and the IANA (RFC 8520) define for LLDP.
#include "packet/print/link/lldp_organizations.h"
#include "packet/print/link/lldp_subtypes.h"
#include "packet/print/named.h"
#include "packet/print/pieces.h"

namespace weir::packet::lldp {
namespace media {
namespace {

constexpr Named kNegotiation[] = {{0x1, "supported"}, {0x2, "enabled"}};
constexpr Named kMedia[] = {{0x4000, "10BASE-T hdx"},
                            {0x2000, "10BASE-T fdx"},
                            {0x1000, "100BASE-T4"},
                            {0x800, "100BASE-TX hdx"},
                            {0x400, "100BASE-TX fdx"},
                            {0x200, "100BASE-T2 hdx"},
                            {0x100, "100BASE-T2 fdx"},
                            {0x80, "Pause for fdx links"},
                            {0x40, "Asym PAUSE for fdx"},
                            {0x20, "Sym PAUSE for fdx"},
                            {0x10, "Asym and Sym PAUSE for fdx"},
                            {0x8, "1000BASE-{X LX SX CX} hdx"},
                            {0x4, "1000BASE-{X LX SX CX} fdx"},
                            {0x2, "1000BASE-T hdx"},
                            {0x1, "1000BASE-T fdx"}};
constexpr Named kMauTypes[] = {{0, "Unknown"},
                               {1, "AUI"},
                               {2, "10BASE_5"},
                               {3, "FOIRL"},
                               {4, "10BASE2"},
                               {5, "10BASET duplex mode unknown"},
                               {6, "10BASEFP"},
                               {7, "10BASEFB"},
                               {8, "10BASEFL duplex mode unknown"},
                               {9, "10BROAD36"},
                               {10, "10BASET hdx"},
                               {11, "10BASET fdx"},
                               {12, "10BASEFL hdx"},
                               {13, "10BASEFL fdx"},
                               {14, "100BASET4"},
                               {15, "100BASETX hdx"},
                               {16, "100BASETX fdx"},
                               {17, "100BASEFX hdx"},
                               {18, "100BASEFX fdx"},
                               {19, "100BASET2 hdx"},
                               {20, "100BASET2 fdx"},
                               {21, "1000BASEX hdx"},
                               {22, "1000BASEX fdx"},
                               {23, "1000BASELX hdx"},
                               {24, "1000BASELX fdx"},
                               {25, "1000BASESX hdx"},
                               {26, "1000BASESX fdx"},
                               {27, "1000BASECX hdx"},
                               {28, "1000BASECX fdx"},
                               {29, "1000BASET hdx"},
                               {30, "1000BASET fdx"},
                               {31, "10GBASEX"},
                               {32, "10GBASELX4"},
                               {33, "10GBASER"},
                               {34, "10GBASEER"},
                               {35, "10GBASELR"},
                               {36, "10GBASESR"},
                               {37, "10GBASEW"},
                               {38, "10GBASEEW"},
                               {39, "10GBASELW"},
                               {40, "10GBASESW"}};
constexpr Named kPower[] = {
    {0x1, "PSE"}, {0x2, "supported"}, {0x4, "enabled"}, {0x8, "can be controlled"}};
constexpr Named kPairs[] = {{1, "signal"}, {2, "spare"}};
constexpr Named kClasses[] = {
    {1, "class0"}, {2, "class1"}, {3, "class2"}, {4, "class3"}, {5, "class4"}};
constexpr Named kAggregation[] = {{0x1, "supported"}, {0x2, "enabled"}};

// In each, `value` begins with the organization, and the first byte of interest is the fifth.

void print_physical(Line& line, const View& value) {
  if (value.length() < 9) return;
  const std::uint8_t negotiation = value.u8(4);
  line.print("\n\t    autonegotiation [{}] (0x{:02x})",
             bit_names(kNegotiation, negotiation, ", ", "none"), negotiation);
  const std::uint16_t able = value.u16(5);
  line.print("\n\t    PMD autoneg capability [{}] (0x{:04x})",
             bit_names(kMedia, able, ", ", "unknown"), able);
  const std::uint16_t type = value.u16(7);
  line.print("\n\t    MAU type {} (0x{:04x})", name_of(kMauTypes, type, "unknown"), type);
}

void print_power(Line& line, const View& value) {
  if (value.length() < 7) return;
  line.print("\n\t    MDI power support [{}], power pair {}, power class {}",
             bit_names(kPower, value.u8(4), ", ", "none"), name_of(kPairs, value.u8(5), "unknown"),
             name_of(kClasses, value.u8(6), "unknown"));
}

void print_aggregation(Line& line, const View& value) {
  if (value.length() < 9) return;
  line.print("\n\t    aggregation status [{}], aggregation port ID {}",
             bit_names(kAggregation, value.u8(4), ", ", "none"), value.u32(5));
}

void print_size(Line& line, const View& value) {
  if (value.length() < 6) return;
  line.print("\n\t    MTU size {}", value.u16(4));
}

constexpr KnownSubtype kSubtypes[] = {
    {1, "MAC/PHY configuration/status", print_physical},
    {2, "Power via MDI", print_power},
    {3, "Link aggregation", print_aggregation},
    {4, "Max frame size", print_size},
};

}  // namespace
}  // namespace media

bool print_8023(Line& line, const View& value) {
  return print_subtype(line, value, media::kSubtypes);
}

bool print_iana(Line& line, const View& value) {
  constexpr std::uint8_t kUsageUrl = 1;
  constexpr std::size_t kMinimum = 8, kHeader = 4;
  if (value.length() < kMinimum) return false;
  const std::uint8_t number = value.u8(3);
  line.print("\n\t  {} Subtype ({})", number == kUsageUrl ? "MUD-URL" : "unknown", number);
  if (number != kUsageUrl) return true;
  line.put("\n\t  MUD-URL=");
  put_counted(line, value, kHeader, value.length() - kHeader);
  return false;
}

}  // namespace weir::packet::lldp
