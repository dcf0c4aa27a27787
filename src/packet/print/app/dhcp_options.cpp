// The options of DHCP (RFC 2132, and the IANA registry), each on a line of its own.
#include <algorithm>

#include "packet/print/app/dhcp_internal.h"
#include "packet/print/named.h"

namespace weir::packet::dhcp {
namespace {

constexpr Field kOptionType{.name = "dhcp.option.type"};
constexpr Field kOptionLength{.name = "dhcp.option.length"};
constexpr Field kOptionValue{.name = "dhcp.option.value", .show = Show::kBytes};
constexpr Field kMessageType{.name = "dhcp.option.dhcp"};

constexpr std::uint8_t kPad = 0, kEnd = 255;

constexpr Named kMessageTypes[] = {
    {1, "Discover"},         {2, "Offer"},         {3, "Request"},
    {4, "Decline"},          {5, "ACK"},           {6, "NACK"},
    {7, "Release"},          {8, "Inform"},        {10, "LeaseQuery"},
    {11, "LeaseUnassigned"}, {12, "LeaseUnknown"}, {13, "LeaseActive"},
};

// Prints data that is all there. Returns how many bytes of it were printed.
using OptionPrinter = std::size_t (*)(Line&, const View& data);

// Elements of `size` bytes with commas between.
template <typename Print>
std::size_t print_list(const View& data, std::size_t size, Line& line, Print print) {
  std::size_t at = 0;
  for (; at + size <= data.length(); at += size) {
    if (at != 0) line.put(',');
    print(at);
  }
  return at;
}

std::size_t print_addresses4(Line& line, const View& data) {
  return print_list(data, 4, line, [&](std::size_t at) { line.host4(data.u32(at)); });
}

std::size_t print_address_pairs(Line& line, const View& data) {
  return print_list(data, 8, line, [&](std::size_t at) {
    line.print("({}:{})", line.host4_text(data.u32(at)), line.host4_text(data.u32(at + 4)));
  });
}

std::size_t print_longs(Line& line, const View& data) {
  return print_list(data, 4, line, [&](std::size_t at) { line.number(data.u32(at)); });
}

std::size_t print_signed_longs(Line& line, const View& data) {
  return print_list(data, 4, line, [&](std::size_t at) {
    line.print("{}", static_cast<std::int32_t>(data.u32(at)));
  });
}

std::size_t print_shorts(Line& line, const View& data) {
  return print_list(data, 2, line, [&](std::size_t at) { line.number(data.u16(at)); });
}

std::size_t print_switches(Line& line, const View& data) {
  return print_list(data, 1, line, [&](std::size_t at) {
    const unsigned value = data.u8(at);
    if (value > 1) return line.print("{}?", value);
    line.put(value == 1 ? 'Y' : 'N');
  });
}

std::size_t print_bytes(Line& line, const View& data) {
  for (std::size_t i = 0; i < data.length(); ++i) {
    if (i != 0) line.put('.');
    line.number(data.u8(i));
  }
  return data.length();
}

std::size_t print_text_option(Line& line, const View& data) {
  put_quoted(line, data);
  return data.length();
}

// By its size.
std::size_t print_unknown(Line& line, const View& data) {
  if (data.length() % 2 != 0) return print_bytes(line, data);
  return data.length() % 4 != 0 ? print_shorts(line, data) : print_longs(line, data);
}

std::size_t print_message_type(Line& line, const View& data) {
  if (data.length() != 1) return print_bytes(line, data);
  line.field(kMessageType, data, 0, 1);
  line.put(named(kMessageTypes, data.u8(0), "Unknown ({})"));
  return 1;
}

std::size_t print_parameters(Line& line, const View& data);

struct OptionInfo {
  std::uint8_t code;
  std::string_view name;
  OptionPrinter print;
};
constexpr OptionInfo kOptions[] = {
    {kPad, "PAD", print_bytes},
    {1, "Subnet-Mask", print_addresses4},
    {2, "Time-Zone", print_signed_longs},
    {3, "Default-Gateway", print_addresses4},
    {4, "Time-Server", print_addresses4},
    {5, "IEN-Name-Server", print_addresses4},
    {6, "Domain-Name-Server", print_addresses4},
    {7, "LOG", print_addresses4},
    {8, "CS", print_addresses4},
    {9, "LPR-Server", print_addresses4},
    {10, "IM", print_addresses4},
    {11, "RL", print_addresses4},
    {12, "Hostname", print_text_option},
    {13, "BS", print_shorts},
    {14, "DP", print_text_option},
    {15, "Domain-Name", print_text_option},
    {16, "SS", print_addresses4},
    {17, "RP", print_text_option},
    {18, "EP", print_text_option},
    {19, "IPF", print_switches},
    {20, "SRT", print_switches},
    {21, "PF", print_address_pairs},
    {22, "RSZ", print_shorts},
    {23, "TTL", print_bytes},
    {24, "MTU-Timeout", print_longs},
    {25, "MTU-Table", print_shorts},
    {26, "MTU", print_shorts},
    {27, "LSN", print_switches},
    {28, "BR", print_addresses4},
    {29, "MD", print_switches},
    {30, "MS", print_switches},
    {31, "Router-Discovery", print_switches},
    {32, "RSA", print_addresses4},
    {33, "Static-Route", print_address_pairs},
    {34, "UT", print_switches},
    {35, "AT", print_longs},
    {36, "IE", print_switches},
    {37, "TT", print_bytes},
    {38, "KI", print_longs},
    {39, "KG", print_switches},
    {40, "YD", print_text_option},
    {41, "YS", print_addresses4},
    {42, "NTP", print_addresses4},
    {43, "Vendor-Option", print_bytes},
    {44, "Netbios-Name-Server", print_addresses4},
    {45, "WDD", print_addresses4},
    {46, "Netbios-Node", print_node_type},
    {47, "Netbios-Scope", print_text_option},
    {48, "XFS", print_addresses4},
    {49, "XDM", print_addresses4},
    {50, "Requested-IP", print_addresses4},
    {51, "Lease-Time", print_longs},
    {52, "OO", print_overload},
    {53, "DHCP-Message", print_message_type},
    {54, "Server-ID", print_addresses4},
    {55, "Parameter-Request", print_parameters},
    {56, "MSG", print_text_option},
    {57, "MSZ", print_shorts},
    {58, "RN", print_longs},
    {59, "RB", print_longs},
    {60, "Vendor-Class", print_text_option},
    {61, "Client-ID", print_client_id},
    {64, "N+D", print_shorts},
    {65, "N+S", print_addresses4},
    {66, "TFTP", print_text_option},
    {67, "BF", print_text_option},
    {68, "MH", print_addresses4},
    {69, "SMTP", print_addresses4},
    {70, "POP3", print_addresses4},
    {71, "NNTP", print_addresses4},
    {72, "WWW", print_addresses4},
    {73, "FG", print_addresses4},
    {74, "IRC", print_addresses4},
    {75, "STS", print_addresses4},
    {76, "STDA", print_addresses4},
    {77, "User-Class", print_user_class},
    {78, "SLP-DA", print_bytes},
    {79, "SLP-SCOPE", print_bytes},
    {80, "SLP-NA", print_text_option},
    {81, "FQDN", print_client_name},
    {82, "Agent-Information", print_agent},
    {83, "ARMT", print_bytes},
    {88, "TZSTR", print_text_option},
    {89, "FQDNS", print_bytes},
    {90, "AUTH", print_bytes},
    {91, "Last-Transaction-Time", print_signed_longs},
    {92, "Associated-IP", print_addresses4},
    {93, "ARCH", print_shorts},
    {94, "NDI", print_bytes},
    {95, "LDAP", print_text_option},
    {97, "GUID", print_bytes},
    {98, "UAP", print_text_option},
    {100, "POSIX-TZ", print_text_option},
    {101, "TZ-Name", print_text_option},
    {112, "NI", print_addresses4},
    {113, "NITAG", print_text_option},
    {114, "URL", print_text_option},
    {116, "NOAUTO", print_switches},
    {117, "NSSEARCH", print_shorts},
    {118, "SUBNET", print_addresses4},
    {121, "Classless-Static-Route", print_routes},
    {150, "TFTP-Server-Address", print_addresses4},
    {161, "MUD-URL", print_text_option},
    {249, "Classless-Static-Route-Microsoft", print_routes},
    {kEnd, "END", print_bytes},
};

constexpr OptionInfo kUnknownOption{0, "Unknown", print_unknown};

const OptionInfo& info_of(std::uint8_t code) {
  const auto found = std::ranges::find(kOptions, code, &OptionInfo::code);
  return found == std::ranges::end(kOptions) ? kUnknownOption : *found;
}

std::size_t print_parameters(Line& line, const View& data) {
  constexpr std::size_t kPerLine = 4;
  for (std::size_t i = 0; i < data.length(); ++i) {
    const std::uint8_t code = data.u8(i);
    line.print("{}{} ({})", i % kPerLine == 0 ? "\n\t      " : ", ", info_of(code).name, code);
  }
  return data.length();
}

void put_option_head(Line& line, std::string_view name, std::uint8_t code, std::size_t size) {
  line.print("\n\t    {} ({}), length {}{}", name, code, size, size > 0 ? ": " : "");
}

// Returns what follows.
View print_padding(Line& line, View rest) {
  put_option_head(line, "PAD", kPad, 0);
  unsigned count = 1;
  for (; rest.has(0, 1) && rest.u8(0) == kPad; rest = rest.from(1)) ++count;
  if (count > 1) line.print(", occurs {}", count);
  return rest;
}

}  // namespace

void print_options(Line& line, const View& options) {
  constexpr int kPaddingToo = 3;
  View rest = options;
  while (rest.has(0, 1) && !line.cut()) {
    const std::uint8_t code = rest.u8(0);
    if (code == kEnd && !line.verbose(kPaddingToo)) return;
    if (code == kPad || code == kEnd) {
      rest = rest.from(1);
      if (!line.verbose(kPaddingToo)) continue;
      if (code == kPad) {
        rest = print_padding(line, rest);
      } else {
        put_option_head(line, "END", kEnd, 0);
      }
      continue;
    }
    const std::size_t size = rest.u8(1);
    const View data = rest.from(2).claiming(size);
    const OptionInfo& info = info_of(code);
    if (line.cut()) return;
    line.field(kOptionType, rest, 0, 1);
    line.field(kOptionLength, rest, 1, 1);
    line.field(kOptionValue, data, 0, size);
    put_option_head(line, info.name, code, size);
    if (!data.has(0, size)) return line.put_cut();
    const std::size_t printed = info.print(line, data);
    if (printed < size) line.print("\n\t  trailing data length {}", size - printed);
    rest = rest.from(2 + size);
  }
}

}  // namespace weir::packet::dhcp
