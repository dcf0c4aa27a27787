// Protocol Independent Multicast, version 2 (RFC 7761, RFC 3973, RFC 5015, RFC 5059).
#include <algorithm>

#include "packet/print/checksum.h"
#include "packet/print/named.h"
#include "packet/print/pieces.h"
#include "packet/print/printers.h"
#include "packet/print/routing/pim_messages.h"

namespace weir::packet::pim {
namespace packets {
namespace {

constexpr Field kFields[] = {
    {.name = "pim.version", .offset = 0, .size = 1, .mask = 0xf0},
    {.name = "pim.type", .offset = 0, .size = 1, .mask = 0x0f},
    {.name = "pim.cksum", .offset = 2, .size = 2, .show = Show::kHex},
};
constexpr Protocol kPim{.name = "pim", .fields = kFields};
constexpr Protocol kPimV2{.name = "pimv2"};

constexpr std::uint8_t kProtocol = 103;
constexpr std::uint8_t kRegister = 1;
constexpr std::size_t kHeader = 4;

constexpr Named kTypes[] = {
    {0, "Hello"},
    {kRegister, "Register"},
    {2, "Register Stop"},
    {3, "Join / Prune"},
    {4, "Bootstrap"},
    {5, "Assert"},
    {6, "Graft"},
    {7, "Graft Acknowledgement"},
    {8, "Candidate RP Advertisement"},
    {9, "Prune Refresh"},
    {10, "DF Election"},
    {11, "ECMP Redirect"},
};

bool is_sound(const View& view, std::size_t length, const IpContext& ip) {
  if (ip.version == 6) return transport_checksum(ip, view, length, kProtocol) == 0;
  Checksum sum;
  sum.add(view.bytes(0, length));
  return sum.result() == 0;
}

// That of a Register message covers its header only, but some senders take in what it carries.
std::string_view checksum_text(const View& view, std::uint8_t type, const IpContext& ip) {
  constexpr std::size_t kRegisterHeader = 8;
  if (view.u16(2) == 0) return "(unverified)";
  if (type == kRegister) {
    if (!view.has(0, kRegisterHeader)) return "(unverified)";
    if (is_sound(view, kRegisterHeader, ip)) return "(correct)";
  }
  if (!view.has(0, view.length())) return "(unverified)";
  return is_sound(view, view.length(), ip) ? "(correct)" : "(incorrect)";
}

bool has_length(Line& line, const View& view, std::size_t length) {
  if (view.length() >= length) return true;
  line.print("[length {} < {}]", view.length(), length);
  line.put_invalid();
  return false;
}

void print_details(Line& line, const View& view, std::uint8_t type, const IpContext& ip) {
  line.set_protocol(kPimV2);
  if (!has_length(line, view, 2)) return;
  const std::uint8_t kind = view.u8(1);
  if ((kind & 0x0f) != 0) line.put(", RFC2117-encoding");
  if (!has_length(line, view, kHeader)) return;
  line.print(", cksum 0x{:04x} ", view.u16(2));
  line.put(checksum_text(view, type, ip));
  print_message(line, type, kind, view.from(kHeader));
}

}  // namespace
}  // namespace packets

void print(Line& line, const View& view, const IpContext& ip) {
  using namespace packets;
  line.begin_layer(kPim, view);
  const std::uint8_t first = view.u8(0);
  const int version = first >> 4;
  const std::uint8_t type = first & 0x0f;
  if (version != 2) return line.print("PIMv{}, length {}", version, view.length());
  const std::string_view name = name_of(kTypes, type, "Unknown Type");
  if (!line.verbose()) return line.print("PIMv2, {}, length {}", name, view.length());
  line.print("PIMv2, length {}\n\t{}", view.length(), name);
  print_details(line, view, type, ip);
}

}  // namespace weir::packet::pim
