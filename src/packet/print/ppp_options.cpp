// The options that PPP's control protocols agree on: LCP (RFC 1661 and others), IPCP (RFC 1332,
// RFC 1877), IPV6CP (RFC 5072), CCP (RFC 1962), BACP (RFC 2125).
#include <algorithm>
#include <optional>

#include "packet/print/oui.h"
#include "packet/print/ppp.h"

namespace weir::packet::ppp {
namespace {

constexpr Field kLcpOption{.name = "lcp.opt.type"};
constexpr Field kIpcpOption{.name = "ipcp.opt.type"};
constexpr Field kIp6cpOption{.name = "ipv6cp.opt.type"};
constexpr Field kCcpOption{.name = "ccp.opt.type"};
constexpr Field kBacpOption{.name = "bacp.opt.type"};

constexpr std::size_t kOptionHeader = 2;

// Prints an option, from its type on; false when nothing behind it should be read.
using OptionPrinter = bool (*)(Line&, const View& option);

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

bool print_magic(Line& line, const View& option) {
  line.print(": Magic-Num 0x{:08x}", option.u32(2));
  return true;
}

bool print_oui(Line& line, const View& option) {
  const std::uint32_t oui = option.u24(2);
  line.print(": Vendor: {} ({})", oui_name(oui), oui);
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

bool print_address(Line& line, const View& option) {
  const std::uint32_t address = option.u32(2);
  line.put(": ");
  line.host4(address);
  return true;
}

bool print_addresses(Line& line, const View& option) {
  const std::uint32_t source = option.u32(2);
  const std::uint32_t destination = option.u32(6);
  line.put(": src ");
  line.host4(source);
  line.put(", dst ");
  line.host4(destination);
  return true;
}

constexpr std::size_t kCompressionSize = 14;
constexpr std::uint16_t kHeaderCompression = 0x61;
constexpr Named kCompressions[] = {{kVanJacobson, "VJ-Comp"},
                                   {kHeaderCompression, "IP Header Compression"}};
constexpr Named kSubOptions[] = {{1, "RTP-Compression"}, {2, "Enhanced RTP-Compression"}};

// False when the list is cut short.
bool print_suboptions(Line& line, View list) {
  line.print("\n\t      Suboptions, length {}", list.length());
  while (list.length() >= 2) {
    if (!list.has(0, 2)) {
      line.put("[|ipcp]");
      return false;
    }
    const std::uint8_t type = list.u8(0);
    const std::size_t size = list.u8(1);
    if (type == 0 || size == 0) break;
    line.print("\n\t\t{} Suboption #{}, length {}", name_of(kSubOptions, type, "Unknown"), type,
               size);
    if (size > list.length()) {
      line.print(" [remaining suboptions length {} < {}]", list.length(), size);
      line.put_invalid();
      break;
    }
    list = list.from(size);
  }
  return true;
}

bool print_compression(Line& line, const View& option) {
  const std::uint16_t protocol = option.u16(2);
  line.print(": {} (0x{:02x}):", name_of(kCompressions, protocol, "Unknown"), protocol);
  if (protocol != kHeaderCompression) return true;
  if (option.length() < kCompressionSize) {
    line.print(" (length bogus, should be >= {})", kCompressionSize);
    return false;
  }
  if (!option.has(kOptionHeader, kCompressionSize)) {
    line.put("[|ipcp]");
    return false;
  }
  line.print("\n\t    TCP Space {}, non-TCP Space {}, maxPeriod {}, maxTime {}, maxHdr {}",
             option.u16(4), option.u16(6), option.u16(8), option.u16(10), option.u16(12));
  return option.length() == kCompressionSize ||
         print_suboptions(line, option.from(kCompressionSize));
}

bool print_interface(Line& line, const View& option) {
  if (!option.has(2, 8)) {
    line.put("[|ip6cp]");
    return false;
  }
  line.print(": {:04x}:{:04x}:{:04x}:{:04x}", option.u16(2), option.u16(4), option.u16(6),
             option.u16(8));
  return true;
}

bool print_bsd_compress(Line& line, const View& option) {
  const std::uint8_t value = option.u8(2);
  line.print(": Version: {}, Dictionary Bits: {}", value >> 5, value & 0x1f);
  return true;
}

bool print_mvrca(Line& line, const View& option) {
  const std::uint8_t value = option.u8(2);
  line.print(": Features: {}, PxP: {}, History: {}, #CTX-ID: {}", value >> 6,
             (value & 0x20) != 0 ? "Enabled" : "Disabled", value & 0x1f, option.u8(3));
  return true;
}

bool print_deflate(Line& line, const View& option) {
  const std::uint8_t value = option.u8(2);
  const std::uint8_t check = option.u8(3);
  line.print(": Window: {}K, Method: {} (0x{:x}), MBZ: {}, CHK: {}", value >> 4,
             (value & 0x0f) == 8 ? "zlib" : "unknown", value & 0x0f, check >> 2, check & 3);
  return true;
}

enum class Length : std::uint8_t { kAtLeast, kExactly };

struct OptionInfo {
  std::uint8_t type;
  std::string_view name;
  OptionPrinter print = nullptr;  // null: hex
  Length rule = Length::kAtLeast;
  std::size_t size = 2;
  bool bad_length_ends = false;  // nothing behind a broken one is read
};

using enum Length;

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

constexpr OptionInfo kIpcpOptions[] = {
    {1, "IP-Addrs", print_addresses, kExactly, 10},
    {2, "IP-Comp", print_compression, kAtLeast, 4, true},
    {3, "IP-Addr", print_address, kExactly, 6, true},
    {4, "Home-Addr", print_address, kExactly, 6, true},
    {129, "Pri-DNS", print_address, kExactly, 6, true},
    {130, "Pri-NBNS", print_address, kExactly, 6, true},
    {131, "Sec-DNS", print_address, kExactly, 6, true},
    {132, "Sec-NBNS", print_address, kExactly, 6, true},
};

constexpr OptionInfo kIp6cpOptions[] = {{1, "Interface-ID", print_interface, kExactly, 10}};

constexpr OptionInfo kCcpOptions[] = {
    {0, "OUI"},        {1, "Pred-1"},
    {2, "Pred-2"},     {3, "Puddle"},
    {16, "HP-PPC"},    {17, "Stac-LZS"},
    {18, "MPPC"},      {19, "Gand-FZA"},
    {20, "V.42bis"},   {21, "BSD-Comp", print_bsd_compress, kAtLeast, 3},
    {23, "LZS-DCP"},   {24, "MVRCA", print_mvrca, kAtLeast, 4},
    {25, "DEC"},       {26, "Deflate", print_deflate, kAtLeast, 4},
    {255, "Reserved"},
};

constexpr OptionInfo kBacpOptions[] = {{1, "Favored-Peer", print_magic, kExactly, 6}};

struct Family {
  std::uint16_t protocol;
  std::string_view cut_name;
  std::string_view unknown;  // names an option that has no name; empty: it has a line of its own
  std::span<const OptionInfo> options;
  const Field* type;
};
constexpr Family kFamilies[] = {
    {kLcp, "lcp", "", kLcpOptions, &kLcpOption},
    {kIpcp, "ipcp", "unknown", kIpcpOptions, &kIpcpOption},
    {kIp6cp, "ip6cp", "unknown", kIp6cpOptions, &kIp6cpOption},
    {kCcp, "ccp", "Unknown", kCcpOptions, &kCcpOption},
    {kBacp, "bacp", "Unknown", kBacpOptions, &kBacpOption},
};

// Prints the name, and the data where the option is as long as it must be. Returns whether to go
// on behind it.
bool print_named_option(Line& line, const View& option, std::string_view name,
                        const OptionInfo* info) {
  const std::size_t size = option.length();
  line.print("\n\t  {} Option (0x{:02x}), length {}", name, option.u8(0), size);
  if (size < kOptionHeader) {
    line.put(" (length bogus, should be >= 2)");
    return false;
  }
  const bool is_decoded = info != nullptr && info->print != nullptr;
  if (is_decoded) {
    if (size < info->size || (info->rule == kExactly && size != info->size)) {
      line.print(" (length bogus, should be {} {})",
                 info->rule == kExactly ? "=" : ">=", info->size);
      return !info->bad_length_ends;
    }
    if (!info->print(line, option) || line.cut()) return false;
  }
  if (!is_decoded || line.verbose(2))
    print_unknown_data(line, option.from(kOptionHeader), size - kOptionHeader, "\n\t    ");
  return true;
}

// The option's length, or nothing when what follows cannot be read.
std::optional<std::size_t> print_option(Line& line, const Family& family, const View& options,
                                        std::size_t length) {
  if (length < kOptionHeader) return {};
  if (!options.has(0, kOptionHeader)) {
    line.print("[|{}]", family.cut_name);
    return {};
  }
  const std::uint8_t type = options.u8(0);
  const std::size_t size = options.u8(1);
  if (size > length) return {};
  line.field(*family.type, options, 0, 1);
  const auto found = std::ranges::find(family.options, type, &OptionInfo::type);
  const bool is_known = found != family.options.end();
  if (!is_known && family.unknown.empty()) {
    line.print("\n\tunknown LCP option 0x{:02x}", type);
    return size < kOptionHeader ? std::nullopt : std::optional(size);
  }
  const std::string_view name = is_known ? found->name : family.unknown;
  if (!print_named_option(line, options.claiming(size), name, is_known ? &*found : nullptr))
    return {};
  return size;
}

}  // namespace

void print_control_options(Line& line, std::uint16_t protocol, View options, std::size_t length) {
  const auto family = std::ranges::find(kFamilies, protocol, &Family::protocol);
  if (family == std::ranges::end(kFamilies)) return;
  std::size_t left = length - 4;
  do {
    const auto size = print_option(line, *family, options, length);
    if (!size || line.cut()) return;
    if (left < *size) {
      line.print(" [remaining options length {} < {}]", left, *size);
      return line.put_invalid();
    }
    left -= *size;
    options = options.from(*size);
  } while (left != 0);
}

}  // namespace weir::packet::ppp
