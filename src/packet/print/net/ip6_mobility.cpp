// Mobility headers of IPv6 (RFC 6275, section 6.1). Nothing follows them.
#include <algorithm>

#include "packet/print/named.h"
#include "packet/print/printers.h"

namespace weir::packet::ip6_extensions {
namespace {

constexpr Field kMobilityFields[] = {
    {.name = "mip6.proto", .offset = 0, .size = 1},
    {.name = "mip6.hlen", .offset = 1, .size = 1},  // units of 8 bytes, less one
    {.name = "mip6.mhtype", .offset = 2, .size = 1},
    {.name = "mip6.csum", .offset = 4, .size = 2, .show = Show::kHex},
};
constexpr Protocol kMobility{.name = "mobility", .fields = kMobilityFields};
constexpr std::size_t kMobilityHeader = 8;

// Prints a message's own fields, from the header's begin on.
using MessagePrinter = void (*)(Line&, const View& header);

void print_pair(Line& line, const View& header, std::string_view what, std::size_t at) {
  const bool is_home = header.u8(2) % 2 != 0;
  const std::uint32_t high = header.u32(at);
  line.print(" {} {}={:08x}:{:08x}", is_home ? "Home" : "Care-of", what, high, header.u32(at + 4));
}

void print_refresh_request(Line&, const View&) {}

void print_test_init(Line& line, const View& header) {
  if (line.verbose()) print_pair(line, header, "Init Cookie", 8);
}

void print_test(Line& line, const View& header) {
  line.print(" nonce id=0x{:x}", header.u16(6));
  if (!line.verbose()) return;
  print_pair(line, header, "Init Cookie", 8);
  print_pair(line, header, "Keygen Token", 16);
}

constexpr Named kUpdateBits[] = {{0x8, "A"}, {0x4, "H"}, {0x2, "L"}, {0x1, "K"}};

void print_update(Line& line, const View& header) {
  line.print(" seq#={}", header.u16(6));
  if (!header.has(8, 2)) return;
  if (const std::uint32_t bits = header.u8(8) >> 4u; bits != 0)
    line.print(" {}", bit_names(kUpdateBits, bits, "", ""));
  line.print(" lifetime={}", header.u16(10) * 4);  // units of 4 seconds
}

void print_acknowledgement(Line& line, const View& header) {
  line.print(" status={}", header.u8(6));
  if ((header.u8(7) & 0x80) != 0) line.put(" K");
  line.print(" seq#={}", header.u16(8));
  line.print(" lifetime={}", header.u16(10) * 4);
}

void print_error(Line& line, const View& header) {
  line.print(" status={}", header.u8(6));
  const auto address = header.bytes(8, 16);
  line.put(" homeaddr ");
  line.host6(address);
}

struct Message {
  std::string_view name;
  std::size_t size;  // before its options
  MessagePrinter print;
};
// By type.
constexpr Message kMessages[] = {
    {"BRR", 8, print_refresh_request},  // Binding Refresh Request
    {"HoTI", 16, print_test_init},      // Home Test Init
    {"CoTI", 16, print_test_init},      // Care-of Test Init
    {"HoT", 24, print_test},            // Home Test
    {"CoT", 24, print_test},            // Care-of Test
    {"BU", 12, print_update},           // Binding Update
    {"BA", 12, print_acknowledgement},  // Binding Acknowledgement
    {"BE", 24, print_error},            // Binding Error
};

using MobilityOptionPrinter = void (*)(Line&, const View& option);

void print_refresh(Line& line, const View& option) {
  line.print("(refresh: {})", option.u16(2) * 4);
}

void print_care_of_address(Line& line, const View& option) {
  const auto address = option.bytes(2, 16);
  line.put("(alt-CoA: ");
  line.host6(address);
  line.put(')');
}

void print_nonces(Line& line, const View& option) {
  const std::uint16_t home = option.u16(2);
  line.print("(ni: ho=0x{:04x} co=0x{:04x})", home, option.u16(4));
}

struct MobilityOption {
  std::uint8_t type;
  std::string_view name;
  std::size_t least_size;       // that the list still holds
  MobilityOptionPrinter print;  // null: the name alone
};
constexpr std::uint8_t kMobilityPad1 = 0;
constexpr MobilityOption kMobilityOptions[] = {
    {kMobilityPad1, "pad1", 1, nullptr}, {1, "padn", 2, nullptr},
    {2, "refresh", 4, print_refresh},    {3, "altcoa", 18, print_care_of_address},
    {4, "ni", 6, print_nonces},          {5, "auth", 12, nullptr},
};

// False when it is broken.
bool print_mobility_option(Line& line, const View& option) {
  const std::uint8_t type = option.u8(0);
  const auto info = std::ranges::find(kMobilityOptions, type, &MobilityOption::type);
  if (info == std::ranges::end(kMobilityOptions)) {
    line.print("(type-0x{:02x}: len={})", type, option.u8(1));
  } else if (option.length() < info->least_size) {
    line.print("({}: trunc)", info->name);
    return false;
  } else if (info->print == nullptr) {
    line.print("({})", info->name);
  } else {
    info->print(line, option);
  }
  return true;
}

// False when the list is broken, or the byte behind an option was not captured.
bool print_mobility_options(Line& line, View options) {
  while (options.length() != 0 && !line.cut()) {
    const bool is_pad1 = options.u8(0) == kMobilityPad1;
    if (!is_pad1 && options.length() < 2) return false;
    const std::size_t size = is_pad1 ? 1 : options.u8(1) + 2u;
    if (size > options.length() || !options.has(size, 1)) return false;
    if (!print_mobility_option(line, options)) return false;
    options = options.from(size);
  }
  return true;
}

// False when the header is cut short or broken.
bool print_message(Line& line, const View& header) {
  if (!header.has(1, 1)) return false;
  const std::uint8_t words = header.u8(1);
  const std::size_t size = (std::size_t{words} + 1) * 8;
  const std::uint8_t type = header.u8(2);
  if (type >= std::size(kMessages)) {
    line.print("mobility: type-#{} len={}", type, words);
    return true;
  }
  const Message& message = kMessages[type];
  if (size < message.size) {
    line.print("(header length {} is too small for type {})", size, type);
    return false;
  }
  line.print("mobility: {}", message.name);
  message.print(line, header);
  if (message.print == print_update && !header.has(kMobilityHeader, 2)) return false;
  if (!line.verbose()) return true;
  return print_mobility_options(line, header.from(message.size).claiming(size - message.size));
}

}  // namespace

std::optional<std::size_t> print_mobility(Line& line, const View& header, Chain&) {
  line.begin_layer(kMobility, header);
  if (!print_message(line, header)) line.put_cut();
  return {};
}

}  // namespace weir::packet::ip6_extensions
