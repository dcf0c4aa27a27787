// Forwarding equivalence classes of LDP: prefixes (RFC 5036) and pseudowires (RFC 4447, RFC 5085).
#include "packet/print/named.h"
#include "packet/print/pieces.h"
#include "packet/print/routing/bgp_parts.h"
#include "packet/print/routing/ldp_elements.h"

namespace weir::packet::ldp {
namespace classes {
namespace {

enum Class : std::uint8_t { kPrefix = 2, kPseudowire = 0x80 };
constexpr Named kClasses[] = {
    {1, "Wildcard"}, {kPrefix, "Prefix"}, {3, "Host address"}, {kPseudowire, "Martini VC"}};

constexpr Named kPseudowires[] = {
    {0x0000, "Reserved"},
    {0x0001, "Frame Relay DLCI (Martini Mode)"},
    {0x0002, "ATM AAL5 SDU VCC transport"},
    {0x0003, "ATM transparent cell transport"},
    {0x0004, "Ethernet VLAN"},
    {0x0005, "Ethernet"},
    {0x0006, "Cisco-HDLC"},
    {0x0007, "PPP"},
    {0x0008, "SONET/SDH Circuit Emulation Service over MPLS"},
    {0x0009, "ATM n-to-one VCC cell transport"},
    {0x000a, "ATM n-to-one VPC cell transport"},
    {0x000b, "IP Layer2 Transport"},
    {0x000c, "ATM one-to-one VCC Cell Mode"},
    {0x000d, "ATM one-to-one VPC Cell Mode"},
    {0x000e, "ATM AAL5 PDU VCC transport"},
    {0x000f, "Frame-Relay Port mode"},
    {0x0010, "SONET/SDH Circuit Emulation over Packet"},
    {0x0011, "Structure-agnostic E1 over Packet"},
    {0x0012, "Structure-agnostic T1 (DS1) over Packet"},
    {0x0013, "Structure-agnostic E3 over Packet"},
    {0x0014, "Structure-agnostic T3 (DS3) over Packet"},
    {0x0015, "CESoPSN basic mode"},
    {0x0016, "TDMoIP basic mode"},
    {0x0017, "CESoPSN TDM with CAS"},
    {0x0018, "TDMoIP TDM with CAS"},
    {0x0019, "Frame Relay DLCI"},
    {0x0040, "IP-interworking"},
};

void print_prefix(Line& line, const View& value) {
  if (!has_length(line, value, 2)) return;
  const std::uint16_t family = value.u16(0);
  if (family != 1 && family != 2) return line.print(": Address family {} prefix", family);
  const View prefix = value.from(2);
  const bgp::Route route = family == 1 ? bgp::read_prefix4(line, prefix, prefix.length())
                                       : bgp::read_prefix6(line, prefix, prefix.length());
  if (route.taken == bgp::Route::kCut) return prefix.mark().set();
  const int version = family == 1 ? 4 : 6;
  if (route.taken == bgp::Route::kIllegal)
    return line.print(": IPv{} prefix (invalid length)", version);
  line.print(": IPv{} prefix {}", version, route.text);
}

void print_verification(Line& line, const View& parameter) {
  static constexpr Named kChannels[] = {{0x01, "PWE3 control word"},
                                        {0x02, "MPLS Router Alert Label"},
                                        {0x04, "MPLS inner label TTL = 1"}};
  static constexpr Named kKinds[] = {{0x01, "ICMP Ping"}, {0x02, "LSP Ping"}, {0x04, "BFD"}};
  const std::uint8_t channels = parameter.u8(2);
  line.print("\n\t\t  Control Channels (0x{:02x}) = [{}]", channels,
             bit_names(kChannels, channels, ", ", "none"));
  const std::uint8_t kinds = parameter.u8(3);
  line.print("\n\t\t  CV Types (0x{:02x}) = [{}]", kinds, bit_names(kKinds, kinds, ", ", "none"));
}

// Returns its length; 0 when nothing can follow.
std::size_t print_parameter(Line& line, const View& left) {
  static constexpr Named kParameters[] = {{0x01, "MTU"}, {0x03, "Description"}, {0x0c, "VCCV"}};
  const std::uint8_t type = left.u8(0);
  const std::size_t length = left.u8(1);
  if (length < 2 || left.length() < length) return 0;
  line.print("\n\t\tInterface Parameter: {} (0x{:02x}), len {}",
             name_of(kParameters, type, "Unknown"), type, length);
  if (type == 0x01) {
    line.print(": {}", left.u16(2));
  } else if (type == 0x03) {
    line.put(": ");
    put_counted(line, left, 2, length - 2);
  } else if (type == 0x0c) {
    print_verification(line, left);
  } else {
    put_unknown(line, left, 2, length - 2, "\n\t\t  ");
  }
  return length;
}

void print_parameters(Line& line, const View& list) {
  View left = list;
  while (left.length() > 2 && !line.cut()) {
    const std::size_t length = print_parameter(line, left);
    if (length == 0) return;
    left = left.from(length);
  }
}

void print_pseudowire(Line& line, const View& value) {
  constexpr std::size_t kFixed = 7, kId = 4;
  if (!has_length(line, value, kFixed)) return;
  const std::size_t length = value.u8(2);
  if (length != 0 && !has_length(line, value, kFixed + kId)) return;
  const std::uint16_t type = value.u16(0);
  line.print(": {}, {}control word, group-ID {}", name_of(kPseudowires, type & 0x7fffu, "Unknown"),
             (type & 0x8000) != 0 ? "" : "no ", value.u32(3));
  if (length != 0) line.print(", VC-ID {}", value.u32(kFixed));
  line.print(", VC-info-length: {}", length);
  if (length == 0) return;
  if (length < kId) return line.put(" (invalid, < 4");
  const View parameters = value.from(kFixed + kId);
  if (has_length(line, parameters, length - kId))
    print_parameters(line, parameters.claiming(length - kId));
}

}  // namespace
}  // namespace classes

void print_forwarding_class(Line& line, const View& value) {
  using namespace classes;
  if (!has_length(line, value, 1)) return;
  const std::uint8_t type = value.u8(0);
  line.print("\n\t      {} FEC (0x{:02x})", name_of(kClasses, type, "Unknown"), type);
  if (type == kPrefix) print_prefix(line, value.from(1));
  if (type == kPseudowire) print_pseudowire(line, value.from(1));
}

}  // namespace weir::packet::ldp
