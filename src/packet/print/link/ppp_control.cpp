// The packets of PPP's control protocols (RFC 1661 section 5, RFC 1570, RFC 2153).
#include <algorithm>
#include <vector>

#include "packet/print/hex_dump.h"
#include "packet/print/link/ppp.h"
#include "packet/print/registries.h"

namespace weir::packet::ppp {
namespace {

constexpr Field kCode{.name = "ppp.code"};
constexpr Field kIdentifier{.name = "ppp.identifier"};
constexpr Field kLength{.name = "ppp.length"};
constexpr Field kMagicNumber{.name = "ppp.magic_number", .show = Show::kHex};

constexpr std::size_t kControlHeader = 4;

// Prints what is behind the header of a packet that has `length` bytes with it.
using CodePrinter = void (*)(Line&, const View& data, std::size_t length);

void print_magic_number(Line& line, const View& data) {
  line.field(kMagicNumber, data, 0, 4);
  line.print("\n\t  Magic-Num 0x{:08x}", data.u32(0));
}

void print_vendor(Line& line, const View& data, std::size_t length) {
  if (length < 11) return;
  print_magic_number(line, data);
  const std::uint32_t vendor = data.u24(4);
  line.print(" Vendor: {} ({})", organization_text(vendor), vendor);
}

void print_nothing_more(Line&, const View&, std::size_t) {}

void print_protocol_reject(Line& line, const View& data, std::size_t length) {
  if (length < 6) return;
  const std::uint16_t protocol = data.u16(0);
  line.print("\n\t  Rejected {} Protocol (0x{:04x})",
             name_of(protocol_names(), protocol, "unknown"), protocol);
  if (length == 6) return;
  line.put("\n\t  Rejected Packet");
  print_unknown_data(line, data.from(2), length - 2, "\n\t    ");
}

void print_echo(Line& line, const View& data, std::size_t length) {
  if (length < 8) return;
  print_magic_number(line, data);
  if (length == 8) return;
  line.put("\n\t  -----trailing data-----");
  if (!data.has(4, length - 8)) return line.put("[|LCP]");
  print_unknown_data(line, data.from(4), length - 8, "\n\t  ");
}

// A message for people.
void print_identification(Line& line, const View& data, std::size_t length) {
  if (length < 8) return;
  print_magic_number(line, data);
  if (length == 8) return;
  line.put("\n\t  Message\n\t    ");
  const std::size_t size = length - 4;
  for (std::size_t at = 4; at < 4 + size && data.has(at, 1); ++at) line.escaped(data.bytes(at, 1));
  if (!data.has(4, size)) line.put("[|LCP]");
}

void print_time_remaining(Line& line, const View& data, std::size_t length) {
  if (length < 12) return;
  print_magic_number(line, data);
  line.print(", Seconds-Remaining {}s", data.u32(4));
}

struct Code {
  std::uint8_t number;
  std::string_view name;
  CodePrinter print;  // null for lists of options
};
constexpr Code kCodes[] = {
    {0, "Vendor-Extension", print_vendor},
    {1, "Conf-Request", nullptr},
    {2, "Conf-Ack", nullptr},
    {3, "Conf-Nack", nullptr},
    {4, "Conf-Reject", nullptr},
    {5, "Term-Request", print_nothing_more},
    {6, "Term-Ack", print_nothing_more},
    {7, "Code-Reject", print_nothing_more},
    {8, "Prot-Reject", print_protocol_reject},
    {9, "Echo-Request", print_echo},
    {10, "Echo-Reply", print_echo},
    {11, "Disc-Req", print_echo},
    {12, "Ident", print_identification},
    {13, "Time-Rem", print_time_remaining},
};
// Of which nothing more is known than the names.
constexpr Named kOtherCodes[] = {{14, "Reset-Req"}, {15, "Reset-Ack"}};

// The first `size` bytes from the protocol field on, which stands before `view`.
void dump_with_protocol(Line& line, std::uint16_t protocol, const View& view, std::size_t size,
                        std::string_view indent) {
  std::vector<std::byte> bytes{static_cast<std::byte>(protocol >> 8),
                               static_cast<std::byte>(protocol & 0xff)};
  const auto rest = view.captured_bytes().first(std::min(size - 2, view.captured()));
  bytes.insert(bytes.end(), rest.begin(), rest.end());
  put_hex(line.text(), bytes, indent);
}

// False when there is nothing more to read.
bool print_encoded_length(Line& line, std::size_t length, std::size_t encoded) {
  if (encoded < kControlHeader) {
    line.print("\n\tencoded length {} (< 4))", encoded);
  } else if (encoded > length) {
    line.print("\n\tencoded length {} (> packet length {}))", encoded, length);
  } else {
    line.print("\n\tencoded length {} (=Option(s) length {})", encoded, encoded - kControlHeader);
    return encoded != kControlHeader;
  }
  return false;
}

void print_details(Line& line, std::uint16_t protocol, const View& view, const Code* code) {
  const std::size_t length = view.u16(2);
  if (line.cut() || !print_encoded_length(line, view.length(), length)) return;
  if (line.verbose(2)) dump_with_protocol(line, protocol, view, 6, "\n\t");
  const View data = view.from(kControlHeader);
  if (code == nullptr) {
    if (!line.verbose(2)) dump_with_protocol(line, protocol, view, length + 2, "\n\t  ");
  } else if (code->print == nullptr) {
    print_control_options(line, protocol, data, length);
  } else {
    code->print(line, data, length);
  }
}

}  // namespace

void print_control(Line& line, std::uint16_t protocol, const View& view) {
  const std::string name = named(protocol_names(), protocol, "unknown ctrl-proto (0x{:04x})");
  line.print("{}, ", name);
  if (view.length() < kControlHeader || !view.has(0, 2)) return line.print("[|{}]", name);
  line.field(kCode, view, 0, 1);
  line.field(kIdentifier, view, 1, 1);
  line.field(kLength, view, 2, 2);
  const std::uint8_t number = view.u8(0);
  const auto found = std::ranges::find(kCodes, number, &Code::number);
  const Code* code = found == std::ranges::end(kCodes) ? nullptr : found;
  line.print("{} (0x{:02x}), id {}, length {}",
             code != nullptr ? code->name : name_of(kOtherCodes, number, "Unknown Opcode"), number,
             view.u8(1), view.length() + 2);
  if (line.verbose()) print_details(line, protocol, view, code);
}

}  // namespace weir::packet::ppp
