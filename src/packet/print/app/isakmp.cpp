// Key exchange for IPsec: ISAKMP with IKE of both versions (RFC 2408, RFC 2409, RFC 7296), and what
// goes through address translators (RFC 3948).
#include "packet/print/app/isakmp.h"

#include "packet/print/named.h"
#include "packet/print/printers.h"

namespace weir::packet::isakmp {
namespace {

constexpr Field kFields[] = {
    {.name = "isakmp.ispi", .offset = 0, .size = 8, .show = Show::kHex},
    {.name = "isakmp.rspi", .offset = 8, .size = 8, .show = Show::kHex},
    {.name = "isakmp.nextpayload", .offset = 16, .size = 1},
    {.name = "isakmp.version", .offset = 17, .size = 1, .show = Show::kHex},
    {.name = "isakmp.exchangetype", .offset = 18, .size = 1},
    {.name = "isakmp.flags", .offset = 19, .size = 1, .show = Show::kHex},
    {.name = "isakmp.messageid", .offset = 20, .size = 4, .show = Show::kHex},
    {.name = "isakmp.length", .offset = 24, .size = 4},
};
constexpr Protocol kIsakmp{.name = "isakmp", .fields = kFields};
constexpr Protocol kNatTraversal{.name = "isakmp_rfc3948"};

constexpr std::size_t kHeader = 28;

constexpr Named kExchanges[] = {
    {0, "none"},        {1, "base"},        {2, "ident"},         {3, "auth"},
    {4, "agg"},         {5, "inf"},         {32, "oakley-quick"}, {33, "oakley-newgroup"},
    {34, "ikev2_init"}, {35, "ikev2_auth"}, {36, "child_sa"},     {37, "inf2"},
};

constexpr std::uint8_t kEncrypted = 0x01;
constexpr Named kFlags1[] = {{kEncrypted, "E"}, {0x02, "C"}};
constexpr Named kFlags2[] = {{0x08, "I"}, {0x10, "V"}, {0x20, "R"}};

// A short form of an address, by which both ends of an exchange are told apart.
std::uint32_t folded_address(const IpContext& ip, bool is_source) {
  if (ip.version == 4) return ip.header.u32(is_source ? 12 : 16);
  std::uint32_t out = 0;
  for (std::size_t i = 0; i < 16; i += 4) out ^= ip.header.u32((is_source ? 8u : 24u) + i);
  return out;
}

// Which end sends: the first message of an exchange, which has no cookie of the responder yet, is
// the initiator's, and its addresses tell from then on. '?' when it was not seen.
char sender(Line& line, const View& view, const IpContext& ip) {
  constexpr std::uint32_t kNoTcpVersion = 500;  // so that no connection has the same key
  if (view.u64(0) == 0) return '?';
  const FlowKey key{.addresses = {view.u64(0), 0, 0, 0}, .ports = 0, .version = kNoTcpVersion};
  Flow& exchange = line.flows().find(key).flow;
  const std::uint32_t source = folded_address(ip, true);
  const std::uint32_t destination = folded_address(ip, false);
  const bool is_first = view.u64(8) == 0;
  if (is_first && exchange.forward == 0 && exchange.backward == 0)
    exchange = {.forward = source, .backward = destination};
  if (exchange.forward == source && exchange.backward == destination) return 'I';
  return exchange.forward == destination && exchange.backward == source ? 'R' : '?';
}

// True when what follows is encrypted, which it then says.
bool print_version1(Line& line, const View& view, const IpContext& ip) {
  const bool is_first_phase = view.u32(20) == 0;
  line.print(" phase {} {} {}", is_first_phase ? "1" : "2/others", sender(line, view, ip),
             named(kExchanges, view.u8(18), "#{}"));
  const std::uint8_t flags = view.u8(19);
  if (flags != 0) line.print("[{}]", bit_names(kFlags1, flags, "", ""));
  return (flags & kEncrypted) != 0;
}

bool print_version2(Line& line, const View& view) {
  const bool is_first_phase = view.u32(20) == 0;
  line.print(" {} {}", is_first_phase ? "parent_sa" : "child_sa ",
             named(kExchanges, view.u8(18), "#{}"));
  const std::uint8_t flags = view.u8(19);
  if (flags != 0) line.print("[{}]", bit_names(kFlags2, flags, "", ""));
  return (flags & kEncrypted) != 0;
}

void print_details(Line& line, const View& view, bool is_encrypted) {
  const std::uint8_t next = view.u8(16);
  line.put(':');
  if (is_encrypted) {
    line.print(" [encrypted {}]", payload_name(next));
  } else {
    print_payloads(line, next, view.from(kHeader));
  }
  if (const std::uint32_t length = view.u32(24); length != view.length())
    line.print(" (len mismatch: isakmp {}/ip {})", length, view.length());
}

}  // namespace

void print(Line& line, const View& view, const IpContext& ip) {
  line.begin_layer(kIsakmp, view);
  if (!view.has(0, kHeader)) return line.put_cut();
  line.put("isakmp");
  const int major = view.u8(17) >> 4;
  if (line.verbose()) line.print(" {}.{} msgid {:08x}", major, view.u8(17) & 0x0f, view.u32(20));
  if (line.verbose(2)) line.print(" cookie {:016x}->{:016x}", view.u64(0), view.u64(8));
  line.put(':');
  if (major != 1 && major != 2) return;
  const bool is_encrypted =
      major == 1 ? print_version1(line, view, ip) : print_version2(line, view);
  if (line.verbose()) print_details(line, view, is_encrypted);
}

void print_nat_traversal(Line& line, const View& view, const IpContext& ip) {
  constexpr std::size_t kMarker = 4;  // zero before ISAKMP, where ESP has its index
  line.set_protocol(kNatTraversal);
  if (view.length() == 1 && view.u8(0) == 0xff) return line.put("isakmp-nat-keep-alive");
  if (view.length() < kMarker) return line.put_cut();
  const bool is_isakmp = view.u32(0) == 0;
  if (line.cut()) return;
  if (is_isakmp) {
    line.put("NONESP-encap: ");
    return print(line, view.from(kMarker), ip);
  }
  line.put("UDP-encap: ");
  esp::print(line, view, ip);
}

}  // namespace weir::packet::isakmp
