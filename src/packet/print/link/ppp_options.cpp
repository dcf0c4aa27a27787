// The options that PPP's control protocols agree on: LCP (RFC 1661 and others), IPCP (RFC 1332,
// RFC 1877), IPV6CP (RFC 5072), CCP (RFC 1962), BACP (RFC 2125).
#include "packet/print/link/ppp_options.h"

#include <algorithm>
#include <optional>

#include "packet/print/link/ppp.h"

namespace weir::packet::ppp {
namespace {

constexpr Field kLcpOption{.name = "lcp.opt.type"};
constexpr Field kIpcpOption{.name = "ipcp.opt.type"};
constexpr Field kIp6cpOption{.name = "ipv6cp.opt.type"};
constexpr Field kCcpOption{.name = "ccp.opt.type"};
constexpr Field kBacpOption{.name = "bacp.opt.type"};

constexpr std::size_t kOptionHeader = 2;

using enum Length;

bool print_magic(Line& line, const View& option) {
  line.print(": Magic-Num 0x{:08x}", option.u32(2));
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

std::span<const Family> families() {
  static const Family kFamilies[] = {
      {kLcp, "lcp", "", lcp_options(), &kLcpOption},
      {kIpcp, "ipcp", "unknown", kIpcpOptions, &kIpcpOption},
      {kIp6cp, "ip6cp", "unknown", kIp6cpOptions, &kIp6cpOption},
      {kCcp, "ccp", "Unknown", kCcpOptions, &kCcpOption},
      {kBacp, "bacp", "Unknown", kBacpOptions, &kBacpOption},
  };
  return kFamilies;
}

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
  const auto family = std::ranges::find(families(), protocol, &Family::protocol);
  if (family == families().end()) return;
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
