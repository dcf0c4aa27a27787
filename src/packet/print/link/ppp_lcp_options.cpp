// The options of PPP's link control protocol (RFC 1661 section 6, RFC 1570, RFC 1990, and others).
#include "packet/print/link/ppp.h"
#include "packet/print/link/ppp_options.h"
#include "packet/print/registries.h"

namespace weir::packet::ppp {
namespace {

using enum Length;

bool print_flag(Line&, const View&) { return true; }

bool print_u16(Line& line, const View& option) {
  line.print(": {}", option.u16(2));
  return true;
}

bool print_hex16(Line& line, const View& option) {
  line.print(": 0x{:04x}", option.u16(2));
  return true;
}

bool print_hex32(Line& line, const View& option) {
  line.print(": 0x{:08x}", option.u32(2));
  return true;
}

bool print_oui(Line& line, const View& option) {
  const std::uint32_t oui = option.u24(2);
  line.print(": Vendor: {} ({})", organization_text(oui), oui);
  return true;
}

constexpr Named kChapAlgorithms[] = {{5, "MD5"}, {128, "MS-CHAPv1"}, {129, "MS-CHAPv2"}};

bool print_authentication(Line& line, const View& option) {
  const std::uint16_t protocol = option.u16(2);
  line.print(": {}", name_of(protocol_names(), protocol, "Unknown Auth Proto (0x04x)"));
  const bool has_no_more =
      protocol == kPap || protocol == kEap || protocol == kSpap || protocol == kOldSpap;
  if (protocol == kChap) {
    line.print(", {}", named(kChapAlgorithms, option.u8(4), "Unknown Auth Alg {}"));
  } else if (!has_no_more) {
    print_unknown_data(line, option, option.length(), "\n\t");
  }
  return true;
}

bool print_quality(Line& line, const View& option) {
  line.put(option.u16(2) == kQuality ? ": LQR" : ": unknown");
  return true;
}

constexpr Named kCallbacks[] = {{0, "UserAuth"}, {1, "DialString"}, {2, "LocalID"},
                                {3, "E.164"},    {4, "X.500"},      {6, "CBCP"}};

bool print_callback(Line& line, const View& option) {
  const std::uint8_t operation = option.u8(2);
  line.print(": : Callback Operation {} ({})", name_of(kCallbacks, operation, "Unknown"),
             operation);
  return true;
}

constexpr std::uint8_t kEndpointIp4 = 2, kEndpointMac = 3;
constexpr Named kEndpointClasses[] = {
    {0, "Null"},           {1, "Local"},           {kEndpointIp4, "IPv4"},
    {kEndpointMac, "MAC"}, {4, "Magic-Num-Block"}, {5, "PSNDN"}};

bool print_endpoint(Line& line, const View& option) {
  const std::uint8_t endpoint_class = option.u8(2);
  const bool has_address = endpoint_class == kEndpointIp4 || endpoint_class == kEndpointMac;
  const std::size_t wanted = endpoint_class == kEndpointIp4 ? 7 : 9;
  if (has_address && option.length() != wanted) {
    line.print(" (length bogus, should be = {})", wanted);
    return false;
  }
  line.print(": {}", named(kEndpointClasses, endpoint_class, "Unknown class {}"));
  if (endpoint_class == kEndpointIp4) {
    line.put(' ');
    line.host4(option.u32(3));
  } else if (endpoint_class == kEndpointMac) {
    line.put(' ');
    line.station(option.bytes(3, 6));
  }
  return true;
}

constexpr OptionInfo kLcpOptions[] = {
    {0, "Vend-Ext", print_oui, kAtLeast, 6},
    {1, "MRU", print_u16, kExactly, 4},
    {2, "ACCM", print_hex32, kExactly, 6},
    {3, "Auth-Prot", print_authentication, kAtLeast, 4},
    {4, "Qual-Prot", print_quality, kAtLeast, 4, true},
    {5, "Magic-Num", print_hex32, kExactly, 6, true},
    {6, "deprecated(6)"},
    {7, "PFC", print_flag},
    {8, "ACFC", print_flag},
    {9, "FCS-Alt"},
    {10, "SDP"},
    {11, "Num-Mode"},
    {12, "deprecated(12)"},
    {13, "Call-Back", print_callback, kAtLeast, 3, true},
    {14, "deprecated(14)"},
    {15, "deprecated(15)"},
    {16, "deprecated(16)"},
    {17, "MRRU", print_u16, kExactly, 4, true},
    {18, "12-Bit seq #"},
    {19, "End-Disc", print_endpoint, kAtLeast, 3, true},
    {20, "Proprietary"},
    {21, "DCE-Id"},
    {22, "MP+"},
    {23, "Link-Disc", print_hex16, kExactly, 4, true},
    {24, "LCP-Auth-Opt"},
    {25, "COBS"},
    {26, "Prefix-elision"},
    {27, "Multilink-header-Form"},
    {28, "I18N"},
    {29, "SDL-over-SONET/SDH"},
    {30, "PPP-Muxing"},
};

}  // namespace

std::span<const OptionInfo> lcp_options() { return kLcpOptions; }

}  // namespace weir::packet::ppp
