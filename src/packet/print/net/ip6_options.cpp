// Options for every hop and for the destination of an IPv6 packet (RFC 8200 section 4.2, RFC 2675,
// RFC 2711, RFC 6275).
#include <algorithm>

#include "packet/print/printers.h"

namespace weir::packet::ip6_extensions {
namespace {

constexpr Field kHopByHopFields[] = {
    {.name = "ipv6.hopopts.nxt", .offset = 0, .size = 1},
    {.name = "ipv6.hopopts.len", .offset = 1, .size = 1},  // units of 8 bytes, less one
};
constexpr Protocol kHopByHop{.name = "hbhopt", .fields = kHopByHopFields};
constexpr Field kDestinationFields[] = {
    {.name = "ipv6.dstopts.nxt", .offset = 0, .size = 1},
    {.name = "ipv6.dstopts.len", .offset = 1, .size = 1},
};
constexpr Protocol kDestination{.name = "dstopt", .fields = kDestinationFields};
constexpr Field kOptionType{.name = "ipv6.opt.type", .show = Show::kHex};
constexpr Field kRouterAlert{.name = "ipv6.opt.router_alert", .show = Show::kHex};
constexpr Field kJumbo{.name = "ipv6.opt.jumbo"};
constexpr Field kHomeAddress{.name = "ipv6.opt.mipv6.home_address", .show = Show::kIp6};

constexpr std::uint8_t kPad1 = 0;
constexpr std::size_t kOptionHeader = 2;
constexpr std::uint32_t kLeastJumbo = 65536;

struct OptionList {
  Chain* chain;  // null for options that only the destination reads
  bool has_jumbo = false;
};

// Prints an option, which is all there, from its type on; false when it is broken.
using OptionPrinter = bool (*)(Line&, const View& option, OptionList&);

// Where each option ends; nothing when the list does not hold it.
std::optional<std::size_t> option_size(const View& options, std::size_t at) {
  if (options.u8(at) == kPad1) return 1;
  if (at + 1 >= options.length()) return {};
  const std::size_t size = options.u8(at + 1) + kOptionHeader;
  if (at + size > options.length()) return {};
  return size;
}

// Options within an option.
bool print_sub_options(Line& line, const View& options) {
  for (std::size_t at = 0; at < options.length() && !line.cut();) {
    const auto size = option_size(options, at);
    if (!size) return false;
    const std::uint8_t type = options.u8(at);
    if (type <= 1) {
      line.put(type == kPad1 ? ", pad1" : ", padn");
    } else {
      line.print(", sopt_type 0x{:02x}: len={}", type, *size - kOptionHeader);
    }
    at += *size;
  }
  return true;
}

bool print_pad1(Line& line, const View&, OptionList&) {
  if (line.verbose()) line.put("(pad1)");
  return true;
}

bool print_padding(Line& line, const View&, OptionList&) {
  if (line.verbose()) line.put("(padn)");
  return true;
}

bool print_router_alert(Line& line, const View& option, OptionList&) {
  line.field(kRouterAlert, option, kOptionHeader, 2);
  if (line.verbose()) line.print("(rtalert: 0x{:04x}) ", option.u16(kOptionHeader));
  return true;
}

// Why the length does not count; empty when it does.
std::string_view jumbo_complaint(std::uint32_t length, const OptionList& list) {
  if (list.has_jumbo) return " - already seen";
  if (list.chain == nullptr) return " - not a hop-by-hop option";
  if (list.chain->payload_length != 0) return " - payload len != 0";
  return length < kLeastJumbo ? " - < 65536" : "";
}

bool print_jumbo(Line& line, const View& option, OptionList& list) {
  line.field(kJumbo, option, kOptionHeader, 4);
  const std::uint32_t length = option.u32(kOptionHeader);
  const std::string_view complaint = jumbo_complaint(length, list);
  if (line.verbose()) line.print("(jumbo: {}{}) ", length, complaint);
  if (complaint.empty()) {
    list.chain->jumbo_length = length;
    list.chain->payload_length = length;
  }
  list.has_jumbo = true;
  return true;
}

bool print_home_address(Line& line, const View& option, OptionList&) {
  constexpr std::size_t kSize = 16;
  line.field(kHomeAddress, option, kOptionHeader, kSize);
  if (!line.verbose()) return true;
  line.put("(homeaddr: ");
  line.host6(option.bytes(kOptionHeader, kSize));
  if (!print_sub_options(line, option.from(kOptionHeader + kSize))) return false;
  line.put(')');
  return true;
}

bool print_other(Line& line, const View& option, OptionList&) {
  if (line.verbose())
    line.print("(opt_type 0x{:02x}: len={})", option.u8(0), option.length() - kOptionHeader);
  return true;
}

struct OptionInfo {
  std::uint8_t type;
  std::string_view name;
  std::size_t least_size;  // with its header
  bool is_exact;           // no longer than that
  OptionPrinter print;
};
constexpr OptionInfo kOptions[] = {
    {kPad1, "pad1", 1, true, print_pad1},
    {0x01, "padn", 2, false, print_padding},
    {0x05, "rtalert", 4, true, print_router_alert},
    {0xc2, "jumbo", 6, true, print_jumbo},
    {0xc9, "homeaddr", 18, false, print_home_address},
};

// False when the option is broken. `left` bytes of the list are left.
bool print_option(Line& line, const View& option, std::size_t left, OptionList& list) {
  const std::uint8_t type = option.u8(0);
  line.field(kOptionType, option, 0, 1);
  const auto info = std::ranges::find(kOptions, type, &OptionInfo::type);
  if (info == std::ranges::end(kOptions)) return print_other(line, option, list);
  if (left < info->least_size) {
    line.print("({}: trunc)", info->name);
    return false;
  }
  const std::size_t size = option.length();
  if (size < info->least_size || (info->is_exact && size != info->least_size)) {
    line.print("({}: invalid len {})", info->name, size - kOptionHeader);
    return false;
  }
  return info->print(line, option, list);
}

// False when the list is broken.
bool print_options(Line& line, const View& options, Chain* chain) {
  OptionList list{.chain = chain};
  for (std::size_t at = 0; at < options.length() && !line.cut();) {
    const auto size = option_size(options, at);
    if (!size) return false;
    if (!print_option(line, options.from(at).first(*size), options.length() - at, list))
      return false;
    at += *size;
  }
  if (line.verbose()) line.put(' ');
  return true;
}

std::size_t header_size(const View& header) { return (std::size_t{header.u8(1)} + 1) * 8; }

View options_of(const View& header, std::size_t size) {
  return header.first(size).from(kOptionHeader);
}

bool print_hop_options(Line& line, const View& header, std::size_t size, Chain& chain) {
  if (!header.has(0, size)) return false;
  line.put("HBH ");
  return print_options(line, options_of(header, size), &chain);
}

bool print_destination(Line& line, const View& header, std::size_t size) {
  if (!header.has(0, size)) return false;
  line.put("DSTOPT ");
  return !line.verbose() || print_options(line, options_of(header, size), nullptr);
}

}  // namespace

std::optional<std::size_t> print_hop_by_hop(Line& line, const View& header, Chain& chain) {
  line.begin_layer(kHopByHop, header);
  const std::size_t size = header_size(header);
  if (line.cut()) return {};
  const bool is_whole = print_hop_options(line, header, size, chain);
  if (!is_whole) line.put_cut();
  if (chain.payload_length == 0 && !chain.jumbo_length) {
    line.put("[No valid Jumbo Payload Hop-by-Hop option found]");
    line.put_invalid();
    return {};
  }
  return is_whole ? std::optional(size) : std::nullopt;
}

std::optional<std::size_t> print_destination_options(Line& line, const View& header, Chain&) {
  line.begin_layer(kDestination, header);
  const std::size_t size = header_size(header);
  if (line.cut()) return {};
  if (print_destination(line, header, size)) return size;
  line.put_cut();
  return {};
}

}  // namespace weir::packet::ip6_extensions
